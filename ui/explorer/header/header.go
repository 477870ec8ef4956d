// Package header is the first line of the explorer: what is open, the views as tabs, and
// what an export would do. It says which tab is at a cell.
package header

import (
	"strings"

	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// Header is what the line has, in order of importance: the tabs, the summary, the name
// of the program, and the title of what is open.
type Header struct {
	Tabs    []Tab
	Summary []string // ways to say it, the longest first; the first that fits is drawn
	Title   string
}

const (
	name    = "darkroom"
	between = " · " // parts of a summary
	gap     = 2     // cells between parts of the line
	atLeast = 8     // cells of a title that is worth its place
)

// Line is the header at a width.
type Line struct {
	tabs                 line
	name, title, summary string
	width                int
}

// At lays the header out.
func (h Header) At(width int) Line {
	l := Line{tabs: newLine(h.Tabs, width), width: width}
	room := width - l.tabs.cells
	if need := 1 + len(name) + 1; room >= need {
		l.name = name
		room -= need
	}
	for _, s := range h.Summary {
		if w := text.Width(s); s != "" && w+gap+1 <= room {
			l.summary = s
			room -= w + gap + 1
			break
		}
	}
	if title := text.Clean(h.Title); l.name != "" && title != "" && room >= atLeast+gap {
		l.title = text.Cut(title, room-gap)
	}
	return l
}

// Draw gives the line.
func (l Line) Draw(st *theme.Styles) string {
	left := ""
	if l.name != "" {
		left = " " + st.Accent.Render(l.name) + " "
	}
	if l.title != "" {
		left += " " + st.Dim.Render(l.title) + " "
	}
	right := ""
	if l.summary != "" {
		right = summary(l.summary, st) + " "
	}
	return text.Join(left+l.tabs.draw(st), right, l.width)
}

// summary colours the parts: what is refused is in the colour of what is bad.
func summary(s string, st *theme.Styles) string {
	parts := strings.Split(s, between)
	for i, p := range parts {
		if strings.HasSuffix(p, "refused") {
			parts[i] = st.Bad.Render(p)
		} else {
			parts[i] = st.Included.Render(p)
		}
	}
	return strings.Join(parts, st.Dim.Render(between))
}

// Tab is the number of the tab at a cell, -1 where there is none.
func (l Line) Tab(x int) int {
	if l.name != "" {
		x -= 1 + len(name) + 1
	}
	if l.title != "" {
		x -= text.Width(l.title) + 2
	}
	return l.tabs.at(x)
}
