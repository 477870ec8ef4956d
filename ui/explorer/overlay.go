package explorer

import (
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/input"
	"darkroom/ui/text"
)

// overlay stands in place of the panes and takes all keys. The last one pushed is
// the one that is seen.
type overlay interface {
	key(a *App, msg tea.KeyMsg) tea.Cmd
	draw(a *App, width, height int) []string
	hints() []hint
	// click is told which line of the overlay was clicked.
	click(a *App, line int) tea.Cmd
	scroll(rows int)
}

func (a *App) push(o overlay) { a.overlays = append(a.overlays, o) }

func (a *App) pop() {
	if n := len(a.overlays); n > 0 {
		a.overlays = a.overlays[:n-1]
	}
}

// prompt asks for one line of text.
type prompt struct {
	title, help string
	secret      bool // what is typed is not shown
	input       textinput.Model
	done        func(*App, string) tea.Cmd
}

func newPrompt(title, help, value string, done func(*App, string) tea.Cmd) *prompt {
	in := input.NewLine(value)
	return &prompt{title: title, help: help, input: in, done: done}
}

func (p *prompt) key(a *App, msg tea.KeyMsg) tea.Cmd {
	switch msg.String() {
	case "esc":
		a.pop()
		return nil
	case "enter":
		a.pop()
		return p.done(a, p.input.Value())
	}
	var cmd tea.Cmd
	p.input, cmd = p.input.Update(msg)
	return cmd
}

func (p *prompt) draw(a *App, width, _ int) []string {
	typed := text.Clean(p.input.Value())
	if p.secret {
		typed = strings.Repeat("*", text.Width(typed))
	}
	lines := []string{"", "  " + a.st.Title.Render(p.title)}
	for _, l := range text.Wrap(text.Clean(p.help), max(width-4, 10)) {
		lines = append(lines, "  "+a.st.Dim.Render(l))
	}
	return append(lines, "",
		"  "+a.st.Accent.Render("›")+" "+text.CutLeft(typed, width-6)+"▏")
}

func (p *prompt) hints() []hint {
	return []hint{{"enter", "keep", nil}, {"esc", "cancel", nil}}
}
func (p *prompt) click(*App, int) tea.Cmd { return nil }
func (p *prompt) scroll(int)              {}

// pager is a text that scrolls: the base of the diff.
type pager struct {
	lines []string
	top   int
	seen  int // lines on the screen at the last drawing
}

func (p *pager) scroll(rows int) { p.top = max(0, min(p.top+rows, len(p.lines)-p.seen)) }

// scrollKey moves by the same keys as the tree; it reports whether it knew the key.
func (p *pager) scrollKey(key string) bool {
	steps := map[string]int{
		"down": 1, "j": 1, "up": -1, "k": -1, "pgdown": p.seen, "ctrl+f": p.seen, "pgup": -p.seen, "ctrl+b": -p.seen,
		"ctrl+d": p.seen / 2, "ctrl+u": -p.seen / 2, "home": -endless, "g": -endless, "end": endless, "G": endless,
	}
	n, ok := steps[key]
	if ok {
		p.scroll(n)
	}
	return ok
}

func (p *pager) window(height int) []string {
	p.seen = max(height, 0)
	p.scroll(0)
	return p.lines[p.top:min(p.top+p.seen, len(p.lines))]
}
