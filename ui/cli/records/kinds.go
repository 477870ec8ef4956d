// Package records is what commands print for machines and in tables: one JSON object for
// each model, dashboard, exposure, gap, change, rule and explanation, and the listings
// made of them ([Kinds]).
//
// Not here: how a listing is printed (ui/cli/output), sentences (model/ledger,
// ui/explain), and what is true (model).
package records

import (
	"context"
	"time"

	"darkroom/model/health"
	"darkroom/model/query"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
)

// Kind is something that can be listed. List takes the nodes that are selected.
type Kind struct {
	Name, About string
	List        func(ctx context.Context, w *workspace.Workspace, in query.Found, when When) (output.Listing, error)
}

// When is what day it is for a listing.
type When struct {
	Today time.Time
	// Health says how health is judged.
	Health health.Options
	// Unused leaves out columns that are used, and those of which that is unknown.
	Unused bool
}

// Kinds that commands ask for: Inbox can be marked as reviewed, Models has no dashboards, Columns are of models that are named.
const (
	Inbox      = "inbox"
	Models     = "models"
	Dashboards = "dashboards"
	Columns    = "columns"
)

// Kinds are all that list lists.
func Kinds() []Kind {
	return []Kind{
		{Models, "models, seeds, snapshots and sources, with the dashboards below them", models},
		{Dashboards, "dashboards, with what each one reads", dashboards},
		{"exposures", "exposures that are declared, and those that export would write", exposureList},
		{"gaps", "what is not linked, and why", gaps},
		{"advice", "what is unwise about the parents of dashboards and exposures", adviceList},
		{Inbox, "dashboards that are new, renamed, moved or gone since the last review", inbox},
		{"rules", "the rules of darkroom.yml and the built-in ones, with how many dashboards they decide", rules},
		{Columns, "of a MODEL: its columns, with the dashboards and sheets whose fields use them", columnList},
	}
}
