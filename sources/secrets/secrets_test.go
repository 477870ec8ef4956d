package secrets_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"darkroom/sources/secrets"
	"darkroom/sources/tableau/api"
	"darkroom/sources/trust/trusttest"
)

type ring map[string]string

func (r ring) Get(service, account string) (string, error) {
	if v, ok := r[service+" "+account]; ok {
		return v, nil
	}
	return "", errors.New("not found")
}

func (r ring) Set(service, account, secret string) error { r[service+" "+account] = secret; return nil }

func (r ring) Delete(service, account string) error { delete(r, service+" "+account); return nil }

type stuck struct{ ring }

func (stuck) Get(string, string) (string, error) { select {} }

func TestFind(t *testing.T) {
	pat := api.Credentials{TokenName: "n", TokenSecret: "s3cret"}
	app := api.ConnectedApp{ClientID: "c", SecretID: "i", Secret: "s3cret", Username: "u"}
	kept := ring{}
	site := secrets.Site{Name: "Sales-EMÉA", Server: trusttest.Server(t, "https://t.example.com"), ContentURL: "emea"}
	if err := (secrets.Finder{Keyring: kept}).Keep(site, pat); err != nil || kept["darkroom https://t.example.com/emea"] == "" {
		t.Fatal(kept, err)
	}
	for _, test := range []struct {
		name   string
		env    map[string]string
		ring   secrets.Keyring
		method string
		want   api.Credentials
		from   string
	}{
		{"nothing", nil, nil, "", api.Credentials{}, ""},
		{"token", map[string]string{"TABLEAU_TOKEN_NAME": "n", "TABLEAU_TOKEN_SECRET": "s3cret"}, kept, "", pat, "environment"},
		{"of this site", map[string]string{
			"TABLEAU_TOKEN_NAME": "n", "TABLEAU_TOKEN_SECRET": "other", "TABLEAU_TOKEN_SECRET_SALES_EMEA": "s3cret",
		}, nil, "", pat, "environment"},
		{"keyring", nil, kept, "", pat, "keyring"},
		{"half a token, then the keyring", map[string]string{"TABLEAU_TOKEN_NAME": "n"}, kept, "", pat, "keyring"},
		{"half a token", map[string]string{"TABLEAU_TOKEN_NAME": "n"}, ring{}, "", api.Credentials{TokenName: "n"}, ""},
		{"half a token and a password", map[string]string{
			"TABLEAU_TOKEN_NAME": "n", "TABLEAU_USERNAME": "u", "TABLEAU_PASSWORD": "s3cret",
		}, nil, "", api.Credentials{Username: "u", Password: "s3cret"}, "environment"},
		{"connected app", map[string]string{
			"TABLEAU_APP_CLIENT_ID": "c", "TABLEAU_APP_SECRET_ID": "i", "TABLEAU_APP_SECRET": "s3cret", "TABLEAU_USERNAME": "u",
		}, nil, "", api.Credentials{App: app}, "environment"},
		{"another way is wanted", map[string]string{"TABLEAU_TOKEN_NAME": "n", "TABLEAU_TOKEN_SECRET": "s3cret"}, kept, "password", api.Credentials{}, ""},
		{"a keyring that hangs", nil, stuck{}, "", api.Credentials{}, ""},
	} {
		site.Method = test.method
		wait := time.Minute // a busy machine answers late
		if _, hangs := test.ring.(stuck); hangs {
			wait = time.Millisecond
		}
		f := secrets.Finder{Getenv: func(k string) string { return test.env[k] }, Keyring: test.ring, Wait: wait}
		got, from, err := f.Find(site)
		if got != test.want || from != test.from || (err == nil) != (from != "") {
			t.Errorf("%s: from %q, %v", test.name, from, err)
		}
		if err != nil && (strings.Contains(err.Error(), "s3cret") || !strings.Contains(err.Error(), "set TABLEAU")) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
