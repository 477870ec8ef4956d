package app

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"darkroom/sources/disk"
	"darkroom/ui/cli/terminal"
)

// How long a command may take to stop: parsing a large YAML file, or a disk that hangs,
// cannot be called off. A server is signed out from, and a screen closes.
const (
	patience     = 150 * time.Millisecond
	longPatience = 3 * time.Second
)

// Lasts says that a command has a session with a server, or a screen, from now on: it may
// take longer to stop.
func (a *App) Lasts() { a.lasts.Store(true) }

func (a *App) patience() time.Duration {
	if a.lasts.Load() {
		return longPatience
	}
	return patience
}

// Interruptible runs a command under signals. The first ends its context; the command
// stops at its next look at it, and only a write that has begun goes on to its end. A
// second one, or the end of patience, waits for nothing but such a write.
func (a *App) Interruptible(run func(context.Context) int) int {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ctx, gate := disk.NewGate(ctx)
	defer gate.Close()
	a.Out, a.Err = terminal.Until(ctx, a.Out), terminal.Until(ctx, a.Err)
	ended := make(chan int, 1)
	go func() { ended <- run(ctx) }()
	var first os.Signal
	var late <-chan time.Time
	for {
		select {
		case code := <-ended:
			if first != nil {
				return codeOf(first)
			}
			return code
		case s := <-signals:
			if s == os.Interrupt && a.beside.had() {
				continue // for the program that has the terminal
			}
			if first != nil {
				return codeOf(first)
			}
			first, late = s, time.After(a.patience())
			cancel()
		case <-late:
			a.sayStopped(terminal.ErrStopped)
			return codeOf(first)
		}
	}
}

// lent is whether another program has the terminal, or had it a moment ago. ctrl-c goes to
// both, and this one may hear of it when the other has ended of it already. A screen
// reads ctrl-c as a key, so that nothing is lost by not listening.
type lent struct {
	mu   sync.Mutex
	now  bool
	till time.Time
}

// afterwards is how late a signal for the other program may come.
const afterwards = time.Second

// Lend gives the terminal to another program until it is taken back.
func (a *App) Lend() (back func()) { return a.beside.lend() }

func (l *lent) lend() (back func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.now = true
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.now, l.till = false, time.Now().Add(afterwards)
	}
}

func (l *lent) had() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now || time.Now().Before(l.till)
}

func codeOf(s os.Signal) int {
	if number, ok := s.(syscall.Signal); ok {
		return ExitSignal + int(number)
	}
	return ExitFailure
}
