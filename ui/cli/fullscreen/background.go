package fullscreen

import (
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/input"
)

// askBackground is the command that asks. The answer comes between the keys, so that no
// second reader takes a key away.
func (s *Screen) askBackground(keys *input.Reader, p *tea.Program) tea.Cmd {
	var asked atomic.Pointer[time.Time]
	keys.Answered = func(answer input.Background) {
		if at := asked.Swap(nil); at != nil && time.Since(*at) <= s.limit {
			go p.Send(answer) // Send waits while the program ends, the reader must not
		}
	}
	return func() tea.Msg {
		now := time.Now()
		asked.Store(&now)
		_, _ = s.out.WriteString(input.AskBackground) // without an answer it stays as it is
		return nil
	}
}
