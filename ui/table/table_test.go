package table

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"darkroom/ui/text"
)

type fruit struct {
	name, where, owner string
	count              int
}

var fruits = []fruit{
	{"apple of the old orchard by the river", "north", "Ana", 7},
	{"pear", "south", "Ben", 120},
	{"りんご", "east", "", 3},
	{"quince", "a place with a long name", "Cleo", 9},
}

func columns() []Column[fruit] {
	return []Column[fruit]{
		{Heading: "TITLE", Width: 24, Weight: 2, Value: func(f fruit) string { return f.name }, Compare: func(a, b fruit) int { return cmp.Compare(a.name, b.name) }},
		{Heading: "PLACE", Width: 16, Weight: 1, From: 90, Value: func(f fruit) string { return f.where }},
		{Heading: "OWNER", Width: 16, Value: func(f fruit) string { return f.owner }},
		{Heading: "VIEWS", Width: 9, Right: true, Value: func(f fruit) string { return fmt.Sprint(f.count) }, Compare: func(a, b fruit) int { return cmp.Compare(a.count, b.count) }},
	}
}

var look = &Look{Bar: ">", Mark: ".", Up: "^", Down: "v"}

func sample() *Table[fruit] {
	t := New(columns(), func(f fruit) string { return f.name })
	t.SetRows(fruits)
	t.SetHeight(5)
	return t
}

func drawn(t *Table[fruit], width int) string {
	lines := t.Draw(width, look)
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n")
}

func TestDrawingAtSeveralWidths(t *testing.T) {
	for width, want := range map[int]string{
		100: ` TITLE                                       PLACE                      OWNER                 VIEWS
>apple of the old orchard by the river       north                      Ana                       7
 pear                                        south                      Ben                     120
 りんご                                      east                                                 3
 quince                                      a place with a long name   Cleo                      9`,
		60: ` TITLE                          OWNER                 VIEWS
>apple of the old orchard by …  Ana                       7
 pear                           Ben                     120
 りんご                                                   3
 quince                         Cleo                      9`,
		// Half empty columns give their cells first: the title keeps its 24.
		44: ` TITLE                       OWNER    VIEWS
>apple of the old orchard …  Ana          7
 pear                        Ben        120
 りんご                                   3
 quince                      Cleo         9`,
		34: ` TITLE                      OWNER
>apple of the old orchard…  Ana
 pear                       Ben
 りんご
 quince                     Cleo`,
		30: ` TITLE
>apple of the old orchard by…
 pear
 りんご
 quince`,
		10: ` TITLE
>apple o…
 pear
 りんご
 quince`,
	} {
		if got := drawn(sample(), width); got != want {
			t.Errorf("at %d:\n%s\nwant\n%s", width, got, want)
		}
	}
}

// Every line has the width of the table, and the title has its minimum as long as
// there is another column.
func TestEveryWidth(t *testing.T) {
	tab := sample()
	for width := 3; width <= 220; width++ {
		for _, l := range tab.Draw(width, look) {
			if text.Width(l) != width {
				t.Fatalf("%d cells at width %d: %q", text.Width(l), width, l)
			}
		}
		if p := tab.places(width); len(p) > 1 && p[0].width < 24 {
			t.Errorf("at %d the title has %d cells beside %d columns", width, p[0].width, len(p)-1)
		}
	}
}

func TestSorting(t *testing.T) {
	tab := sample()
	tab.MoveTo(1) // pear
	for _, step := range []struct {
		do      func()
		heading string
		names   string
	}{
		{tab.SortNext, "TITLE ^", "apple pear quince りんご"},
		{tab.SortReverse, "TITLE v", "りんご quince pear apple"},
		{tab.SortNext, "VIEWS ^", "りんご apple quince pear"},
		{tab.SortNext, "VIEWS", "apple pear りんご quince"},
		{func() { tab.SortBy(3, true) }, "VIEWS v", "pear quince apple りんご"},
	} {
		step.do()
		frame := drawn(tab, 60)
		if head, _, _ := strings.Cut(frame, "\n"); !strings.Contains(head, step.heading) || strings.Contains(strings.Replace(head, step.heading, "", 1), "^") {
			t.Errorf("heading %q, want %q", head, step.heading)
		}
		var names []string
		for i := range tab.Len() {
			names = append(names, strings.Fields(tab.Row(i).name)[0])
		}
		if got := strings.Join(names, " "); got != step.names {
			t.Errorf("%s: %s, want %s", step.heading, got, step.names)
		}
		if now, _ := tab.Current(); now.name != "pear" {
			t.Errorf("%s: the cursor left its row for %s", step.heading, now.name)
		}
	}
}

func TestCursorStaysOnItsRowOrGoesToTheNext(t *testing.T) {
	tab := sample()
	tab.MoveTo(2) // りんご
	tab.SetFilter(func(f fruit) bool { return f.count > 5 })
	if now, _ := tab.Current(); tab.Len() != 3 || now.name != "quince" {
		t.Errorf("%d rows, cursor on %s", tab.Len(), now.name)
	}
	tab.SetFilter(func(fruit) bool { return false })
	if _, ok := tab.Current(); ok || tab.Len() != 0 {
		t.Error("a row without rows")
	}
	tab.SetFilter(nil)
	tab.MoveTo(3)
	tab.SetRows(fruits[:2])
	if now, _ := tab.Current(); now.name != "pear" {
		t.Errorf("after a reload the cursor is on %s", now.name)
	}
}

// Values come from outside: what a terminal would act on is not drawn.
func TestHostileValues(t *testing.T) {
	tab := New(columns(), func(f fruit) string { return f.name })
	tab.SetRows([]fruit{{name: "evil \x1b[31m\ntitle", owner: "a\tb"}})
	for _, l := range tab.Draw(80, look) {
		if strings.ContainsAny(l, "\x1b\n\t") {
			t.Errorf("%q", l)
		}
	}
}

func TestRangeIsMarked(t *testing.T) {
	l := *look
	l.Marked = func(row int) bool { return row < 3 }
	lines := sample().Draw(40, &l)
	for i, want := range []string{" ", ">", ".", ".", " "} {
		if !strings.HasPrefix(lines[i], want) {
			t.Errorf("line %d: %q", i, lines[i])
		}
	}
}

func TestAnyMovesKeepTheCursorOnTheScreen(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	tab := sample()
	moves := []func(){
		func() { tab.MoveBy(rng.IntN(7) - 3) }, func() { tab.Scroll(rng.IntN(7) - 3) }, func() { tab.SetHeight(rng.IntN(6)) },
		tab.SortNext, tab.SortReverse, func() { tab.SetRows(fruits[:rng.IntN(5)]) },
		func() { tab.SetFilter(func(f fruit) bool { return f.count > 5 }) }, func() { tab.SetFilter(nil) },
	}
	for range 5000 {
		moves[rng.IntN(len(moves))]()
		first, end := tab.Window()
		if c := tab.Cursor(); tab.Len() > 0 && (c < first || c >= end) {
			t.Fatalf("cursor %d is not in [%d, %d)", c, first, end)
		}
	}
}
