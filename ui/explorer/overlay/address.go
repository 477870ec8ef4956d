package overlay

import (
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Address shows an address that could not be opened, alone on its lines, so that the
// terminal's own selection takes it and nothing but it.
type Address struct {
	Pager
	host     *view.Host
	url, why string
}

// NewAddress shows an address, and why it was not opened.
func NewAddress(h *view.Host, url, why string) *Address { return &Address{host: h, url: url, why: why} }

func (v *Address) Key(msg tea.KeyMsg) tea.Cmd {
	switch key := msg.String(); key {
	case "esc", "q", "o":
		v.host.Pop()
	case "y", "enter":
		v.host.Pop()
		return v.host.Copy("address", v.url)
	default:
		v.ScrollKey(key)
	}
	return nil
}

// Bare implements view.Bare: neither an edge nor a pane is beside the address.
func (v *Address) Bare() bool { return true }

func (v *Address) Hints() []view.Hint {
	return []view.Hint{{Key: "y", Word: "copy"}, {Key: "esc", Word: "close"}}
}

// Draw implements view.Overlay. The address is cut anywhere: its letters follow each other.
func (v *Address) Draw(width, height int) []string {
	st := v.host.Styles
	v.Lines = nil
	for _, l := range text.Wrap(text.Clean("No browser could be opened: "+v.why), max(width-2, 8)) {
		v.Lines = append(v.Lines, " "+st.Dim.Render(l))
	}
	v.Lines = append(v.Lines, "")
	for rest := text.Clean(v.url); rest != ""; {
		part := ansi.Truncate(rest, max(width, 8), "")
		if part == "" {
			break
		}
		v.Lines, rest = append(v.Lines, v.host.Hyperlink(v.url, st.Accent.Render(part))), rest[len(part):]
	}
	return v.Window(height)
}
