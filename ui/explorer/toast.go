package explorer

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/text"
)

// toastFor is how long a message stays on the status line.
const toastFor = 4 * time.Second

// toast is the last message. Its number tells a timer of an older one apart.
type toast struct {
	id   int
	text string
}

type toastMsg struct{ id int }

func (t *toast) clear(id int) {
	if t.id == id {
		t.text = ""
	}
}

// say shows a message on the status line for a while.
func (a *App) say(message string) tea.Cmd {
	a.toast = toast{a.toast.id + 1, text.Clean(message)}
	return a.opt.After(toastFor, toastMsg{a.toast.id})
}
