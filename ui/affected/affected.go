// Package affected says what depends on changed nodes, for the command impact and the
// explorer's impact screen: the same words as text, as Markdown, as SARIF and as
// annotations.
//
// Not here: what depends on them (model/impact).
package affected

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/change"
	"darkroom/model/impact"
	"darkroom/model/lineage"
	"darkroom/ui/text"
)

// Answer is what depends on something, and what that is.
type Answer struct {
	Graph  *lineage.Graph
	Report *impact.Report
	// About is what the nodes are called together, such as a folder or a selector; empty
	// names them.
	About string
	// Changes says what changed and how that was found out; nil where nodes were pointed
	// at.
	Changes *change.Set
	// Folder is where a project is in its repository, with forward slashes; nil where that
	// is not known.
	Folder func(*model.Project) string
}

// Title says what was asked.
func (a *Answer) Title() string {
	return "What depends on " + a.subject()
}

func (a *Answer) subject() string {
	const most = 3
	r := a.Report
	if a.About != "" {
		return text.Clean(a.About)
	}
	var names []string
	for _, id := range r.Changed[:min(len(r.Changed), most)] {
		names = append(names, Name(a.Graph, id))
	}
	if n := len(r.Changed) - most; n > 0 {
		return strings.Join(names, ", ") + " and " + text.Count(n, "other node")
	}
	return strings.Join(names, ", ")
}

// Name is what a node is called, safe for a terminal.
func Name(g *lineage.Graph, id lineage.ID) string {
	n := g.Node(id)
	if n.Resource != nil {
		return text.Clean(n.Resource.FullName())
	}
	return text.Clean(n.Dashboard.Title())
}

// Numbers are the counts in a line. Without the metadata of a site, or with a manifest from before the
// change, that none is affected is not known.
func (a *Answer) Numbers(dot string) string {
	r, c := a.Report, a.Report.Counts
	why := a.Graph.NotLoaded()
	switch {
	case r.None() && why != "":
		return "Not known: " + why + "."
	case c.Dashboards == 0 && why != "":
		return "Not known: " + why + " " + dot + " " + text.Count(c.Exposures, "exposure")
	case r.None() && a.Changes != nil && a.Changes.Outdated:
		return "Not known: the project has changed since its manifest was written; run dbt parse."
	case r.None():
		return "No dashboard is affected."
	case c.Dashboards == 0:
		return "No dashboard is affected " + dot + " " + text.Count(c.Exposures, "exposure")
	}
	return strings.Join([]string{
		text.Count(c.Dashboards, "dashboard"), ViewsOf(r.Dashboards, c.Views), text.Count(c.Owners, "owner"),
		text.Count(c.Exposures, "exposure"), fmt.Sprintf("%d certified", c.Certified),
	}, " "+dot+" ")
}

// Way is the path to something, which is called this: "fct_orders → fct_revenue → this".
func Way(g *lineage.Graph, path []lineage.ID, arrow string) string {
	names := make([]string, 0, len(path)+1)
	for _, id := range path {
		names = append(names, Name(g, id))
	}
	return strings.Join(append(names, "this"), " "+arrow+" ")
}

// Owner is the heading of an owner's dashboards.
func Owner(o *impact.Owner) string {
	switch {
	case o.Name == "" && o.Email == "":
		return "Owner not known"
	case o.Email == "":
		return text.Clean(o.Name)
	case o.Name == "":
		return "<" + text.Clean(o.Email) + ">"
	}
	return text.Clean(o.Name) + " <" + text.Clean(o.Email) + ">"
}

// State is what is known of a dashboard's exposure, in a word; empty without one.
func State(d *impact.Dashboard) string {
	switch {
	case d.State != "":
		return string(d.State)
	case d.Severity == impact.Included:
		return "included"
	}
	return ""
}

// Views are the views of a dashboard, "–" when they are not known.
func Views(n int) string {
	if n < 0 {
		return "–"
	}
	return text.Short(n)
}

// ViewsOf says how many views some dashboards have, in a sum over those that are known.
func ViewsOf(all []impact.Dashboard, sum int) string {
	if !slices.ContainsFunc(all, func(d impact.Dashboard) bool { return d.Views >= 0 }) {
		return viewsUnknown
	}
	return text.ShortCount(sum, "view")
}

const viewsUnknown = "views unknown"

// ExposuresTitle is over the exposures that no loaded dashboard has.
const ExposuresTitle = "Exposures of other things"

const widestTitle = 48

func titleOf(d *impact.Dashboard) string { return text.Cut(text.Clean(d.Title()), widestTitle) }
