package header

import (
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// Tab is one view.
type Tab struct {
	Key, Title string
	Waiting    int // dashboards that need a decision there
	Current    bool
}

// line is a line of tabs as it is drawn.
type line struct {
	parts []part
	cells int
}

type part struct {
	label   string
	current bool
}

// form is a way to write a tab, and the width of the screen from which it is used.
type form struct {
	from  int
	label func(Tab) string
}

// forms are all of them, the longest first.
func forms() []form {
	return []form{
		{110, func(t Tab) string { return t.Key + " " + t.Title + waiting(t) }},
		{60, func(t Tab) string { return t.Key + " " + short(t) + waiting(t) }},
		{0, func(t Tab) string { return t.Key + current(t) + waiting(t) }},
		{0, func(t Tab) string { return t.Key + current(t) }},
		{0, func(t Tab) string { return t.Key }},
	}
}

// newLine writes tabs in the longest form that fits.
func newLine(tabs []Tab, width int) line {
	var l line
	for _, form := range forms() {
		if width < form.from {
			continue
		}
		l = line{}
		for _, t := range tabs {
			p := part{form.label(t), t.Current}
			l.parts = append(l.parts, p)
			l.cells += text.Width(p.label) + 2
		}
		if l.cells <= width {
			break
		}
	}
	return l
}

// draw gives the line; brackets mark the current tab without colour.
func (l line) draw(st *theme.Styles) string {
	s := ""
	for _, p := range l.parts {
		if p.current {
			s += st.Accent.Render("[" + p.label + "]")
		} else {
			s += st.Dim.Render(" " + p.label + " ")
		}
	}
	return s
}

// at is the number of the tab at a cell of the line, -1 where there is none.
func (l line) at(cell int) int {
	for i, p := range l.parts {
		w := text.Width(p.label) + 2
		if cell >= 0 && cell < w {
			return i
		}
		cell -= w
	}
	return -1
}

const shortTitle = 4

// short cuts long titles; that of the current tab is whole.
func short(t Tab) string {
	if t.Current || len(t.Title) <= shortTitle+2 {
		return t.Title
	}
	return t.Title[:shortTitle]
}

func current(t Tab) string {
	if t.Current {
		return " " + t.Title
	}
	return ""
}

func waiting(t Tab) string {
	if t.Waiting == 0 {
		return ""
	}
	return "(" + text.Short(t.Waiting) + ")"
}
