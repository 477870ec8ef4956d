package app

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"darkroom/sources/disk"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/terminal"
)

// Exit codes (ui/TERMINAL.md#exit-codes).
const (
	ExitOK       = 0
	ExitFindings = 1
	ExitUsage    = 2
	ExitFailure  = 3
)

// ExitSignal is added to the number of a signal that ended a command, as shells do it:
// 130 for ctrl-c, 143 for SIGTERM.
const (
	ExitSignal  = 128
	ExitStopped = ExitSignal + int(syscall.SIGINT) // ctrl-c at a question is no signal
)

// coded is an error that decides the exit code.
type coded struct {
	code int
	err  error
}

func (e *coded) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *coded) Unwrap() error { return e.err }

// WithCode gives an error its exit code. With nil nothing more is printed.
func WithCode(code int, err error) error { return &coded{code, err} }

// Usage is an error of what was asked: exit code 2.
func Usage(format string, args ...any) error {
	return WithCode(ExitUsage, fmt.Errorf(format, args...))
}

// Findings ends a command with exit code 1: it worked, and found something.
var Findings = WithCode(ExitFindings, nil)

// End prints the error of a command, if there is one, closes the log, and gives the exit
// code.
func (a *App) End(ctx context.Context, err error) int {
	err = a.printed(stopped(ctx, err))
	a.Diary.end(err, a.Today())
	if err == nil {
		return ExitOK
	}
	if errors.Is(err, terminal.ErrStopped) {
		a.sayStopped(err)
		return ExitStopped
	}
	if msg := err.Error(); msg != "" {
		fmt.Fprintln(a.Err, "darkroom: "+output.CleanLines(msg))
	}
	c, isCoded := errors.AsType[*coded](err)
	switch {
	case isCoded:
		return c.code
	case errors.Is(err, disk.ErrInvalid):
		return ExitUsage
	}
	return ExitFailure
}

// printed is the error of a command that has nothing else to say of how it ended, where
// its output could not be written.
func (a *App) printed(err error) error {
	if failed := terminal.Failed(a.Out); failed != nil && (err == nil || err.Error() == "") {
		return failed
	}
	return err
}

// sayStopped reports the end by a signal, once: a command that ends and the end of patience
// may come at the same time.
func (a *App) sayStopped(err error) {
	a.ending.Do(func() { fmt.Fprintln(a.Err, "darkroom: "+output.CleanLines(err.Error())) })
}

// stopped gives what fails when ctx has ended the one text for that: what was selected or
// found by then is not all there is.
func stopped(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return terminal.ErrStopped
	}
	return err
}
