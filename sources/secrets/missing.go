package secrets

import (
	"fmt"

	"darkroom/sources/tableau/api"
)

// Missing says which secrets a site's sign-in lacks, and whether they can be typed.
type Missing struct {
	Site   string
	Method string // how the site wants to sign in: "pat", "jwt" or "password"
	Name   string // of the token or the user, where it is known
	Server string // that they are for
	// Elsewhere is the server that the environment has secrets for, if that is another;
	// or why TABLEAU_SERVER cannot be read.
	Elsewhere string
}

// missing goes by the method that has some of its values, then by the site's own.
func missing(s Site, found api.Credentials) *Missing {
	m := &Missing{Site: s.Name, Method: found.Method(), Name: found.TokenName, Server: s.Server.Address()}
	if m.Method == "" {
		m.Method = s.Method
	}
	switch m.Method {
	case "":
		m.Method = "pat"
	case "password":
		m.Name = found.Username
	}
	return m
}

// Askable reports that a name and a secret are enough. The values of a connected app
// are set up, not typed.
func (m *Missing) Askable() bool { return m.Method != "jwt" }

// User reports that a user name and a password are needed, not a token.
func (m *Missing) User() bool { return m.Method == "password" }

// Typed makes credentials from what was typed, if that is enough.
func (m *Missing) Typed(name, secret string) (api.Credentials, bool) {
	c := api.Credentials{TokenName: name, TokenSecret: secret}
	if m.User() {
		c = api.Credentials{Username: name, Password: secret}
	}
	return c, m.Askable() && isComplete(c)
}

// Error says what to set.
func (m *Missing) Error() string {
	if m.Elsewhere != "" {
		return fmt.Sprintf("no secrets for site %q: those of the environment are for %s (%s), not for %s; if they are for both, set %s_%s",
			m.Site, m.Elsewhere, Server, m.Server, Server, Suffix(m.Site))
	}
	fix := fmt.Sprintf("set %s and %s (for this site only: %s_%s)", TokenName, TokenSecret, TokenSecret, Suffix(m.Site))
	switch m.Method {
	case "jwt":
		fix = fmt.Sprintf("set %s, %s, %s and %s", AppClient, AppSecretID, AppSecret, Username)
	case "password":
		fix = fmt.Sprintf("set %s and %s", Username, Password)
	}
	return fmt.Sprintf("no secrets for site %q: %s", m.Site, fix)
}
