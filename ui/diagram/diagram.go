// Package diagram is a part of the lineage as a drawing for people and for other
// programs: text, Mermaid, DOT, SVG and JSON. Command and explorer draw the same.
//
// Names come from other systems: each format escapes them in its own way. Not here: what
// is a part (model/subgraph), and where things are drawn (ui/graph).
package diagram

import (
	"fmt"
	"strings"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/subgraph"
	"darkroom/ui/text"
)

// Diagram is what is drawn.
type Diagram struct {
	Nodes []Node
	Edges [][2]int
	Total int // nodes, each counted one too
}

// Node is a node of a diagram.
type Node struct {
	ID    string // for programs; empty for counted nodes
	Kind  Kind
	Title string // on one line, safe for a terminal
	Root  bool
	// Decision is "included" and so on; empty for all but dashboards.
	Decision string
	Views    int // of a dashboard; -1 when they are not known
	Count    int // of a counted node
}

// Kind is the kind of a node: dbt's word for a resource, dashboard, exposure, or more
// for a counted node.
type Kind string

// Kinds besides those of resources.
const (
	Dashboard Kind = "dashboard"
	Exposure  Kind = "exposure"
	More      Kind = "more"
)

// widest is where a title is cut.
const widest = 60

// New makes a diagram of what is visible. Without a book nothing is decided.
func New(g *lineage.Graph, s *subgraph.Subgraph, book *curate.Book) *Diagram {
	d := &Diagram{Edges: s.Edges, Total: s.Total}
	for i := range s.Nodes {
		d.Nodes = append(d.Nodes, nodeOf(g, &s.Nodes[i], book))
	}
	return d
}

func nodeOf(g *lineage.Graph, n *subgraph.Node, book *curate.Book) Node {
	out := Node{Root: n.Root, Views: -1}
	switch {
	case n.Exposure != nil:
		out.ID, out.Kind, out.Title = n.Exposure.ID, Exposure, n.Exposure.Name
	case n.Fold != subgraph.FoldNone:
		out.Kind, out.Count, out.Title = More, n.Count, counted(g, n)
	default:
		at := g.Node(n.ID)
		if r := at.Resource; r != nil {
			out.ID, out.Kind, out.Title = g.SelectorID(at.Project, r.ID), Kind(r.Kind.String()), r.FullName()
			break
		}
		out.ID, out.Kind, out.Title, out.Views = "dashboard."+at.Dashboard.Key, Dashboard, at.Dashboard.Title(), at.Dashboard.Dashboard.Views
		if book != nil {
			out.Decision = book.Effective(at.Dashboard.Key).String()
		}
	}
	out.Title = text.Cut(text.Clean(out.Title), widest)
	return out
}

// counted is what a counted node says.
func counted(g *lineage.Graph, n *subgraph.Node) string {
	switch n.Fold {
	case subgraph.FoldDashboards:
		return fmt.Sprintf("+ %d more dashboards", n.Count)
	case subgraph.FoldExposures:
		return fmt.Sprintf("+ %d more exposures", n.Count)
	case subgraph.FoldChain:
		return fmt.Sprintf("%d %s between", n.Count, kindsOf(g, n.Folded))
	case subgraph.FoldResources:
		return fmt.Sprintf("+ %d more %s", n.Count, kindsOf(g, n.Folded))
	}
	return fmt.Sprintf("+ %d further away", n.Count)
}

// kindsOf is the noun of some resources.
func kindsOf(g *lineage.Graph, ids []lineage.ID) string {
	kind := model.KindUnknown
	for i, id := range ids {
		r := g.Node(id).Resource
		if r == nil || i > 0 && r.Kind != kind {
			return "nodes"
		}
		kind = r.Kind
	}
	return strings.ReplaceAll(kind.String(), "_", " ") + "s"
}

// Label is a node in the drawing: its sign and title. Of a dashboard the decision is
// behind it.
func (n *Node) Label(ascii bool) string {
	switch {
	case n.Kind == Dashboard:
		return sign("▣ ", "# ", ascii) + n.Title
	case n.Kind == Exposure:
		return sign("□ ", "% ", ascii) + n.Title
	case n.Root:
		return "[" + n.Title + "]"
	}
	return n.Title
}

func sign(s, plain string, ascii bool) string {
	if ascii {
		return plain
	}
	return s
}

// box is the decision as a checkbox, with a blank before it.
func (n *Node) box(ascii bool) string {
	switch n.Decision {
	case curate.Included.String():
		return " [" + sign("✓", "x", ascii) + "]"
	case curate.Excluded.String():
		return " [" + sign("✗", "-", ascii) + "]"
	case "":
		return ""
	}
	return " [ ]"
}
