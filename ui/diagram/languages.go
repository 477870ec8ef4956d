package diagram

import (
	"fmt"
	"strings"
	"unicode"
)

// Mermaid is the diagram as a Mermaid flowchart. Its ids are numbers with a letter, and
// titles are quoted, with everything in them that Mermaid or Markdown reads as a sign
// written as a character code.
func (d *Diagram) Mermaid() string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for i := range d.Nodes {
		n := &d.Nodes[i]
		begin, end := `["`, `"]`
		switch n.Kind {
		case "source", "seed":
			begin, end = `[("`, `")]`
		case Dashboard, Exposure:
			begin, end = `(["`, `"])`
		case More:
			begin, end = `("`, `")`
		}
		fmt.Fprintf(&b, "  n%d%s%s%s\n", i, begin, mermaidText(n.Title), end)
	}
	for _, e := range d.Edges {
		fmt.Fprintf(&b, "  n%d --> n%d\n", e[0], e[1])
	}
	for _, c := range d.classes() {
		fmt.Fprintf(&b, "  classDef %s %s\n  class %s %s\n", c.name, c.style, strings.Join(c.nodes, ","), c.name)
	}
	return b.String()
}

// class are the nodes that look alike.
type class struct {
	name, style string
	nodes       []string
}

func (d *Diagram) classes() (out []class) {
	all := []class{
		{name: "dashboards", style: "stroke-width:2px"},
		{name: "counted", style: "stroke-dasharray:4 3"},
		{name: "roots", style: "stroke-width:4px"},
	}
	for i := range d.Nodes {
		at := -1
		switch n := &d.Nodes[i]; {
		case n.Root:
			at = 2
		case n.Kind == More:
			at = 1
		case n.Kind == Dashboard, n.Kind == Exposure:
			at = 0
		}
		if at >= 0 {
			all[at].nodes = append(all[at].nodes, fmt.Sprintf("n%d", i))
		}
	}
	for _, c := range all {
		if len(c.nodes) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// mermaidText keeps letters, digits and a few signs, where they mean nothing: a digit
// and a point, or a dash, at the beginning would be a list.
func mermaidText(s string) string {
	var b strings.Builder
	plain := false // a letter came
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			plain = true
			b.WriteRune(r)
		case unicode.IsDigit(r), r == ' ', r > unicode.MaxLatin1:
			b.WriteRune(r)
		case plain && strings.ContainsRune("._-,", r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}

// DOT is the diagram for Graphviz.
func (d *Diagram) DOT() string {
	var b strings.Builder
	b.WriteString("digraph lineage {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n")
	for i := range d.Nodes {
		n := &d.Nodes[i]
		more := ""
		switch n.Kind {
		case "source", "seed":
			more = ", shape=cylinder"
		case Dashboard, Exposure:
			more = ", shape=box, style=rounded"
		case More:
			more = ", shape=box, style=dashed"
		}
		if n.Root {
			more += ", penwidth=3"
		}
		fmt.Fprintf(&b, "  n%d [label=\"%s\"%s];\n", i, dotText(n.Title), more)
	}
	for _, e := range d.Edges {
		fmt.Fprintf(&b, "  n%d -> n%d;\n", e[0], e[1])
	}
	b.WriteString("}\n")
	return b.String()
}

// dotText is a text between quotes: a backslash begins an escape, and an ampersand a
// character's name.
func dotText(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;").Replace(s)
}

// Graph is the diagram as JSON has it.
type Graph struct {
	Nodes []GraphNode `json:"nodes"`
	Edges []GraphEdge `json:"edges"`
	// Total counts the nodes within the hops, each counted one too.
	Total int `json:"total"`
}

// GraphNode is one node. ID is a unique_id, "dashboard." and the key of a dashboard, or
// "more." and a number.
type GraphNode struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	Root     bool   `json:"root,omitempty"`
	Decision string `json:"decision,omitempty"`
	Views    *int   `json:"views,omitempty"` // of a dashboard, when they are known
	Count    int    `json:"count,omitempty"` // of a counted node
}

// GraphEdge goes downstream.
type GraphEdge struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Graph is the diagram for JSON.
func (d *Diagram) Graph() Graph {
	out := Graph{Nodes: []GraphNode{}, Edges: []GraphEdge{}, Total: d.Total}
	for i := range d.Nodes {
		n := &d.Nodes[i]
		g := GraphNode{ID: n.ID, Kind: string(n.Kind), Name: n.Title, Root: n.Root, Decision: n.Decision, Count: n.Count}
		if n.Kind == More {
			g.ID = fmt.Sprintf("more.%d", i)
		}
		if n.Views >= 0 {
			g.Views = &n.Views
		}
		out.Nodes = append(out.Nodes, g)
	}
	for _, e := range d.Edges {
		out.Edges = append(out.Edges, GraphEdge{out.Nodes[e[0]].ID, out.Nodes[e[1]].ID})
	}
	return out
}
