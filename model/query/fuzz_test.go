package query

import (
	"slices"
	"strings"
	"testing"
	"time"
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
		"-owner:fin not tag:a", "views:100..1k views:>2.5m", "updated:<90d updated:2026-01..2026-03", "-word -+fct_orders", `"a: b" certified:t`, "name:Board -kind:seed", "updated:30d..90d views:..7", "tag:a,path:b", "state:new",
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
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, line string) {
		q := Parse(line)
		if q.Text != line {
			t.Errorf("%q is kept as %q", line, q.Text)
		}
		for _, w := range append(slices.Clone(q.Words), q.Without...) {
			if w == "" || strings.IndexFunc(w, unicode.IsSpace) == 0 && !strings.Contains(line, `"`) {
				t.Errorf("%q has the word %q", line, w)
			}
		}
		if kept := q.Kept(); q.Unfinished != "" && kept.Problem == "" {
			t.Errorf("%q is kept unfinished", line)
		}
		known := Known{Graph: g, Book: book, Now: now}
		before, _ := q.Bind(known)
		known.Nodes = nodes
		b, _ := q.Bind(known)
		for id := range lineage.ID(g.Len()) {
			before.Meets(id, true)
			in := b.Meets(id, true)
			switch {
			case !b.Excludes() && b.Meets(id, false) && !in:
				t.Errorf("%q: %d is in by itself, and out with what it reads", line, id)
			case q.Empty() && !in:
				t.Errorf("%q asks for nothing and leaves %d out", line, id)
			case q.Problem != "" && in:
				t.Errorf("%q is wrong and lets %d through", line, id)
			case in && b.HasTerms() && b.Bars(id) && len(b.Without) == 0:
				t.Errorf("%q lets %d through and bars it", line, id)
			}
		}
		for _, s := range known.Complete(line) {
			if _, last := lastWord(s.Text); !s.Field && Parse(s.Text).Unfinished != "" && Parse(line).Unfinished == "" {
				t.Errorf("%q is completed to %q, which is unfinished at %q", line, s.Text, last)
			}
		}
		// What is turned around lets the others through.
		if x := Parse("-" + line); len(splitWords(line)) == 1 && len(x.terms) == 1 && len(q.terms) == 1 && x.Problem == "" && q.Problem == "" && !q.terms[0].not && x.terms[0].text == q.terms[0].text && len(q.Words)+len(x.Words) == 0 {
			turned, _ := x.Bind(known)
			for _, d := range g.Dashboards() {
				if turned.Meets(d.ID, true) == b.Meets(d.ID, true) {
					t.Errorf("%q and its opposite agree about %d", line, d.ID)
				}
			}
		}
	})
}
