package secrets

import (
	"fmt"
	"strings"

	"github.com/gosimple/unidecode"

	"darkroom/sources/tableau/api"
	"darkroom/sources/trust"
)

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

// The variables that say which server the secrets are for, and how it may be verified;
// each may have a site's Suffix, too.
const (
	Server        = "TABLEAU_SERVER"
	CAFile        = "TABLEAU_CA_FILE"
	Insecure      = "TABLEAU_INSECURE_SKIP_VERIFY" // "true"
	RedirectHosts = "TABLEAU_REDIRECT_HOSTS"       // with commas between
)

// get is a variable of a site, otherwise that of all sites.
func (f Finder) get(site, name string) string {
	if v := f.Getenv(name + "_" + Suffix(site)); v != "" {
		return v
	}
	return f.Getenv(name)
}

// Word is the server that the environment names beside a site's secrets: your word,
// which no repository can give. It is zero without TABLEAU_SERVER.
func (f Finder) Word(site string) (trust.Record, error) {
	server := f.get(site, Server)
	if server == "" {
		return trust.Record{}, nil
	}
	s, err := trust.Read(trust.Want{
		Server: server, CAFile: f.get(site, CAFile), InsecureSkipVerify: f.get(site, Insecure) == "true",
		RedirectHosts: strings.FieldsFunc(f.get(site, RedirectHosts), func(r rune) bool { return r == ',' || r == ' ' }),
	})
	if err != nil {
		return trust.Record{}, fmt.Errorf("%s: %w", Server, err)
	}
	return s.Record(), nil
}

// elsewhere is the other server that the environment's secrets are for; empty when they
// may go to the site's.
func (f Finder) elsewhere(s Site) string {
	word, err := f.Word(s.Name)
	switch {
	case err != nil:
		return err.Error()
	case word.Server != "" && word.Server != s.Server.Address():
		return word.Server
	}
	return ""
}

// environment takes the first way to sign in that is set completely. If there is
// none, it returns the first one that is set in part, so that what is missing can be
// reported or asked for.
func (f Finder) environment(s Site) api.Credentials {
	get := func(name string) string { return f.get(s.Name, name) }
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
