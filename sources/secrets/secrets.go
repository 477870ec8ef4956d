// Package secrets finds what a site's sign-in needs: in the environment, then in
// the keyring of the operating system. It looks only for a server that you confirmed
// (sources/trust), never writes a secret to a file, and none of its messages contains
// one. The command line asks for secrets, not this package.
package secrets

import (
	"time"

	"darkroom/sources/tableau/api"
	"darkroom/sources/trust"
)

// Site is the site that secrets are needed for.
type Site struct {
	Name       string          // for the environment: TABLEAU_TOKEN_SECRET_<NAME>
	Server     trust.Confirmed // together with ContentURL the account in the keyring
	ContentURL string
	Method     string // "pat", "jwt", "password"; "" is the first one with secrets
}

// Finder looks secrets up. Keyring may be nil.
type Finder struct {
	Getenv  func(string) string
	Keyring Keyring
	Wait    time.Duration // for the keyring, which may ask you; default 30 s
}

// Find returns the credentials and where they are from ("environment",
// "keyring"). When something is missing, the credentials are partial, the place is
// "" and the error is a [*Missing].
func (f Finder) Find(s Site) (api.Credentials, string, error) {
	var found api.Credentials
	elsewhere := f.elsewhere(s)
	if elsewhere == "" {
		found = f.environment(s)
	}
	if isComplete(found) {
		return found, "environment", nil
	}
	if kept, ok := f.fromKeyring(s); ok && (s.Method == "" || kept.Method() == s.Method) && isComplete(kept) {
		return kept, "keyring", nil
	}
	m := missing(s, found)
	m.Elsewhere = elsewhere
	return found, "", m
}

func isComplete(c api.Credentials) bool {
	switch c.Method() {
	case "pat":
		return c.TokenName != "" && c.TokenSecret != ""
	case "jwt":
		a := c.App
		return a.ClientID != "" && a.SecretID != "" && a.Secret != "" && a.Username != ""
	case "password":
		return c.Username != "" && c.Password != ""
	}
	return false
}
