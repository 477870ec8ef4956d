package terminal

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// ErrStopped is the error of a question that was not answered.
var ErrStopped = errors.New("stopped")

// Question is one line to type.
type Question struct {
	Ask    string
	Secret bool // not shown
}

// Ask puts questions on a terminal whose echo is off from before the first, so
// that nothing typed ahead is shown. ctrl-c and the end of ctx end it, and the
// terminal is then as it was.
func Ask(ctx context.Context, in *os.File, out io.Writer, questions []Question) ([]string, error) {
	fd := int(in.Fd())
	state, err := term.MakeRaw(fd)
	if err != nil {
		return nil, err
	}
	type result struct {
		answers []string
		err     error
	}
	done := make(chan result, 1)
	go func() { // a read of a terminal cannot be called off: it may outlive us
		var r result
		t := term.NewTerminal(struct {
			io.Reader
			io.Writer
		}{in, out}, "")
		for _, q := range questions {
			var text string
			if t.SetPrompt(q.Ask); q.Secret {
				text, r.err = t.ReadPassword(q.Ask)
			} else {
				text, r.err = t.ReadLine()
			}
			if r.err != nil {
				break
			}
			r.answers = append(r.answers, strings.TrimSpace(text))
		}
		done <- r
	}()
	select {
	case r := <-done:
		if errors.Is(r.err, io.EOF) {
			r.err = ErrStopped
		}
		return r.answers, errors.Join(r.err, term.Restore(fd, state))
	case <-ctx.Done():
		return nil, errors.Join(ErrStopped, term.Restore(fd, state))
	}
}
