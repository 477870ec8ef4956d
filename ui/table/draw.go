package table

import (
	"strings"

	"darkroom/ui/text"
	"darkroom/ui/theme"
)

const (
	headingLines = 1
	margin       = 2 // the cursor's bar and the last cell of a line
)

// Look is what a table is drawn with.
type Look struct {
	Bar, Mark string // symbols of the cursor row and of rows in a range
	Up, Down  string // after the heading of the column that orders the rows

	Accent, Heading, Cursor theme.Style
	Range                   theme.Style        // over the rows of a range
	Marked                  func(row int) bool // rows of a range, by index; nil for none
}

// Draw gives the heading and the rows on the screen, each exactly width cells.
func (t *Table[R]) Draw(width int, look *Look) []string {
	places := t.places(width)
	first, end := t.Window()
	lines := make([]string, 0, end-first+headingLines)
	lines = append(lines, t.heading(places, width, look))
	for i := first; i < end; i++ {
		lines = append(lines, t.line(places, i, width, look))
	}
	return lines
}

func (t *Table[R]) heading(places []place, width int, look *Look) string {
	var b strings.Builder
	b.WriteByte(' ')
	for i, p := range places {
		heading := t.columns[p.column].Heading
		if p.column == t.sortBy {
			arrow := look.Up
			if t.desc {
				arrow = look.Down
			}
			heading += " " + arrow
		}
		b.WriteString(t.separator(i, p) + t.aligned(p, heading))
	}
	return look.Heading.Render(text.Pad(b.String(), width))
}

func (t *Table[R]) line(places []place, row, width int, look *Look) string {
	bar := " "
	switch {
	case row == t.cursor:
		bar = look.Accent.Render(look.Bar)
	case look.Marked != nil && look.Marked(row):
		bar = look.Accent.Render(look.Mark)
	}
	var b strings.Builder
	b.WriteString(bar)
	used := 1
	for i, p := range places {
		c := &t.columns[p.column]
		value, cells := t.aligned(p, t.value(p.column, t.Row(row))), p.width
		over := ""
		if c.Over != nil {
			over = text.Clean(c.Over(t.Row(row)))
		}
		if over != "" {
			cells = max(width-used-len(t.separator(i, p)), 1)
			value = text.Pad(over, cells)
		}
		if c.Style != nil {
			value = c.Style(t.Row(row)).Render(value)
		}
		b.WriteString(t.separator(i, p))
		b.WriteString(value)
		used += len(t.separator(i, p)) + cells
		if over != "" {
			break
		}
	}
	b.WriteString(text.Spaces(width - used))
	line := b.String()
	if used > width { // a screen too narrow for all of it
		line = text.Clip(line, width)
	}
	switch {
	case row == t.cursor:
		return look.Cursor.Over(line)
	case look.Marked != nil && look.Marked(row):
		return look.Range.Over(line)
	}
	return line
}

// value is a column's text for a row, without anything that a terminal would act on.
func (t *Table[R]) value(column int, row R) string { return text.Clean(t.columns[column].Value(row)) }

// separator is what is before a column.
func (t *Table[R]) separator(i int, p place) string {
	if i == 0 {
		return ""
	}
	return text.Spaces(t.gap(p.column))
}

func (t *Table[R]) aligned(p place, value string) string {
	if t.columns[p.column].Right {
		return text.PadLeft(value, p.width)
	}
	return text.Pad(value, p.width)
}

// headingWidth leaves room for the arrow where rows can be sorted.
func (t *Table[R]) headingWidth(column int) int {
	w := cells(t.columns[column].Heading)
	if t.columns[column].Compare != nil {
		w += 2
	}
	return w
}

func cells(s string) int { return text.Width(s) }
