package treeview

import (
	"strings"

	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
	"darkroom/ui/tree"
)

// Text is the whole tree as plain text, every branch open: the same rows and signs
// as on the screen.
func (v *View) Text() string {
	var b strings.Builder
	var walk func(ids []tree.ID, depth int)
	walk = func(ids []tree.ID, depth int) {
		for _, id := range ids {
			it := &v.outline.items[id]
			line := text.Spaces(2*depth) + strings.TrimSpace(v.box(id, it)+" "+it.Name)
			if about := v.about(Row{v, id, it}); about != "" {
				line += "  (" + about + ")"
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

// about is what is printed behind a name: what the row is, how much of it is decided or
// linked, and the views of a dashboard.
func (v *View) about(row Row) string {
	d := row.Dashboard()
	if d == nil {
		words := []string{kind(row)}
		if t := v.tally(row.ID); t.Total() > 0 && !row.unlinked() {
			words = append(words, progressInWords(t))
		}
		return strings.TrimSpace(strings.Join(words, " "))
	}
	words := []string{tablesLinked(d)}
	if n := d.Dashboard.Views; n >= 0 {
		words = append(words, text.ShortCount(n, "view"))
	}
	return strings.Join(words, " ")
}

// tablesLinked says how far a dashboard's tables are known: "4 tables", "3 of 4".
func tablesLinked(d *lineage.Dashboard) string {
	if short := Incomplete(d); short != "" {
		return short
	}
	_, all := d.Counts()
	return text.Count(all, "table")
}

// Nesting implements view.Nested.
func (v *View) Nesting() view.Nesting {
	id, ok := v.tree.Current()
	if !ok {
		return view.Nesting{}
	}
	at := v.tree.Cursor()
	return view.Nesting{
		Level: v.tree.Rows()[at].Depth + 1, Row: at + 1, Rows: v.tree.Len(),
		Parent: v.outline.HasChildren(id), Open: v.tree.IsOpen(id),
	}
}
