package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
	"golang.org/x/term"

	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/secrets"
	"darkroom/sources/tableau/api"
)

// secrets looks the secrets of sites up, and asks for them where a terminal is.
func (a *app) secrets(ask bool) syncjob.Secrets {
	from := syncjob.Secrets{Find: a.find}
	if in, ok := a.person(); ok && ask {
		from.Ask = func(ctx context.Context, missing *secrets.Missing) (name, secret string, err error) {
			return askSecret(ctx, in, a.err, missing)
		}
	}
	return from
}

// askSecret asks for what is missing of a name and a secret.
func askSecret(ctx context.Context, in *os.File, out io.Writer, missing *secrets.Missing) (name, secret string, err error) {
	words := [2]string{"name of the personal access token", "its secret"}
	if missing.User() {
		words = [2]string{"user name", "password"}
	}
	questions := []question{{ask: cleanLines(missing.Site) + ": " + words[1] + ": ", secret: true}}
	if missing.Name == "" {
		questions = append([]question{{ask: cleanLines(missing.Site) + ": " + words[0] + ": "}}, questions...)
	}
	answers, err := askAll(ctx, in, out, questions)
	if err != nil {
		return "", "", err
	}
	return answers[0], answers[len(answers)-1], nil
}

// person is the terminal on which somebody can answer.
func (a *app) person() (*os.File, bool) {
	in, ok := a.stdin.(*os.File)
	return in, ok && isatty.IsTerminal(in.Fd())
}

// find looks a site's secrets up; the live example has its own.
func (a *app) find(s config.Site) (cred api.Credentials, from string, err error) {
	if a.demoDir != nil && a.demoDir.live != nil {
		return a.demoDir.live.credentials[s.Name], "example", nil
	}
	return syncjob.FindSecrets(s)
}

type question struct {
	ask    string
	secret bool
}

// askAll puts questions on a terminal whose echo is off from before the first, so
// that nothing typed ahead is shown. ctrl-c and the end of ctx end it, and the
// terminal is then as it was.
func askAll(ctx context.Context, in *os.File, out io.Writer, questions []question) ([]string, error) {
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
			if t.SetPrompt(q.ask); q.secret {
				text, r.err = t.ReadPassword(q.ask)
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
			r.err = stopped
		}
		return r.answers, errors.Join(r.err, term.Restore(fd, state))
	case <-ctx.Done():
		return nil, errors.Join(stopped, term.Restore(fd, state))
	}
}
