package diagram

import (
	"fmt"
	"html"
	"strings"

	"darkroom/ui/graph"
	"darkroom/ui/text"
)

// Pixels of a cell of the drawing. A line has room for a box around its label.
const (
	cellWidth  = 8
	cellHeight = 28
	margin     = 12
)

// style are the colours of a drawing, light and dark. Kinds differ by shape as well.
const style = `
svg { color-scheme: light dark; background: #ffffff; font: 13px ui-monospace, Menlo, Consolas, monospace; }
text { fill: #24273a; } rect { fill: #f4f5fa; stroke: #63677a; } path { fill: none; stroke: #8b8fa3; }
.dashboard rect, .exposure rect { stroke: #6d3db8; } .source rect, .seed rect { stroke: #0f6b3c; }
.more rect { stroke-dasharray: 4 3; } .root rect { stroke-width: 3; } .root text { font-weight: bold; }
@media (prefers-color-scheme: dark) {
svg { background: #16182a; }
text { fill: #e4e6f1; } rect { fill: #23263a; stroke: #8b8fa3; } path { stroke: #8b8fa3; }
.dashboard rect, .exposure rect { stroke: #c4a7f5; } .source rect, .seed rect { stroke: #7fd6a2; }
}
`

// SVG is the drawing as a picture that needs nothing else: no script, no font, no other
// file. It has a title and a description for those who do not see it.
func (d *Diagram) SVG(title string) string {
	widths := make([]int, len(d.Nodes))
	for i := range d.Nodes {
		widths[i] = text.Width(d.Nodes[i].Title) + 2
	}
	drawing := graph.Layout(widths, d.Edges)
	w, h := drawing.Size()
	width, height := w*cellWidth+2*margin, h*cellHeight+2*margin
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-labelledby="lineage-title lineage-about">`+"\n",
		width, height, width, height)
	fmt.Fprintf(&b, "<title id=\"lineage-title\">%s</title>\n<desc id=\"lineage-about\">%s</desc>\n<style>%s</style>\n",
		xmlText(title), xmlText(d.about()), style)
	for _, s := range drawing.Strokes() {
		b.WriteString(`<path d="` + pathOf(s) + `"/>` + "\n")
	}
	for i := range d.Nodes {
		d.svgNode(&b, drawing, i)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func (d *Diagram) svgNode(b *strings.Builder, drawing *graph.Drawing, i int) {
	n := &d.Nodes[i]
	x, y, w := drawing.Box(i)
	left, top := margin+x*cellWidth, margin+y*cellHeight+3
	classes, about := string(n.Kind), string(n.Kind)+" "+n.Title
	if n.Root {
		classes += " root"
	}
	if n.Kind == More {
		about = n.Title
	}
	if n.Decision != "" {
		about += ", " + n.Decision
	}
	radius := 2
	if n.Kind == Dashboard || n.Kind == Exposure {
		radius = 9
	}
	fmt.Fprintf(b, `<g class="%s"><title>%s</title><rect x="%d" y="%d" width="%d" height="%d" rx="%d"/><text x="%d" y="%d">%s</text></g>`+"\n",
		classes, xmlText(about), left, top, w*cellWidth, cellHeight-6, radius, left+cellWidth, top+15, xmlText(n.Title))
}

// pathOf draws a stroke with round corners.
func pathOf(s graph.Stroke) string {
	at := func(x, y int) (int, int) {
		return margin + x*cellWidth + cellWidth/2, margin + y*cellHeight + cellHeight/2
	}
	x1, y1 := at(s.X1, s.Y1)
	x2, y2 := at(s.X2, s.Y2)
	x1, x2 = x1-cellWidth-cellWidth/2, x2+cellWidth/2
	if s.Y1 == s.Y2 {
		return fmt.Sprintf("M%d %dH%d", x1, y1, x2)
	}
	x, _ := at(s.X, 0)
	turn := cellWidth
	if y2 < y1 {
		turn = -turn
	}
	return fmt.Sprintf("M%d %dH%dQ%d %d %d %dV%dQ%d %d %d %dH%d", x1, y1, x-cellWidth, x, y1, x, y1+turn, y2-turn, x, y2, x+cellWidth, y2, x2)
}

// about says in words what is drawn.
func (d *Diagram) about() string {
	var roots []string
	count := map[Kind]int{}
	for i := range d.Nodes {
		n := &d.Nodes[i]
		if n.Root && len(roots) < 5 {
			roots = append(roots, n.Title)
		}
		count[n.Kind]++
	}
	return fmt.Sprintf("Lineage around %s, upstream at the left: %s and %s; %d of %s are drawn.",
		strings.Join(roots, ", "), text.Count(len(d.Edges), "edge"), text.Count(count[Dashboard], "dashboard"), d.Total-d.hidden(), text.Count(d.Total, "node"))
}

// hidden counts the nodes that are only counted.
func (d *Diagram) hidden() (n int) {
	for i := range d.Nodes {
		n += d.Nodes[i].Count
	}
	return n
}

func xmlText(s string) string { return html.EscapeString(text.Clean(s)) }
