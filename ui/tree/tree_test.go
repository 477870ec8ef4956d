package tree

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// fake is a source written as indented lines.
type fake struct {
	names    []string
	parent   []ID
	children map[ID][]ID
}

func outline(text string) *fake {
	f := &fake{children: map[ID][]ID{}}
	stack := []ID{None}
	for line := range strings.Lines(text) {
		name := strings.TrimSpace(line)
		if name == "" {
			continue
		}
		depth := (len(line) - len(strings.TrimLeft(line, "\t"))) - 1
		stack = stack[:depth+1]
		id, parent := ID(len(f.names)), stack[depth]
		f.names, f.parent = append(f.names, name), append(f.parent, parent)
		f.children[parent] = append(f.children[parent], id)
		stack = append(stack, id)
	}
	return f
}

func (f *fake) Roots() []ID            { return f.children[None] }
func (f *fake) Children(id ID) []ID    { return f.children[id] }
func (f *fake) Parent(id ID) ID        { return f.parent[id] }
func (f *fake) HasChildren(id ID) bool { return len(f.children[id]) > 0 }
func (f *fake) Structural(id ID) bool  { return !strings.HasPrefix(f.names[id], "*") }
func (f *fake) show(t *Tree) string {
	var b strings.Builder
	for i, r := range t.Rows() {
		mark := " "
		if i == t.Cursor() {
			mark = ">"
		}
		fmt.Fprintf(&b, "%s%s%s ", mark, strings.Repeat(".", r.Depth), f.names[r.ID])
	}
	return strings.TrimSpace(b.String())
}

const sample = `
	a
		b
			c
			*d
				e
		f
	g
		h
`

func TestFolding(t *testing.T) {
	f := outline(sample)
	tr := New(f)
	tr.SetHeight(5)
	steps := []struct {
		name string
		do   func()
		want string
	}{
		{"closed at first", func() {}, ">a  g"},
		{"open", func() { tr.Open() }, ">a  .b  .f  g"},
		{"open again goes to the child", func() { tr.Open() }, "a > .b  .f  g"},
		{"close on a closed row goes to the parent", func() { tr.Close() }, ">a  .b  .f  g"},
		{"open all leaves out what is not structural", func() { tr.OpenAll() }, ">a  .b  ..c  ..*d  .f  g  .h"},
		{"last", func() { tr.MoveTo(99) }, "a  .b  ..c  ..*d  .f  g > .h"},
		{"parent", func() { tr.Close() }, "a  .b  ..c  ..*d  .f >g  .h"},
		{"sibling up", func() { tr.MoveToSibling(-1) }, ">a  .b  ..c  ..*d  .f  g  .h"},
		{"level two", func() { tr.ToLevel(2) }, ">a  .b  .f  g  .h"},
		{"reveal", func() { tr.Reveal(4) }, "a  .b  ..c  ..*d > ...e  .f  g  .h"},
		{"closing all keeps the nearest ancestor", func() { tr.CloseAll() }, ">a  g"},
	}
	for _, s := range steps {
		s.do()
		want := strings.ReplaceAll(s.want, "> ", ">")
		if got := f.show(tr); got != want {
			t.Fatalf("%s:\n got %s\nwant %s", s.name, got, want)
		}
	}
}

func TestFilterOpensHitsAndGivesFoldsBack(t *testing.T) {
	f := outline(sample)
	tr := New(f)
	before := f.show(tr)
	hit := map[ID]bool{0: true, 1: true, 2: true} // a, b, c
	tr.SetFilter(Filter{
		Keep: func(id ID) bool { return hit[id] },
		Open: func(id ID) bool { return id < 2 },
	})
	if got := f.show(tr); got != ">a  .b  ..c" {
		t.Fatal(got)
	}
	tr.MoveTo(1)
	tr.Close()
	if got := f.show(tr); got != "a >.b" {
		t.Fatal(got)
	}
	tr.SetFilter(Filter{})
	tr.MoveTo(0)
	if got := f.show(tr); got != before {
		t.Fatalf("folds after the filter: %s, before: %s", got, before)
	}
}

func TestAnyMovesKeepTheCursorOnTheScreen(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	f := outline(sample)
	tr := New(f)
	moves := []func(){
		func() { tr.MoveBy(rng.IntN(7) - 3) }, func() { tr.Scroll(rng.IntN(7) - 3) },
		func() { tr.Open() }, func() { tr.Close() }, func() { tr.Toggle() }, tr.OpenAll, tr.CloseAll,
		func() { tr.ToLevel(rng.IntN(4)) }, func() { tr.SetHeight(rng.IntN(6)) },
		func() { tr.SetFilter(Filter{Keep: func(id ID) bool { return id < 3 }}) }, func() { tr.SetFilter(Filter{}) },
		func() { tr.SetFilter(Filter{Keep: func(ID) bool { return false }}) },
	}
	for range 5000 {
		moves[rng.IntN(len(moves))]()
		rows, first := tr.Window()
		if len(rows) > tr.Height() {
			t.Fatalf("%d rows on a screen of %d", len(rows), tr.Height())
		}
		if c := tr.Cursor(); tr.Len() > 0 && (c < first || c >= first+len(rows)) {
			t.Fatalf("cursor %d is not in [%d, %d)", c, first, first+len(rows))
		}
	}
}
