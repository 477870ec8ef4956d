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
type Style struct{ on, off string }

// Render gives s in this style. s must not contain sequences of its own.
func (s Style) Render(text string) string {
	if text == "" || s.on == "" {
		return text
	}
	return s.on + text + s.off
}

// Styles are the tokens. A colour is never the only sign of a state: each state
// also has a glyph or a word.
type Styles struct {
	Text    Style // ordinary names
	Dim     Style // secondary columns, ancestors of hits, lines
	Faint   Style // rules and guides
	Title   Style // headings
	Accent  Style // the active view, the cursor bar, keys in hints
	Cursor  Style // the cursor row in the pane that has the focus
	CursorB Style // the cursor row in the other pane
	Hit     Style // letters that match the filter

	Included  Style
	Excluded  Style
	Undecided Style
	Mixed     Style

	Folder    Style
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

// Name is a theme as --theme takes it.
type Name string

// The themes. Plain is what NO_COLOR gives: no sequence at all.
const (
	Auto  Name = "auto"
	Dark  Name = "dark"
	Light Name = "light"
	Plain Name = "plain"
)

// palette holds one colour per meaning as {true colour, 256, 16}; the sixteen are
// picked by hand, not by nearest match. The colours stay distinct with the common
// kinds of colour blindness: blue, orange and weight, not red and green alone.
type palette struct {
	dim, faint, accent, cursorBG, cursorB, hitFG   lipgloss.CompleteColor
	blue, orange, green, red, violet, teal, yellow lipgloss.CompleteColor
}

func c(trueColor, ansi256, ansi string) lipgloss.CompleteColor {
	return lipgloss.CompleteColor{TrueColor: trueColor, ANSI256: ansi256, ANSI: ansi}
}

var darkPalette = palette{
	dim: c("#8b8fa3", "245", "7"), faint: c("#45485a", "239", "8"), accent: c("#e9a15b", "215", "3"),
	cursorBG: c("#2c3047", "236", "4"), cursorB: c("#23263a", "235", "8"), hitFG: c("#ffd479", "222", "11"),
	blue: c("#82aaff", "111", "12"), orange: c("#e9a15b", "215", "3"), green: c("#7fd6a2", "115", "10"),
	red: c("#ff8080", "210", "9"), violet: c("#c4a7f5", "183", "13"), teal: c("#74d0d9", "116", "14"), yellow: c("#e6cf73", "186", "11"),
}

var lightPalette = palette{
	dim: c("#63677a", "242", "8"), faint: c("#c3c6d4", "251", "7"), accent: c("#a4530a", "130", "1"),
	cursorBG: c("#dfe6fb", "189", "7"), cursorB: c("#eef0f7", "255", "7"), hitFG: c("#8a4b00", "94", "1"),
	blue: c("#1f4fb8", "25", "4"), orange: c("#a4530a", "130", "1"), green: c("#0f6b3c", "22", "2"),
	red: c("#b3202a", "124", "1"), violet: c("#6d3db8", "55", "5"), teal: c("#0b6470", "23", "6"), yellow: c("#7a5c00", "94", "3"),
}

// New builds the styles of a theme for what out can show. profile comes from
// the terminal; with termenv.Ascii every style is empty, which is what NO_COLOR
// asks for.
func New(name Name, profile termenv.Profile) *Styles {
	if name == Plain || profile == termenv.Ascii {
		return &Styles{}
	}
	p := darkPalette
	if name == Light {
		p = lightPalette
	}
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(profile)
	r.SetHasDarkBackground(name != Light)
	fg := func(col lipgloss.CompleteColor) lipgloss.Style { return r.NewStyle().Foreground(col) }
	return &Styles{
		Dim:     style(fg(p.dim)),
		Faint:   style(fg(p.faint)),
		Title:   style(r.NewStyle().Bold(true)),
		Accent:  style(fg(p.accent).Bold(true)),
		Cursor:  style(r.NewStyle().Background(p.cursorBG).Bold(true)),
		CursorB: style(r.NewStyle().Background(p.cursorB)),
		Hit:     style(fg(p.hitFG).Bold(true).Underline(true)),

		Included:  style(fg(p.green).Bold(true)),
		Excluded:  style(fg(p.dim)),
		Undecided: style(fg(p.dim)),
		Mixed:     style(fg(p.yellow)),

		Folder:    style(fg(p.dim)),
		Model:     style(fg(p.blue)),
		Source:    style(fg(p.green)),
		Seed:      style(fg(p.yellow)),
		Snapshot:  style(fg(p.teal)),
		Dashboard: style(fg(p.violet)),

		Good: style(fg(p.green)), Warn: style(fg(p.orange)), Bad: style(fg(p.red)),
		Add: style(fg(p.green)), Del: style(fg(p.red)), Hunk: style(fg(p.blue)),
		Toast: style(fg(p.accent)),
	}
}

// style finds the sequences that lipgloss writes before and after a text.
func style(s lipgloss.Style) Style {
	const mark = "x"
	on, off, ok := strings.Cut(s.Render(mark), mark)
	if !ok {
		return Style{}
	}
	return Style{on, off}
}

// Over draws styled segments on a cursor background: the background is switched
// on again after every segment's reset.
func (s Style) Over(line string) string {
	if s.on == "" {
		return line
	}
	return s.on + strings.ReplaceAll(line, s.off, s.off+s.on) + s.off
}
