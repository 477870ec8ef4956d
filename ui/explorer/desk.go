package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/overlay"
)

// Read implements view.Desk.
func (d desk) Read(title, about, text string) {
	d.a.overlays.Push(overlay.NewText(d.a.host, title, about, text))
}

// Ask implements view.Desk.
func (d desk) Ask(title, help, value string, done func(string) tea.Cmd) {
	d.Push(overlay.NewPrompt(d.a.host, overlay.Prompt{Title: title, Help: help, Done: done}, value))
}
