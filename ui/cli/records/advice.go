package records

import (
	"context"
	"strings"
	"time"

	"darkroom/model/advice"
	"darkroom/model/exposure"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/model/query"
	"darkroom/sources/project/exposures"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
)

// Advice is one piece of advice in JSON: about a parent and all that reads it, or about an
// exposure without parents.
type Advice struct {
	Code       string   `json:"code"`
	Title      string   `json:"title"`
	Node       string   `json:"node,omitempty"` // unique_id of the parent
	Text       string   `json:"text"`
	Advice     string   `json:"advice"`
	Dashboards []string `json:"dashboards,omitempty"` // keys
	Exposures  []string `json:"exposures,omitempty"`  // names
}

func adviceOf(e *advice.Entry) Advice {
	a := Advice{Code: e.Code, Title: e.Title, Node: e.Node(), Text: e.Text, Advice: e.Advice, Exposures: e.Exposures}
	for _, d := range e.Dashboards {
		a.Dashboards = append(a.Dashboards, d.Key)
	}
	return a
}

// adviceOn lists the advice on the dashboards of a graph.
func adviceOn(g *lineage.Graph, today time.Time) []Advice {
	out := []Advice{}
	for _, e := range advice.Of(g, today, func(lineage.ID) bool { return true }).Entries() {
		out = append(out, adviceOf(e))
	}
	return out
}

// adviceList is the advice on dashboards, and on exposures that are written or declared.
func adviceList(ctx context.Context, w *workspace.Workspace, in query.Found, when When) (output.Listing, error) {
	l := output.Listing{Header: []string{"advice", "parent", "dashboards", "exposures", "text"}}
	list, err := exposures.List(ctx, w, w.Book)
	if err != nil {
		return l, err
	}
	found, views := advice.Of(w.Graph, when.Today, in.Has), viewsOf(w.Graph)
	for i := range list {
		if !exposureIn(w.Graph, list[i], in) {
			continue
		}
		for _, f := range exposureAdvice(w.Graph, list[i], views, when.Today) {
			found.Add(f, list[i].Name)
		}
	}
	entries := found.Entries()
	l.Fill(len(entries), func(i int) output.Row {
		a := adviceOf(entries[i])
		return output.Row{Object: a, Cells: func() []string {
			return []string{a.Code, a.Node, output.Number(len(a.Dashboards)), strings.Join(a.Exposures, ", "), a.Text}
		}}
	})
	return l, nil
}

// exposureAdvice gives the findings on what an exposure depends on.
func exposureAdvice(g *lineage.Graph, x *outlook.Entry, views map[string]int, today time.Time) []advice.Finding {
	better := ""
	if !exposure.ValidName(x.Name) {
		better = exposure.NameFor(x.Name)
	}
	out := advice.Exposure(x.Name, better, len(x.DependsOn))
	opened, known := views[strings.ToLower(x.LUID)]
	if !known {
		opened = -1
	}
	for _, parent := range x.DependsOn {
		if id, ok := g.ResourceIn(x.In, parent); ok {
			out = append(out, advice.On(g.Node(id).Resource, advice.Popular(opened), today)...)
		}
	}
	return out
}

// viewsOf are the view counts of dashboards by LUID.
func viewsOf(g *lineage.Graph) map[string]int {
	views := map[string]int{}
	for _, d := range g.Dashboards() {
		if luid := strings.ToLower(d.Dashboard.LUID); luid != "" {
			views[luid] = d.Dashboard.Views
		}
	}
	return views
}
