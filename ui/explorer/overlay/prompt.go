package overlay

import (
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
	"darkroom/ui/input"
	"darkroom/ui/text"
)

// Prompt asks for one line of text. On a small screen its help scrolls, so that what is
// typed is always seen.
type Prompt struct {
	Title, Help string
	Secret      bool // what is typed is not shown
	Done        func(typed string) tea.Cmd

	help  Pager
	host  *view.Host
	input textinput.Model
}

// NewPrompt asks with a value to begin with.
func NewPrompt(h *view.Host, p Prompt, value string) *Prompt {
	p.host, p.input = h, input.NewLine(value)
	return &p
}

// Typing implements view.TextField.
func (p *Prompt) Typing() bool { return true }

func (p *Prompt) Key(msg tea.KeyMsg) tea.Cmd {
	switch msg.String() {
	case "esc":
		p.host.Pop()
		return nil
	case "enter":
		p.host.Pop()
		return p.Done(p.input.Value())
	case "up", "down", "pgup", "pgdown":
		p.help.ScrollKey(msg.String())
		return nil
	}
	var cmd tea.Cmd
	p.input, cmd = p.input.Update(msg)
	return cmd
}

func (p *Prompt) Draw(width, height int) []string {
	st := p.host.Styles
	typed := text.Clean(p.input.Value())
	if p.Secret {
		typed = strings.Repeat("*", text.Width(typed))
	}
	lines := []string{"  " + st.Title.Render(p.Title)}
	p.help.Lines = text.Wrap(text.Clean(p.Help), max(width-4, 10))
	const around = 3 // the title, what is below, and the line that is typed
	for _, l := range p.help.Window(max(height-around, 1)) {
		lines = append(lines, "  "+st.Dim.Render(l))
	}
	below := ""
	if n := p.help.below(); n > 0 {
		below = "  " + st.Dim.Render(p.host.Glyphs.Down+" "+text.Count(n, "line"))
	}
	return append(lines, below, "  "+st.Accent.Render("›")+" "+text.CutLeft(typed, width-6)+"▏")
}

func (p *Prompt) Hints() []view.Hint {
	return []view.Hint{{Key: "enter", Word: "keep"}, {Key: "esc", Word: "cancel"}}
}

func (p *Prompt) Click(int) tea.Cmd { return nil }
func (p *Prompt) Scroll(rows int)   { p.help.Scroll(rows) }
