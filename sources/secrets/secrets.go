// Package secrets finds what a site's sign-in needs: in the environment, then in
// the keyring of the operating system. It never writes a secret to a file, and none
// of its messages contains one. The command line asks for secrets, not this package.
package secrets

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/gosimple/unidecode"
	"github.com/zalando/go-keyring"

	"darkroom/sources/tableau/api"
)

// Service is darkroom's name in the keyring.
const Service = "darkroom"

// Site is the site that secrets are needed for.
type Site struct {
	Name       string // for the environment: TABLEAU_TOKEN_SECRET_<NAME>
	Server     string // together with ContentURL the account in the keyring
	ContentURL string
	Method     string // "pat", "jwt", "password"; "" is the first one with secrets
}

// Keyring is what darkroom uses of the operating system's keyring.
type Keyring interface {
	Get(service, account string) (string, error)
	Set(service, account, secret string) error
	Delete(service, account string) error
}

// OS is the real keyring. Its calls fail where there is none.
type OS struct{}

// Get implements Keyring.
func (OS) Get(service, account string) (string, error) { return keyring.Get(service, account) }

// Set implements Keyring.
func (OS) Set(service, account, secret string) error { return keyring.Set(service, account, secret) }

// Delete implements Keyring.
func (OS) Delete(service, account string) error { return keyring.Delete(service, account) }

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
	found := f.environment(s)
	if isComplete(found) {
		return found, "environment", nil
	}
	if kept, ok := f.fromKeyring(s); ok && (s.Method == "" || kept.Method() == s.Method) && isComplete(kept) {
		return kept, "keyring", nil
	}
	return found, "", missing(s, found)
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

// The variables of the environment; each may have a site's Suffix.
const (
	TokenName   = "TABLEAU_TOKEN_NAME"
	TokenSecret = "TABLEAU_TOKEN_SECRET"
	AppClient   = "TABLEAU_APP_CLIENT_ID"
	AppSecretID = "TABLEAU_APP_SECRET_ID"
	AppSecret   = "TABLEAU_APP_SECRET"
	Username    = "TABLEAU_USERNAME" // also the user of a connected app
	Password    = "TABLEAU_PASSWORD"
)

// environment takes the first way to sign in that is set completely. If there is
// none, it returns the first one that is set in part, so that what is missing can be
// reported or asked for.
func (f Finder) environment(s Site) api.Credentials {
	get := func(name string) string {
		if v := f.Getenv(name + "_" + Suffix(s.Name)); v != "" {
			return v
		}
		return f.Getenv(name)
	}
	ways := []api.Credentials{
		{TokenName: get(TokenName), TokenSecret: get(TokenSecret)},
		{App: api.ConnectedApp{ClientID: get(AppClient), SecretID: get(AppSecretID), Secret: get(AppSecret)}},
		{Username: get(Username), Password: get(Password)},
	}
	var partly api.Credentials
	for i, way := range ways {
		if way.Method() == "jwt" {
			way.App.Username = get(Username)
		}
		if method := [...]string{"pat", "jwt", "password"}[i]; s.Method != "" && s.Method != method {
			continue
		}
		if isComplete(way) {
			return way
		}
		if partly.Method() == "" {
			partly = way
		}
	}
	return partly
}

// Suffix is a site's name as part of a variable: "Sales EMEA" is SALES_EMEA.
func Suffix(site string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToUpper(unidecode.Unidecode(site)))
}

// account is a site's name in the keyring.
func (s Site) account() string {
	_, host, ok := strings.Cut(s.Server, "://")
	if !ok {
		host = s.Server
	}
	return strings.TrimSuffix(host+"/"+s.ContentURL, "/")
}

// fromKeyring reads the keyring; a keyring that hangs counts as empty.
func (f Finder) fromKeyring(s Site) (api.Credentials, bool) {
	if f.Keyring == nil {
		return api.Credentials{}, false
	}
	text := make(chan string, 1)
	go func() {
		v, err := f.Keyring.Get(Service, s.account())
		if err != nil {
			v = ""
		}
		text <- v
	}()
	wait := f.Wait
	if wait <= 0 {
		wait = 30 * time.Second
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	var c api.Credentials
	select {
	case v := <-text:
		return c, json.Unmarshal([]byte(v), &c) == nil
	case <-timer.C:
		return c, false
	}
}

// Keep puts credentials into the keyring.
func (f Finder) Keep(s Site, c api.Credentials) error {
	if f.Keyring == nil {
		return errors.New("there is no keyring")
	}
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if err := f.Keyring.Set(Service, s.account(), string(text)); err != nil {
		return errors.New("the keyring of this computer cannot be used; set the environment instead")
	}
	return nil
}
