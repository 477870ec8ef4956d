package app

import (
	"context"
	"os"

	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/secrets"
	"darkroom/sources/tableau/api"
	"darkroom/sources/trust"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/terminal"
)

// Secret looks a site's secrets up; the live example has its own.
func (a *App) Secret(s config.Site, server trust.Confirmed) (cred api.Credentials, from string, err error) {
	if cred, ok := a.Example.Credentials(s.Name); ok {
		return cred, "example", nil
	}
	return syncjob.FindSecrets(s, server)
}

// Secrets looks the secrets of sites up, and asks for them where a terminal is.
func (a *App) Secrets(ask bool) syncjob.Secrets {
	a.Lasts()
	from := syncjob.Secrets{Trust: a.Trust(ask), Find: a.Secret}
	if in, ok := terminal.Input(a.In); ok && ask {
		from.Ask = func(ctx context.Context, missing *secrets.Missing) (name, secret string, err error) {
			return a.askSecret(ctx, in, missing)
		}
	}
	return from
}

// Ask puts questions on the terminal and gives it back, whatever ends them.
func (a *App) Ask(ctx context.Context, in *os.File, questions ...terminal.Question) ([]string, error) {
	a.Lasts()
	return terminal.Ask(ctx, in, a.Err, questions)
}

// askSecret asks for what is missing of a name and a secret.
func (a *App) askSecret(ctx context.Context, in *os.File, missing *secrets.Missing) (name, secret string, err error) {
	words := [2]string{"name of the personal access token", "token secret"}
	if missing.User() {
		words = [2]string{"user name", "password"}
	}
	questions := []terminal.Question{{Ask: output.CleanLines(missing.Site) + ": " + words[1] + ": ", Secret: true}}
	if missing.Name == "" {
		questions = append([]terminal.Question{{Ask: output.CleanLines(missing.Site) + ": " + words[0] + ": "}}, questions...)
	}
	answers, err := a.Ask(ctx, in, questions...)
	if err != nil {
		return "", "", err
	}
	return answers[0], answers[len(answers)-1], nil
}
