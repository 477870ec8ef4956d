// Package complete is the list of what the filter line can become: fields first, then the
// values that are there, with how many dashboards have each.
//
// Not here: what is offered (model/query), and what a filter does (ui/explorer).
package complete

import (
	"fmt"

	"darkroom/model/query"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// List is what is offered now. The zero value offers nothing.
type List struct {
	items  []query.Suggestion
	chosen int // -1: none yet
	top    int
	rows   int // that were drawn
}

// Offer replaces what is offered. A single thing that is there already is not.
func (l *List) Offer(items []query.Suggestion, typed string) {
	if len(items) == 1 && items[0].Text == typed {
		items = nil
	}
	*l = List{items: items, chosen: -1}
}

// Len is how much is offered.
func (l *List) Len() int { return len(l.items) }

// Move chooses the next one, or with -1 the one before; from the ends it goes to none.
func (l *List) Move(by int) {
	n := len(l.items) + 1
	l.chosen = (l.chosen+1+by+n)%n - 1
}

// Chosen is what was chosen by hand.
func (l *List) Chosen() (query.Suggestion, bool) {
	if l.chosen < 0 || l.chosen >= len(l.items) {
		return query.Suggestion{}, false
	}
	return l.items[l.chosen], true
}

// Best is what was chosen, or the first.
func (l *List) Best() (query.Suggestion, bool) {
	if s, ok := l.Chosen(); ok || len(l.items) == 0 {
		return s, ok
	}
	return l.items[0], true
}

// At is what is on a line as it was drawn.
func (l *List) At(line int) (query.Suggestion, bool) {
	if line < 0 || line >= l.rows || l.top+line >= len(l.items) {
		return query.Suggestion{}, false
	}
	return l.items[l.top+line], true
}

// Width is how many cells all of it takes.
func (l *List) Width() int {
	names, notes := 0, 0
	for _, s := range l.items {
		names, notes = max(names, text.Width(text.Clean(s.Show))), max(notes, text.Width(text.Clean(s.Note)))
	}
	return names + notes + 6
}

// Draw gives at most so many lines, each as wide as the list.
func (l *List) Draw(h *view.Host, width, lines int) []string {
	if len(l.items) == 0 || lines < 1 || width < 12 {
		l.rows = 0
		return nil
	}
	l.rows = min(lines, len(l.items))
	more := len(l.items) - l.rows
	if more > 0 && lines > 1 {
		l.rows--
		more++
	}
	l.top = max(0, min(l.top, l.chosen), l.chosen-l.rows+1)
	names := 0
	for _, s := range l.items {
		names = max(names, text.Width(text.Clean(s.Show)))
	}
	names = min(names, width*3/5)
	out := make([]string, 0, lines)
	for i := l.top; i < l.top+l.rows; i++ {
		out = append(out, l.line(h, i, names, width))
	}
	if more > 0 && lines > 1 {
		left := fmt.Sprintf("  %d of %d", l.top+l.rows, len(l.items))
		out = append(out, h.Styles.Faint.Render(h.Glyphs.Rule)+h.Styles.Dim.Render(text.Pad(text.Cut(left, width-1), width-1)))
	}
	return out
}

func (l *List) line(h *view.Host, i, names, width int) string {
	s := l.items[i]
	note := text.Cut(text.Clean(s.Note), max(width-names-5, 0))
	bar, line := h.Styles.Faint.Render(h.Glyphs.Rule), " "+h.Styles.Accent.Render(text.Pad(text.Cut(text.Clean(s.Show), names), names))+"  "+h.Styles.Dim.Render(note)
	line += text.Spaces(max(width-4-names-text.Width(note), 0))
	if i == l.chosen {
		return h.Styles.Accent.Render(h.Glyphs.Cursor) + h.Styles.Cursor.Over(line)
	}
	return bar + line
}
