package syncjob

import (
	"context"
	"errors"
	"fmt"
	"os"

	"darkroom/sources/project/config"
	"darkroom/sources/secrets"
	"darkroom/sources/tableau/api"
)

// Find looks the secrets of a site up and says where they were.
type Find func(config.Site) (cred api.Credentials, from string, err error)

// FindSecrets looks into the environment and the keyring of the operating system.
func FindSecrets(s config.Site) (cred api.Credentials, from string, err error) {
	return secrets.Finder{Getenv: os.Getenv, Keyring: secrets.OS{}}.Find(SecretsOf(s))
}

// Secrets is where the secrets of a sync come from.
type Secrets struct {
	Find Find
	// Ask asks for what was not found, where a name and a secret are all that is needed;
	// nil asks nothing. An error ends the whole sync; an empty answer leaves the site out.
	Ask func(context.Context, *secrets.Missing) (name, secret string, err error)
}

// askError marks an error of Ask.
type askError struct{ error }

func (e askError) Unwrap() error { return e.error }

// Of are the credentials of a site. An error is why the site cannot be synced, or one
// of Ask (see [Prepare]).
func (s Secrets) Of(ctx context.Context, site config.Site) (api.Credentials, error) {
	cred, _, err := s.Find(site)
	var missing *secrets.Missing
	if err == nil || s.Ask == nil || !errors.As(err, &missing) || !missing.Askable() {
		return cred, err
	}
	name, secret, stop := s.Ask(ctx, missing)
	if stop != nil {
		return cred, askError{stop}
	}
	if missing.Name != "" {
		name = missing.Name
	}
	typed, ok := missing.Typed(name, secret)
	if !ok {
		return cred, fmt.Errorf("nothing was entered; %w", err)
	}
	return typed, nil
}

// Typed keeps the secrets that were typed while darkroom runs, by the name of the site,
// for as long as the server takes them. It is for one sync at a time.
type Typed struct{ kept map[string][2]string }

// Keep remembers a name and a secret, unless one of them is empty.
func (t *Typed) Keep(site, name, secret string) {
	if name == "" || secret == "" {
		return
	}
	if t.kept == nil {
		t.kept = map[string][2]string{}
	}
	t.kept[site] = [2]string{name, secret}
}

// Of are the name and the secret of a site, if they were typed.
func (t *Typed) Of(site string) (name, secret string, ok bool) {
	both, ok := t.kept[site]
	return both[0], both[1], ok
}

// ForgetRefused drops what servers did not take, so that it is asked for again.
func (t *Typed) ForgetRefused(reports []Report) {
	for i := range reports {
		if api.SignInRefused(reports[i].Err) {
			delete(t.kept, reports[i].Name)
		}
	}
}
