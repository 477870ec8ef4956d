package fullscreen

import (
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/sources/crash"
)

// patience is how long a program that hangs may take to end by itself.
const patience = 3 * time.Second

// exitQuit is the exit code of a process that SIGQUIT ended.
const exitQuit = 128 + int(syscall.SIGQUIT)

// quitter waits for SIGQUIT, which asks for the stacks of all goroutines.
type quitter struct {
	signals chan os.Signal
	over    chan struct{} // the program has ended
	done    chan *Crashed
}

func watchQuit(p *tea.Program, s *Screen) *quitter {
	q := &quitter{signals: make(chan os.Signal, 1), over: make(chan struct{}), done: make(chan *Crashed, 1)}
	signal.Notify(q.signals, syscall.SIGQUIT)
	go func() {
		select {
		case <-q.over:
			q.done <- nil
			return
		case <-q.signals:
		}
		crashed := s.report("SIGQUIT", crash.Stacks(), true)
		q.done <- crashed
		p.Kill()
		select {
		case <-q.over:
		case <-time.After(patience): // Update or View hangs: nothing but this can end it
			_ = p.ReleaseTerminal() // there is nothing left to try
			s.lastWords(crashed)
			os.Exit(exitQuit)
		}
	}()
	return q
}

// end gives the report that was asked for, nil without one.
func (q *quitter) end() *Crashed {
	signal.Stop(q.signals)
	close(q.over)
	return <-q.done
}
