package query

import (
	"strings"
	"testing"
	"unicode"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
)

// Any filter line is read, and each row is in or out; what counts what a dashboard reads
// finds no less.
func FuzzFilter(f *testing.F) {
	for _, seed := range []string{
		"", "kind:seed owner:c++", `"Sales Overview" views:>100`, "+fct_orders,tag:x -", "@fct+ state:inc", `owner:"`, "link:partly hidden:t", "path:models/[", "config.:x", "tag:", "views:>=-1", "source:a.b.c.d", "x:\x1b[2J",
	} {
		f.Add(seed)
	}
	projects := []*model.Project{lineagetest.Shop()}
	g, err := lineage.Build(f.Context(), projects, []*model.Site{lineagetest.Tower("rpt", "fct", "nowhere")}, lineage.Options{})
	if err != nil {
		f.Fatal(err)
	}
	book := curate.New(nil)
	nodes := g.Selectable(lineagetest.Nodes(projects...))
	f.Fuzz(func(t *testing.T, line string) {
		q, _ := Parse(line)
		if q.Text != line {
			t.Errorf("%q is kept as %q", line, q.Text)
		}
		for _, w := range q.Words {
			if w == "" || w != strings.ToLower(w) || strings.IndexFunc(w, unicode.IsSpace) == 0 && !strings.Contains(line, `"`) {
				t.Errorf("%q has the word %q", line, w)
			}
		}
		before, _ := q.Bind(g, book, nil)
		b, _ := q.Bind(g, book, nodes)
		for id := range lineage.ID(g.Len()) {
			before.Meets(id, true)
			if b.Meets(id, false) && !b.Meets(id, true) {
				t.Errorf("%q: %d is in by itself, and out with what it reads", line, id)
			}
			if q.Empty() && !b.Meets(id, true) {
				t.Errorf("%q asks for nothing and leaves %d out", line, id)
			}
		}
	})
}
