package overlay

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Text shows a text that scrolls, such as the YAML of an entry and where it is.
type Text struct {
	Pager
	host         *view.Host
	title, about string
}

// NewText shows a text.
func NewText(h *view.Host, title, about, shown string) *Text {
	v := &Text{host: h, title: title, about: about}
	v.Lines = text.CleanLines(shown)
	return v
}

func (v *Text) Key(msg tea.KeyMsg) tea.Cmd {
	switch key := msg.String(); key {
	case "esc", "q", "enter":
		v.host.Pop()
	default:
		v.ScrollKey(key)
	}
	return nil
}

func (v *Text) Draw(width, height int) []string {
	st := v.host.Styles
	lines := []string{" " + st.Title.Render(text.Cut(text.Clean(v.title), width-2)), " " + st.Dim.Render(text.CutLeft(text.Clean(v.about), width-2)), ""}
	for _, l := range v.Window(height - len(lines)) {
		lines = append(lines, " "+text.Cut(l, width-2))
	}
	return lines
}
