package secrets

import (
	"fmt"

	"darkroom/sources/tableau/api"
)

// Missing says what a site's sign-in lacks, and what of it can be typed.
type Missing struct {
	Site   string
	Method string // how the site wants to sign in: "pat", "jwt" or "password"
	Name   string // of the token or the user, where it is known
}

// missing goes by what is there in part, then by what the site asks for.
func missing(s Site, found api.Credentials) *Missing {
	m := &Missing{Site: s.Name, Method: found.Method(), Name: found.TokenName}
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

// Askable reports that a name and a secret are all it takes. A connected app is
// set up, not typed.
func (m *Missing) Askable() bool { return m.Method != "jwt" }

// User reports that user name and password are wanted, not a token.
func (m *Missing) User() bool { return m.Method == "password" }

// Typed makes credentials of what was typed, if it is enough.
func (m *Missing) Typed(name, secret string) (api.Credentials, bool) {
	c := api.Credentials{TokenName: name, TokenSecret: secret}
	if m.User() {
		c = api.Credentials{Username: name, Password: secret}
	}
	return c, m.Askable() && whole(c)
}

// Error says what to set.
func (m *Missing) Error() string {
	fix := fmt.Sprintf("set %s and %s (for this site alone: %s_%s)", TokenName, TokenSecret, TokenSecret, Suffix(m.Site))
	switch m.Method {
	case "jwt":
		fix = fmt.Sprintf("set %s, %s, %s and %s", AppClient, AppSecretID, AppSecret, Username)
	case "password":
		fix = fmt.Sprintf("set %s and %s", Username, Password)
	}
	return fmt.Sprintf("no secrets for site %q: %s", m.Site, fix)
}
