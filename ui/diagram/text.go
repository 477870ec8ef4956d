package diagram

import (
	"fmt"
	"sort"
	"strings"

	"darkroom/ui/graph"
	"darkroom/ui/text"
)

// Text is the drawing, with a line end after each line. Titles are cut as short as it takes
// to keep to a width; what does not fit even then is cut off on the right, and a line below
// says so. A width of 0 is any.
func (d *Diagram) Text(ascii bool, width int) string {
	labels, drawing := d.fitted(ascii, width)
	w, h := drawing.Size()
	wide := width > 0 && w > width
	if wide {
		w = width
	}
	look := graph.Look{ASCII: ascii, Cursor: -1, Label: func(i int) []graph.Span { return []graph.Span{{Text: labels[i]}} }}
	var b strings.Builder
	for _, line := range drawing.Lines(&look, 1, 0, w, h) {
		b.WriteString(line + "\n")
	}
	if wide {
		all, _ := drawing.Size()
		fmt.Fprintf(&b, "\ncut off on the right: %d columns of %d; --up N, --down N or --collapse draw less, and a file or a pipe has it all\n", w, all)
	}
	if n := len(drawing.Dropped); n > 0 {
		b.WriteString("\n" + text.Count(n, "edge") + " not drawn: they close a cycle\n")
	}
	return b.String()
}

// shortest is to how many cells a title is cut, at the least.
const shortest = 10

// fitted lays the drawing out with the longest titles that fit into a width.
func (d *Diagram) fitted(ascii bool, width int) ([]string, *graph.Drawing) {
	longest := shortest
	for i := range d.Nodes {
		longest = max(longest, text.Width(d.Nodes[i].Label(ascii)))
	}
	labels, drawing := d.laidOut(ascii, longest)
	if w, _ := drawing.Size(); width == 0 || w <= width {
		return labels, drawing
	}
	// The widths of titles that make it too wide come after those that do not.
	tooWide := sort.Search(longest-shortest, func(n int) bool {
		_, drawing := d.laidOut(ascii, shortest+n)
		w, _ := drawing.Size()
		return w > width
	})
	return d.laidOut(ascii, shortest+max(0, tooWide-1))
}

// laidOut is the drawing with titles of at most so many cells.
func (d *Diagram) laidOut(ascii bool, most int) ([]string, *graph.Drawing) {
	labels, widths := make([]string, len(d.Nodes)), make([]int, len(d.Nodes))
	for i := range d.Nodes {
		labels[i] = text.Cut(d.Nodes[i].Label(ascii), most) + d.Nodes[i].box(ascii)
		if ascii {
			labels[i] = text.ASCII(labels[i])
		}
		widths[i] = text.Width(labels[i])
	}
	return labels, graph.Layout(widths, d.Edges)
}
