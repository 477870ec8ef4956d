//go:build unix

package fullscreen

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// jobs is how the shell stops a screen and goes on with it.
type jobs struct {
	signals   chan os.Signal
	suspended *atomic.Bool
	resumed   chan struct{}
}

func newJobs() jobs {
	return jobs{signals: make(chan os.Signal, 4), suspended: new(atomic.Bool), resumed: make(chan struct{}, 1)}
}

// command stops the process with the terminal given back.
func (j jobs) command() tea.Cmd { return tea.Exec(aside(j.suspend), resume) }

// resume lets the model do what Bubble Tea does not: the mouse.
func resume(error) tea.Msg { return tea.ResumeMsg{} }

// notStopped is how long the process runs on after SIGTSTP before it is clear that it
// was not stopped: the system ignores the signal where no shell could go on with it.
const notStopped = 500 * time.Millisecond

// suspend stops all processes of the job, so that the shell sees it, and returns when
// the job goes on. SIGTSTP must never be asked for with Notify: Go would then keep it
// for itself.
func (j jobs) suspend() error {
	select {
	case <-j.resumed: // it went on later than it was waited for, some time ago
	default:
	}
	j.suspended.Store(true)
	defer j.suspended.Store(false)
	if err := syscall.Kill(0, syscall.SIGTSTP); err != nil {
		return err
	}
	select {
	case <-j.resumed:
	case <-time.After(notStopped): // in the time of this process, which has none while it is stopped
	}
	return nil
}

// follow draws the screen again when a job goes on that was stopped from outside.
func (j jobs) follow(p *tea.Program) (leave func()) {
	signal.Notify(j.signals, syscall.SIGCONT)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case <-j.signals:
				if j.suspended.CompareAndSwap(true, false) {
					j.resumed <- struct{}{}
				} else {
					p.Send(tea.Exec(aside(func() error { return nil }), resume)())
				}
			}
		}
	}()
	return func() {
		signal.Stop(j.signals)
		close(done)
	}
}
