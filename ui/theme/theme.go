// Package theme turns a few tokens with a meaning into terminal styles. It is
// the only place that knows colours: all other code asks for "included" or
// "dim". A style is a pair of escape sequences taken once from lipgloss, so
// drawing a row only copies bytes (sources/dbt/SPEED.md#drawing).
package theme

import (
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Style wraps text in the sequences that switch it on and off again. The zero
// Style leaves text alone.
type Style struct {
	on, off string
	solid   bool // over a line, its own styles are taken away
}

// Render gives s in this style. s must not contain sequences of its own.
func (s Style) Render(text string) string {
	if text == "" || s.on == "" {
		return text
	}
	return s.on + text + s.off
}

// Append is Render at the end of a buffer.
func (s Style) Append(buf []byte, text string) []byte {
	if text == "" || s.on == "" {
		return append(buf, text...)
	}
	return append(append(append(buf, s.on...), text...), s.off...)
}

// plain is a line without the sequences that switch styles on and off.
func plain(line string) string {
	var b strings.Builder
	b.Grow(len(line))
	for {
		before, rest, found := strings.Cut(line, "\x1b[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		code := strings.IndexFunc(rest, func(r rune) bool { return r != ';' && (r < '0' || r > '9') })
		if code < 0 || rest[code] != 'm' {
			b.WriteString("\x1b[")
			line = rest
			continue
		}
		line = rest[code+1:]
	}
}

// Over draws styled segments on a background: the background is switched on again after
// every segment's reset.
func (s Style) Over(line string) string {
	switch {
	case s.on == "":
		return line
	case s.solid:
		return s.on + plain(line) + s.off
	}
	var b strings.Builder
	b.Grow(len(line) + (strings.Count(line, s.off)+1)*len(s.on+s.off))
	for found := true; found; {
		var before string
		before, line, found = strings.Cut(line, s.off)
		b.WriteString(s.on)
		b.WriteString(before)
		b.WriteString(s.off)
	}
	return b.String()
}

// Styles are the tokens. A colour is never the only sign of a state: each state
// also has a glyph or a word.
type Styles struct {
	Text   Style // ordinary names
	Dim    Style // secondary columns, ancestors of hits, lines
	Faint  Style // rules and guides, never text
	Title  Style // headings
	Accent Style // the active view, the cursor bar, keys in hints, the edge of a box
	Focus  Style // the divider and the heading of the pane that has the keys
	Hit    Style // letters that match the filter

	Cursor  Style // over the cursor row in the pane that has the keys
	CursorB Style // over the cursor row in the other pane
	Range   Style // over the rows of a range

	Included  Style
	Excluded  Style
	Undecided Style
	Mixed     Style

	Model     Style
	Source    Style
	Seed      Style
	Snapshot  Style
	Dashboard Style

	Good  Style
	Warn  Style
	Bad   Style
	Add   Style // added lines of a diff
	Del   Style // removed lines
	Hunk  Style
	Toast Style
}

// New builds the styles of a theme for what out can show. Without colours, by None or by
// termenv.Ascii, bold, underline and reverse remain.
func New(name Name, profile termenv.Profile) *Styles {
	p, ok := paletteOf(name)
	if !ok || profile == termenv.Ascii {
		return uncoloured()
	}
	if name == Sixteen || name == SixteenLight {
		profile = termenv.ANSI
	}
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(profile)
	plain := r.NewStyle()
	fg := func(c lipgloss.CompleteColor) lipgloss.Style { return plain.Foreground(c) }
	st := &Styles{
		Dim: style(fg(p.dim)), Faint: style(fg(p.faint)), Title: style(plain.Bold(true)),
		Accent: style(fg(p.accent).Bold(true)), Focus: style(fg(p.accent)),
		Hit: style(fg(p.hitFG).Background(p.hitBG).Bold(true)),

		Cursor: style(fg(p.row).Background(p.cursor).Bold(true)), CursorB: style(fg(p.row).Background(p.cursorB)), Range: style(fg(p.row).Background(p.rangeBG)),

		Included: style(fg(p.included).Bold(true)), Excluded: style(fg(p.dim)), Undecided: style(fg(p.dim)), Mixed: style(fg(p.mixed)),

		Model: style(fg(p.model)), Source: style(fg(p.source)), Seed: style(fg(p.seed)),
		Snapshot: style(fg(p.snapshot)), Dashboard: style(fg(p.dashboard)),

		Good: style(fg(p.good)), Warn: style(fg(p.warn)), Bad: style(fg(p.bad).Bold(true)),
		Add: style(fg(p.good)), Del: style(fg(p.bad)), Hunk: style(fg(p.link)), Toast: style(fg(p.accent)),
	}
	if profile == termenv.ANSI { // whatever sixteen colours these are, reverse can be read
		st.rows(plain)
	}
	return st
}

// uncoloured is what NO_COLOR leaves.
func uncoloured() *Styles {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI)
	plain := r.NewStyle()
	bold := style(plain.Bold(true))
	st := &Styles{
		Title: bold, Accent: bold, Focus: bold, Hit: style(plain.Bold(true).Underline(true)),
		Included: bold, Warn: bold, Bad: bold, Toast: bold,
	}
	st.rows(plain)
	return st
}

// rows marks rows without colours.
func (st *Styles) rows(plain lipgloss.Style) {
	st.Cursor, st.Range, st.CursorB = style(plain.Reverse(true).Bold(true)), style(plain.Reverse(true)), style(plain.Underline(true))
	st.Cursor.solid, st.Range.solid = true, true
}

// style finds the sequences that lipgloss writes before and after a text.
func style(s lipgloss.Style) Style {
	const mark = "x"
	on, off, ok := strings.Cut(s.Render(mark), mark)
	if !ok {
		return Style{}
	}
	return Style{on: on, off: off}
}
