package treeview

import (
	"strings"

	"darkroom/ui/table"
	"darkroom/ui/text"
	"darkroom/ui/tree"
)

// printWidth is the width whose columns are printed.
const printWidth = 80

// Text is the whole tree as plain text, every branch open: the same rows and signs
// as on the screen.
func (v *View) Text() string {
	var b strings.Builder
	columns := table.Shown(v.Columns, printWidth)
	var walk func(ids []tree.ID, depth int)
	walk = func(ids []tree.ID, depth int) {
		for _, id := range ids {
			it := &v.outline.items[id]
			line := text.Spaces(2*depth) + strings.TrimSpace(v.box(id, it)+" "+it.Name)
			var values []string
			for i := range columns {
				values = append(values, strings.Fields(columns[i].Value(Row{v, id, it}))...)
			}
			if len(values) > 0 {
				line += "  (" + strings.Join(values, " ") + ")"
			}
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			if !v.outline.items[id].aside() {
				walk(v.outline.Children(id), depth+1)
			}
		}
	}
	walk(v.outline.roots, 0)
	return b.String()
}
