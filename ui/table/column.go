package table

import (
	"slices"

	"darkroom/ui/theme"
)

// Column is one column as data. Trees use columns, too: for what they show to the
// right of a name.
type Column[R any] struct {
	Name    string // to choose and to order by: "views"; "" cannot be named
	Heading string
	Width   int  // cells; the fewest cells of a column with a weight
	Weight  int  // its share of the cells that are left; 0 keeps Width
	Right   bool // aligned right: for numbers
	Tight   bool // one cell from the column before it, not two: for signs
	// From is the width of the table from which the column is shown, Until the
	// width from which it is hidden; 0 is no limit.
	From, Until int
	// Needed reports that there is something to show; nil is always.
	Needed func() bool
	Value  func(R) string
	// Compare orders two rows by this column; without it rows cannot be sorted by it.
	// Rows without a value come last, whatever the direction.
	Compare func(a, b R) int
	// Silent: a filter's words are not looked for in it: numbers, dates and signs.
	Silent bool
	// Over is a text that takes the place of this column and all to its right; nil or ""
	// leaves them.
	Over  func(R) string
	Down  bool                // the largest first, when it is chosen: for numbers and dates
	Style func(R) theme.Style // nil is plain
}

// fits reports whether the column's own limits allow it at a width.
func (c *Column[R]) fits(width int) bool {
	return width >= c.From && (c.Until == 0 || width < c.Until) && c.needed()
}

func (c *Column[R]) needed() bool { return c.Needed == nil || c.Needed() }

// Shown are the columns whose limits allow them at a width.
func Shown[R any](columns []Column[R], width int) []Column[R] {
	shown := make([]Column[R], 0, len(columns))
	for i := range columns {
		if columns[i].fits(width) {
			shown = append(shown, columns[i])
		}
	}
	return shown
}

// gap is the space before a column that is not the first.
func (t *Table[R]) gap(column int) int {
	if t.columns[column].Tight {
		return 1
	}
	return 2
}

// place is a column on the screen.
type place struct{ column, width int }

// places decides which columns are shown and how wide each is. A column with a
// weight never gets fewer cells than its width while another could give some: the
// others first shrink to their contents, then disappear: first the one that comes with the
// largest width, of several the one at the right.
func (t *Table[R]) places(width int) []place {
	var out []place
	for i := range t.columns {
		if t.shows(i, width) {
			out = append(out, place{i, t.columns[i].Width})
		}
	}
	room := width - margin
	for i := len(out) - 1; i >= 0 && t.total(out) > room; i-- {
		if c := &t.columns[out[i].column]; c.Weight == 0 {
			out[i].width = min(out[i].width, t.widest(out[i].column))
		}
	}
	for t.total(out) > room {
		last := t.leastNeeded(out)
		if last < 0 {
			break
		}
		out = append(out[:last], out[last+1:]...)
	}
	t.grow(out, room-t.total(out))
	return out
}

func (t *Table[R]) shows(column, width int) bool {
	if t.chosen != nil {
		return slices.Contains(t.chosen, column)
	}
	return t.columns[column].fits(width)
}

// leastNeeded is the place of the column that goes next; -1 when all are needed.
func (t *Table[R]) leastNeeded(places []place) int {
	least := -1
	for i, p := range places {
		c := &t.columns[p.column]
		if c.Weight == 0 && (least < 0 || c.From >= t.columns[places[least].column].From) {
			least = i
		}
	}
	if len(places) == 1 {
		return -1
	}
	return least
}

func (t *Table[R]) total(places []place) (n int) {
	for i, p := range places {
		n += p.width
		if i > 0 {
			n += t.gap(p.column)
		}
	}
	return n
}

// grow distributes the cells that are left over; missing ones are taken from the
// first column with a weight.
func (t *Table[R]) grow(places []place, left int) {
	weights := 0
	for _, p := range places {
		weights += t.columns[p.column].Weight
	}
	for i, p := range places {
		if w := t.columns[p.column].Weight; w > 0 {
			if left < 0 {
				places[i].width = max(p.width+left, 1)
				return
			}
			share := left * w / weights
			places[i].width += share
			left, weights = left-share, weights-w
		}
	}
}

// widest is the width of the widest value or of the heading of a column.
func (t *Table[R]) widest(column int) int {
	if t.widths == nil {
		t.widths = make([]int, len(t.columns))
		for i := range t.columns {
			t.widths[i] = t.headingWidth(i)
			for _, r := range t.rows {
				t.widths[i] = max(t.widths[i], cells(t.value(i, r)))
			}
		}
	}
	return t.widths[column]
}

// ColumnAt is the column at a cell of a table with a width, -1 where there is none.
func (t *Table[R]) ColumnAt(x, width int) int {
	from := 1
	for i, p := range t.places(width) {
		if i > 0 {
			from += t.gap(p.column)
		}
		if x >= from && x < from+p.width {
			return p.column
		}
		from += p.width
	}
	return -1
}
