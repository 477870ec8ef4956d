// Package fullscreen runs a tea.Model on the whole terminal and gives the terminal back
// as it was, whatever ends it: whole keys come in (ui/input), no line wraps, the shell
// can suspend it, and of a crash there is a report.
//
// Not here: what is on the screen (ui/explorer, ui/scope).
package fullscreen

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/beside"
	"darkroom/sources/crash"
	"darkroom/ui/input"
)

// Screen is a terminal for a full screen.
type Screen struct {
	in, out *os.File
	version string
	jobs    jobs
	guard   *guarded
	limit   time.Duration // for the answer about the background; 0 does not ask
}

// New is the screen of a terminal. version is for reports of crashes.
func New(in, out *os.File, version string) *Screen {
	return &Screen{in: in, out: out, version: version, jobs: newJobs(), guard: &guarded{fault: make(chan *beside.Panic, 1)}}
}

// Go runs f in a goroutine whose panic ends the screen in order. It is for what a model
// starts while Run runs.
func (s *Screen) Go(f func()) {
	go func() {
		defer s.guard.catch()
		f()
	}()
}

// Suspend is the command that gives the terminal to the shell until fg; nil where
// there is no such thing.
func (s *Screen) Suspend() tea.Cmd { return s.jobs.command() }

// Crashed is the error of a screen that crashed, with its report; Quit is a report that
// SIGQUIT asked for.
type Crashed struct {
	What   string
	Report string // its path
	Err    error  // why there is none
	Quit   bool
}

func (c *Crashed) Error() string {
	text := "stopped by SIGQUIT"
	if !c.Quit {
		text = "this is a fault of darkroom: " + c.What
	}
	if c.Err != nil {
		return text + "; no report of it could be written: " + c.Err.Error()
	}
	return text + "; a report without any of your data is in " + c.Report
}

// AskBackground lets Run ask the terminal for its background. The model gets the answer as
// an [input.Background] if it comes within a limit; later it is dropped. Nothing waits for
// it, and keys that are typed meanwhile are keys.
func (s *Screen) AskBackground(limit time.Duration) { s.limit = limit }

// Run shows a model once, until it quits, ctx ends, or it crashes. Signals other than those
// of job control and SIGQUIT are for the caller, who ends ctx: bubbletea's own handling
// would wait for it.
func (s *Screen) Run(ctx context.Context, model tea.Model, options ...tea.ProgramOption) error {
	g := s.guard
	g.model, g.canvas = model, newCanvas(s.out)
	keys := input.NewReader(s.in)
	p := tea.NewProgram(g, append([]tea.ProgramOption{
		tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithoutCatchPanics(), tea.WithAltScreen(), tea.WithFPS(1),
		tea.WithInput(keys), tea.WithFilter(input.Esc), tea.WithOutput(g.canvas),
	}, options...)...)
	g.pace = pace{now: time.Now, later: func(wait time.Duration) { time.AfterFunc(wait, func() { p.Send(drawNow{}) }) }}
	g.quit = func() { go p.Quit() } // it waits for the keyboard's reader; Kill would race with it
	if s.limit > 0 {
		g.first = s.askBackground(keys, p)
	}
	quit := watchQuit(p, s)
	leave := s.jobs.follow(p)
	_, err := p.Run()
	leave()
	if crashed := quit.end(); crashed != nil {
		return crashed
	}
	select {
	case fault := <-g.fault:
		return s.report(fault.Error(), string(fault.Stack), false)
	default:
	}
	if errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// report writes what is known of a crash.
func (s *Screen) report(what, stacks string, quit bool) *Crashed {
	path, err := crash.Report{Version: s.version, What: what, Stacks: stacks, At: time.Now()}.Write()
	return &Crashed{What: what, Report: path, Err: err, Quit: quit}
}

// lastWords print an error where no caller can.
func (s *Screen) lastWords(c *Crashed) { fmt.Fprintf(s.out, "darkroom: %s\r\n", c.Error()) }
