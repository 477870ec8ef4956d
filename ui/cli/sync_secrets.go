package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
	"golang.org/x/term"

	"darkroom/sources/secrets"
	"darkroom/sources/tableau/api"
	"darkroom/sources/workspace"
)

// credentials finds a site's secrets, or asks for them where a person sits.
func (a *app) credentials(ctx context.Context, s workspace.Site, ask bool) (api.Credentials, error) {
	finder := secrets.Finder{Getenv: os.Getenv, Keyring: secrets.OS{}}
	cred, _, err := finder.Find(secrets.Site{Name: s.Name, Server: s.Server, ContentURL: s.Site, Method: s.Auth})
	if err == nil {
		return cred, nil
	}
	in, ok := a.stdin.(*os.File)
	if !ok || !ask || !isatty.IsTerminal(in.Fd()) || cred.Method() == workspace.AuthJWT || s.Auth == workspace.AuthJWT {
		return cred, &codedError{exitUsage, err}
	}
	name, secret, words := &cred.TokenName, &cred.TokenSecret, [2]string{"name of the personal access token", "its secret"}
	if cred.Method() == workspace.AuthPassword || s.Auth == workspace.AuthPassword {
		name, secret, words = &cred.Username, &cred.Password, [2]string{"user name", "password"}
	}
	for i, value := range []*string{name, secret} {
		if *value != "" {
			continue
		}
		fmt.Fprintf(a.err, "%s: %s: ", cleanLines(s.Name), words[i])
		if *value, err = askLine(ctx, in, i == 1); err != nil {
			return cred, err
		}
		if i == 1 {
			fmt.Fprintln(a.err)
		}
	}
	return cred, nil
}

// askLine reads a line from a terminal, without echo for a secret. It ends with ctx,
// and the terminal is then as it was.
func askLine(ctx context.Context, in *os.File, secret bool) (string, error) {
	fd := int(in.Fd())
	state, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	type answer struct {
		text string
		err  error
	}
	got := make(chan answer, 1)
	go func() { // a read of a terminal cannot be called off: it may outlive us
		if secret {
			text, err := term.ReadPassword(fd)
			got <- answer{string(text), err}
			return
		}
		text, err := bufio.NewReader(in).ReadString('\n')
		got <- answer{text, err}
	}()
	select {
	case a := <-got:
		text := strings.TrimSpace(a.text)
		if text == "" && a.err == nil {
			a.err = errors.New("nothing was entered")
		}
		return text, a.err
	case <-ctx.Done():
		return "", errors.Join(ctx.Err(), term.Restore(fd, state))
	}
}
