package syncjob

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"

	"darkroom/sources/project/config"
	"darkroom/sources/secrets"
	"darkroom/sources/tableau/api"
	"darkroom/sources/trust"
)

// Find looks the secrets of a site up and says where they were.
type Find func(config.Site, trust.Confirmed) (cred api.Credentials, from string, err error)

// FindSecrets looks into the environment and the keyring of the operating system.
func FindSecrets(s config.Site, server trust.Confirmed) (cred api.Credentials, from string, err error) {
	return secrets.Finder{Getenv: os.Getenv, Keyring: secrets.OS{}}.Find(SecretsOf(s, server))
}

// Secrets is where the secrets of a sync come from, and where they may go.
type Secrets struct {
	Trust Trust
	Find  Find
	// Ask asks for what was not found, where a name and a secret are all that is needed;
	// nil asks nothing. An error ends the whole sync; an empty answer leaves the site out.
	Ask func(context.Context, *secrets.Missing) (name, secret string, err error)
}

// askError marks an error of Ask.
type askError struct{ error }

func (e askError) Unwrap() error { return e.error }

// StoppedBy is the error of asking within err: what ends everything. Any other
// concerns one site.
func StoppedBy(err error) error {
	if stop, ok := errors.AsType[askError](err); ok {
		return stop.error
	}
	return nil
}

// Of is the server of a site, if it is confirmed, and then the credentials for it. An
// error is why the site cannot be synced, or one of asking (see [Prepare]).
func (s Secrets) Of(ctx context.Context, conf *config.Config, site config.Site) (trust.Confirmed, api.Credentials, error) {
	server, err := s.Trust.Server(ctx, conf, site)
	if err != nil {
		return server, api.Credentials{}, err
	}
	cred, err := s.For(ctx, site, server)
	return server, cred, err
}

// For are the credentials of a site for a confirmed server.
func (s Secrets) For(ctx context.Context, site config.Site, server trust.Confirmed) (api.Credentials, error) {
	cred, _, err := s.Find(site, server)
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

// Typed keeps the secrets that were typed while darkroom runs, by the name and the
// server of the site, for as long as the server takes them. It is for one sync at a time.
type Typed struct{ kept map[typedFor][2]string }

type typedFor struct{ site, server string }

// Keep remembers a name and a secret, unless one of them is empty.
func (t *Typed) Keep(missing *secrets.Missing, name, secret string) {
	if name == "" || secret == "" {
		return
	}
	if t.kept == nil {
		t.kept = map[typedFor][2]string{}
	}
	t.kept[typedFor{missing.Site, missing.Server}] = [2]string{name, secret}
}

// Of are the name and the secret that were typed for what is missing, if there are any.
func (t *Typed) Of(missing *secrets.Missing) (name, secret string, ok bool) {
	both, ok := t.kept[typedFor{missing.Site, missing.Server}]
	return both[0], both[1], ok
}

// ForgetRefused drops what servers did not take, so that it is asked for again.
func (t *Typed) ForgetRefused(reports []Report) {
	for i := range reports {
		if api.SignInRefused(reports[i].Err) {
			maps.DeleteFunc(t.kept, func(of typedFor, _ [2]string) bool { return of.site == reports[i].Name })
		}
	}
}
