package treeview

import (
	"slices"

	"darkroom/ui/table"
	"darkroom/ui/text"
)

const (
	headingLines = 1
	boxWidth     = 3
	leastTitle   = 24 // cells of a name, before a column gives way
)

// place is a column on the screen.
type place struct{ column, x int }

// frame says where the columns are: from start on, up to the last cell of a line.
type frame struct {
	columns []place
	start   int
}

// titleStart is the cell where the names of a depth begin.
func (v *View) titleStart(depth int) int { return 1 + v.indent(depth) + 2 + boxWidth + 1 }

// frame leaves the names their room: it drops the columns that come with width, the ones
// that come last first. The deepest row decides, so that scrolling changes no column.
func (v *View) frame() frame {
	var shown []int
	cells := 1
	for i, c := range v.Columns {
		if c.Width > 0 && v.shows(&c) {
			shown = append(shown, i)
			cells += c.Width + 1
		}
	}
	for v.width-cells-v.titleStart(v.tree.Deepest()) < leastTitle {
		last := slices.MaxFunc(append([]int{-1}, shown...), func(a, b int) int { return v.from(a) - v.from(b) })
		if last < 0 || v.from(last) == 0 {
			break
		}
		shown = slices.DeleteFunc(shown, func(i int) bool { return i == last })
		cells -= v.Columns[last].Width + 1
	}
	f := frame{start: v.width - cells + 1}
	x := f.start
	for _, i := range shown {
		f.columns = append(f.columns, place{i, x})
		x += v.Columns[i].Width + 1
	}
	return f
}

// from is the width from which a column is shown; of none it is less than any.
func (v *View) from(column int) int {
	if column < 0 {
		return -1
	}
	return v.Columns[column].From
}

// shows reports a column that the width, and the choice of columns, allow.
func (v *View) shows(c *table.Column[Row]) bool {
	if v.chosen != nil {
		return slices.Contains(v.chosen, c.Name)
	}
	return len(table.Shown([]table.Column[Row]{*c}, v.width)) > 0
}

// heading names the columns, with an arrow at the one that orders the rows.
func (r *rowDrawer) heading() string {
	r.buf, r.used = r.buf[:0], 0
	arrow := func(column int) string {
		switch {
		case r.order.column != column:
			return ""
		case r.order.down:
			return r.Glyphs.Down
		}
		return r.Glyphs.Up
	}
	title := table.Named(r.Columns, columnTitle)
	r.to(r.titleStart(0) - 2)
	r.put(text.Pad(arrow(table.Named(r.Columns, "decision")), 2), r.Styles.Accent)
	r.put(withArrow(r.title(), arrow(title), r.start-r.used-1), r.head)
	for _, at := range r.columns {
		c := &r.Columns[at.column]
		r.to(at.x)
		r.put(aligned(c, withArrow(c.Heading, arrow(at.column), c.Width)), r.head)
	}
	r.to(r.width)
	return text.Clip(string(r.buf), r.width)
}

// title is the heading of the names, with what they are grouped by.
func (v *View) title() string {
	if by := v.groupedBy(); by != "" {
		return "TITLE by " + by
	}
	return "TITLE"
}

func withArrow(heading, arrow string, width int) string {
	if arrow == "" {
		return text.Cut(heading, width)
	}
	return text.Cut(heading, width-2) + " " + arrow
}

// columnAt is the column whose heading is at a cell, -1 where there is none.
func (v *View) columnAt(x int) int {
	f := v.frame()
	for _, at := range slices.Backward(f.columns) {
		if x >= at.x {
			return at.column
		}
	}
	if x < v.titleStart(0)-1 {
		return table.Named(v.Columns, "decision")
	}
	return table.Named(v.Columns, columnTitle)
}
