package secrets_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"darkroom/sources/secrets"
	"darkroom/sources/tableau/api"
	"darkroom/sources/trust"
	"darkroom/sources/trust/trusttest"
)

func finder(env map[string]string, ring secrets.Keyring) secrets.Finder {
	return secrets.Finder{Getenv: func(k string) string { return env[k] }, Keyring: ring, Wait: time.Minute}
}

// An entry of the keyring belongs to scheme, host and port. One of an earlier version,
// which had no scheme, goes to the server that is confirmed first.
func TestKeyringEntriesAreBound(t *testing.T) {
	pat := api.Credentials{TokenName: "n", TokenSecret: "s3cret"}
	of := func(server string) secrets.Site {
		return secrets.Site{Name: "prod", Server: trusttest.Server(t, server), ContentURL: "acme"}
	}
	kept := ring{}
	if err := finder(nil, kept).Keep(of("https://t.example.com"), pat); err != nil {
		t.Fatal(err)
	}
	for server, want := range map[string]bool{
		"https://t.example.com": true, "https://T.example.com:443": true,
		"http://t.example.com": false, "https://t.example.com:8443": false, "https://t.example.com.evil.example": false,
	} {
		if got, _, _ := finder(nil, kept).Find(of(server)); (got == pat) != want {
			t.Errorf("%s: %v", server, got == pat)
		}
	}
	earlier := ring{"darkroom t.example.com/acme": kept["darkroom https://t.example.com/acme"]}
	for range 2 {
		if got, from, err := finder(nil, earlier).Find(of("https://t.example.com")); got != pat || from != "keyring" {
			t.Errorf("an entry of an earlier version: %q, %v", from, err)
		}
	}
	if len(earlier) != 1 || earlier["darkroom https://t.example.com/acme"] == "" {
		t.Errorf("%d entries, not one under the new name", len(earlier))
	}
	if got, _, _ := finder(nil, earlier).Find(of("http://t.example.com")); got == pat {
		t.Error("it is given to http as well")
	}
	nowhere := secrets.Site{Name: "prod", ContentURL: "acme"}
	if _, from, _ := finder(nil, ring{"darkroom /acme": kept["darkroom https://t.example.com/acme"]}).Find(nowhere); from != "" {
		t.Error("found without a server that is confirmed")
	}
}

// TABLEAU_SERVER beside a token says which server it is for: it goes to no other, even
// if that one is confirmed.
func TestSecretsOfAnotherServer(t *testing.T) {
	site := secrets.Site{Name: "prod", Server: trusttest.Server(t, "https://b.example")}
	env := map[string]string{"TABLEAU_TOKEN_NAME": "n", "TABLEAU_TOKEN_SECRET": "s3cret"}
	for name, c := range map[string]struct {
		server, ofSite string
		found          bool
	}{
		"none":               {"", "", true},
		"the same":           {"https://B.example/", "", true},
		"without a scheme":   {"b.example", "", true},
		"another":            {"https://a.example", "", false},
		"another port":       {"https://b.example:8443", "", false},
		"http":               {"http://b.example", "", false},
		"the site's own":     {"https://a.example", "https://b.example", true},
		"another of its own": {"https://b.example", "https://a.example", false},
		"unreadable":         {"https://b.example/#/site/x", "", false},
	} {
		env["TABLEAU_SERVER"], env["TABLEAU_SERVER_PROD"] = c.server, c.ofSite
		got, from, err := finder(env, nil).Find(site)
		if (from != "") != c.found || (got.TokenSecret != "") != c.found {
			t.Errorf("%s: %q, %v", name, from, err)
		}
		var missing *secrets.Missing
		if !c.found && (!errors.As(err, &missing) || !strings.Contains(err.Error(), "TABLEAU_SERVER_PROD") || strings.Contains(err.Error(), "s3cret")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The environment's word has terms, too.
func TestWord(t *testing.T) {
	env := map[string]string{"TABLEAU_SERVER": "https://a.example"}
	asked := func(w trust.Want) bool {
		word, err := finder(env, nil).Word("prod")
		if err != nil {
			t.Fatal(err)
		}
		s, err := trust.Read(w)
		if err != nil {
			t.Fatal(err)
		}
		return word.Covers(s.Record())
	}
	plain := trust.Want{Server: "https://a.example"}
	unchecked := trust.Want{Server: "https://a.example", InsecureSkipVerify: true}
	leading := trust.Want{Server: "https://a.example", RedirectHosts: []string{"p.example", "q.example"}}
	if !asked(plain) || asked(unchecked) || asked(leading) {
		t.Error("TABLEAU_SERVER alone is for checked certificates and no redirects")
	}
	env["TABLEAU_REDIRECT_HOSTS"] = "p.example, q.example"
	if !asked(leading) || asked(unchecked) {
		t.Error("redirects")
	}
	env["TABLEAU_INSECURE_SKIP_VERIFY_PROD"] = "true"
	if !asked(unchecked) {
		t.Error("unchecked")
	}
	delete(env, "TABLEAU_SERVER")
	if word, err := finder(env, nil).Word("prod"); asked(unchecked) || err != nil || word.Server != "" {
		t.Error("terms without a server say nothing")
	}
}
