package explorer

import (
	"strings"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/text"
	"darkroom/ui/tree"
)

// Print is the Models view as plain text with every branch open, for pipes: the
// same rows and signs, no escape codes; with ascii nothing but ASCII.
func Print(g *lineage.Graph, book *curate.Book, ascii bool) string {
	a := New(nil, Options{ASCII: ascii})
	a.graph, a.book = g, book
	a.setGraph(prepare(g))
	o := a.outline()
	var b strings.Builder
	var walk func(ids []tree.ID, depth int)
	walk = func(ids []tree.ID, depth int) {
		for _, id := range ids {
			it := &o.items[id]
			kind, count := a.rowColumns(id, it, columns{kind: 1, count: 14})
			line := text.Spaces(2*depth) + strings.TrimSpace(a.box(id, it)+" "+it.name)
			if detail := strings.TrimSpace(kind + "  " + count); detail != "" {
				line += "  (" + strings.Join(strings.Fields(detail), " ") + ")"
			}
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			if it.kind != itemIndirect {
				walk(o.Children(id), depth+1)
			}
		}
	}
	walk(o.roots, 0)
	if ascii {
		return text.ASCII(b.String())
	}
	return b.String()
}
