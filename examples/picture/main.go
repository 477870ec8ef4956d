// Command picture draws the README's picture with the real program: it runs the
// explorer on the example, presses keys and writes the frame as SVG. Run it at the
// top of the repository.
package main

import (
	"fmt"
	"html"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"darkroom/ui/cli"
	"darkroom/ui/explorer"
	"darkroom/ui/theme"
)

const (
	file          = "examples/explorer.svg"
	width, height = 116, 32
	cellW, cellH  = 8.4, 18.0
	margin        = 14.0
	text, ground  = "#d8d8e2", "#16161e"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func run() error {
	// The picture does not show the name of the user who draws it.
	if err := os.Setenv("GIT_AUTHOR_NAME", "analytics"); err != nil {
		return err
	}
	backend, clean, err := cli.DemoBackend()
	if err != nil {
		return err
	}
	defer clean()
	app := explorer.New(backend, explorer.Options{
		Styles: theme.New(theme.Dark, termenv.TrueColor),
		Now:    func() time.Time { return time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC) },
		After:  func(time.Duration, tea.Msg) tea.Cmd { return nil },
	})
	var m tea.Model = app
	m, _ = m.Update(tea.WindowSizeMsg{Width: width, Height: height})
	m = settle(m, m.Init())
	for _, key := range strings.Fields("/ f c t _ r e v e n u e enter esc l space down down down space down x up up") {
		m, _ = m.Update(press(key))
	}
	return os.WriteFile(file, []byte(svg(m.View())), 0o644)
}

// settle runs commands until there are none left: loading is a chain of them.
func settle(m tea.Model, cmd tea.Cmd) tea.Model {
	for cmd != nil {
		msg := cmd()
		if msg == nil {
			return m
		}
		m, cmd = m.Update(msg)
	}
	return m
}

func press(key string) tea.KeyMsg {
	switch key {
	case "enter":
		return tea.KeyMsg{Type: tea.KeyEnter}
	case "esc":
		return tea.KeyMsg{Type: tea.KeyEsc}
	case "up":
		return tea.KeyMsg{Type: tea.KeyUp}
	case "down":
		return tea.KeyMsg{Type: tea.KeyDown}
	case "space":
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(key)}
}

// pen is the current style.
type pen struct {
	fg, bg          string
	bold, underline bool
}

var (
	piece  = regexp.MustCompile("\x1b\\[([0-9;]*)m|([^\x1b]+)")
	column = regexp.MustCompile("\x1b\\[K\x1b\\[[0-9]+G") // text.Column: the font here counts as we do
)

// svg draws a frame, one element for each run of cells with the same style.
func svg(frame string) string {
	lines := strings.Split(column.ReplaceAllString(frame, ""), "\n")
	var back, front strings.Builder
	for row, line := range lines {
		p, col := pen{fg: text}, 0
		y := margin + float64(row)*cellH
		for _, m := range piece.FindAllStringSubmatch(line, -1) {
			if m[2] == "" {
				p.set(m[1])
				continue
			}
			w := ansi.StringWidth(m[2])
			x := margin + float64(col)*cellW
			if p.bg != "" {
				fmt.Fprintf(&back, "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>\n", x, y, float64(w)*cellW+0.3, cellH, p.bg)
			}
			if strings.TrimSpace(m[2]) != "" {
				fmt.Fprintf(&front, "<text x='%.1f' y='%.1f' textLength='%.1f' fill='%s'%s>%s</text>\n",
					x, y+cellH*0.74, float64(w)*cellW, p.fg, p.attributes(), html.EscapeString(m[2]))
			}
			col += w
		}
	}
	w, h := width*cellW+2*margin, float64(height)*cellH+2*margin
	return fmt.Sprintf("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %.0f %.0f' font-family='JetBrains Mono, Menlo, Consolas, DejaVu Sans Mono, monospace' font-size='14' xml:space='preserve'>\n"+
		"<rect width='100%%' height='100%%' rx='8' fill='%s'/>\n%s%s</svg>\n", w, h, ground, back.String(), front.String())
}

func (p *pen) attributes() string {
	out := ""
	if p.bold {
		out += " font-weight='bold'"
	}
	if p.underline {
		out += " text-decoration='underline'"
	}
	return out
}

// set applies one SGR sequence of the kinds that the theme writes.
func (p *pen) set(params string) {
	ns := strings.Split(params, ";")
	for i := 0; i < len(ns); i++ {
		switch n, _ := strconv.Atoi(ns[i]); n {
		case 0:
			*p = pen{fg: text}
		case 1:
			p.bold = true
		case 4:
			p.underline = true
		case 38, 48:
			if i+4 >= len(ns) {
				return
			}
			colour := hex(ns[i+2 : i+5])
			if n == 38 {
				p.fg = colour
			} else {
				p.bg = colour
			}
			i += 4
		}
	}
}

func hex(rgb []string) string {
	out := "#"
	for _, v := range rgb {
		n, _ := strconv.Atoi(v)
		out += fmt.Sprintf("%02x", n)
	}
	return out
}
