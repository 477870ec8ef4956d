package records

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"darkroom/model"
	"darkroom/model/amount"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/sources/project/exposures"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
	"darkroom/ui/text"
)

// UnusedModel is one model, seed or snapshot of which no dashboard was opened in a window,
// and which nothing else reads, in JSON.
type UnusedModel struct {
	UniqueID     string     `json:"unique_id"`
	Name         string     `json:"name"`
	Kind         string     `json:"kind"`
	Project      string     `json:"project"`
	Package      string     `json:"package"`
	Materialized string     `json:"materialized,omitempty"`
	Access       string     `json:"access,omitempty"`
	Path         string     `json:"path,omitempty"`
	Dashboards   int        `json:"unopened_dashboards"`
	BuildSeconds *float64   `json:"build_seconds"` // of its newest result; null where there is none
	BuiltAt      *time.Time `json:"built_at,omitempty"`
}

// Unused lists what no dashboard made use of in a window that ends with the last count of
// views. Notes say what that does not mean, and what is not known.
func Unused(ctx context.Context, w *workspace.Workspace, in query.Found, window amount.Age) (output.Listing, []string, error) {
	l := output.Listing{Header: []string{"name", "kind", "relation", "build seconds", "built", "unopened dashboards", "package", "materialized", "access", "path", "unique id"}, Usual: 6}
	g := w.Graph
	if why := g.NotLoaded(); why != "" {
		return l, nil, errors.New(why + ", so it is not known which dashboards were opened; darkroom sync fetches it")
	}
	byHand, err := readByHand(ctx, w)
	if err != nil {
		return l, nil, err
	}
	var ids []lineage.ID
	unknown := 0 // because of dashboards
	for id := range lineage.ID(g.Resources()) {
		r := g.Node(id).Resource
		if r.Kind != model.KindModel && r.Kind != model.KindSeed && r.Kind != model.KindSnapshot || !in.Has(id) || byHand[id] {
			continue
		}
		switch unopened, known := leadsNowhere(g, id, window); {
		case !known:
			unknown++
		case unopened:
			ids = append(ids, id)
		}
	}
	slices.SortStableFunc(ids, func(a, b lineage.ID) int { return cmp.Compare(secondsOf(g, b), secondsOf(g, a)) })
	l.Fill(len(ids), func(i int) output.Row { return unusedRow(g, ids[i]) })
	return l, unusedNotes(g, window, len(ids), unknown), nil
}

// readByHand are the nodes that exposures written by hand depend on.
func readByHand(ctx context.Context, w *workspace.Workspace) (map[lineage.ID]bool, error) {
	list, err := exposures.List(ctx, w, w.Book)
	if err != nil {
		return nil, err
	}
	read := map[lineage.ID]bool{}
	for _, e := range list {
		for _, parent := range e.DependsOn {
			if id, ok := w.Graph.ResourceIn(e.In, parent); ok && !e.Auto && !e.Disabled {
				read[id] = true
			}
		}
	}
	return read, nil
}

// leadsNowhere reports that everything downstream of a resource are dashboards that were
// not opened; known is false where it hangs on dashboards whose views are not known.
func leadsNowhere(g *lineage.Graph, id lineage.ID, window amount.Age) (unopened, known bool) {
	known = true
	for _, down := range g.Downstream(id) {
		d := g.Node(down).Dashboard
		if d == nil {
			return false, true
		}
		views, ok := d.Site.ViewsWithin(d.Dashboard, window)
		if views > 0 {
			return false, true
		}
		known = known && ok
	}
	return true, known
}

func secondsOf(g *lineage.Graph, id lineage.ID) float64 {
	n := g.Node(id)
	run, ok := n.Project.Runs[n.Resource.ID]
	if !ok {
		return -1
	}
	return run.Seconds
}

func unusedRow(g *lineage.Graph, id lineage.ID) output.Row {
	n := g.Node(id)
	r := n.Resource
	e := UnusedModel{
		UniqueID: r.ID, Name: r.FullName(), Kind: r.Kind.String(), Project: model.ProjectTitle(n.Project, g.Projects), Package: r.Package(),
		Materialized: r.Materialized(), Access: r.Access(), Path: r.Path, Dashboards: len(g.Downstream(id)),
	}
	seconds, built := "", ""
	if run, ok := n.Project.Runs[r.ID]; ok {
		e.BuildSeconds, e.BuiltAt = &run.Seconds, given(run.EndedAt)
		seconds, built = strconv.FormatFloat(run.Seconds, 'f', 1, 64), day(run.EndedAt)
	}
	return output.Row{Object: &e, Cells: func() []string {
		return []string{e.Name, e.Kind, r.Relation(), seconds, built, output.Number(e.Dashboards), e.Package, e.Materialized, e.Access, e.Path, e.UniqueID}
	}}
}

// unusedNotes say what was looked at, and what that does not say.
func unusedNotes(g *lineage.Graph, window amount.Age, found, unknown int) (notes []string) {
	since, until := counted(g)
	if unknown > 0 {
		why := "no views are counted yet: each day of darkroom sync counts them once"
		if !since.IsZero() {
			why = "views are counted since " + since.Format(time.DateOnly)
		}
		notes = append(notes, fmt.Sprintf("left out: %s whose dashboards may have been opened in the last %s (%s)", text.Count(unknown, "resource"), window.Words(), why))
	}
	if found == 0 {
		return notes
	}
	end := ""
	if !until.IsZero() {
		end = " to " + until.Format(time.DateOnly)
	}
	dashboard := "dashboard"
	if tools := model.Tools(g.Sites); len(tools) == 1 && tools[0].Title() != "" {
		dashboard = tools[0].Title() + " dashboard"
	}
	notes = append(notes, fmt.Sprintf("no %s on these was opened in the %s%s, and nothing else in dbt reads them; other consumers, such as queries and notebooks, are not seen", dashboard, window.Words(), end))
	return append(notes, unseen(g)...)
}

// counted is since when the views of all sites are counted, and until when.
func counted(g *lineage.Graph) (since, until time.Time) {
	for _, s := range g.Sites {
		first, last, ok := s.Usage.Span()
		if !ok {
			continue
		}
		if until.IsZero() || last.Before(until) {
			until = last
		}
		if first.After(since) {
			since = first
		}
	}
	return since, until
}

// unseen says which dashboards may read more than is known of them.
func unseen(g *lineage.Graph) (notes []string) {
	unlinked := 0
	for _, d := range g.Dashboards() {
		if d.Status != lineage.StatusLinked && d.Dashboard.Views != 0 {
			unlinked++
		}
	}
	if unlinked > 0 {
		notes = append(notes, "not fully linked, and may read some of these: "+text.Count(unlinked, "dashboard")+"; see darkroom gaps")
	}
	if out := workspace.OutOfScope(g); out != "" {
		notes = append(notes, out+"; those were not looked at")
	}
	for _, s := range g.Sites {
		if len(s.Partial) > 0 {
			notes = append(notes, s.Name+" is incomplete: dashboards that are missing may read some of these")
		}
	}
	return notes
}
