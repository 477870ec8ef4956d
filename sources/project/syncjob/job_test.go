package syncjob

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"darkroom/sources/project/config"
	"darkroom/sources/secrets"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/sources/trust"
	"darkroom/sources/trust/trusttest"
)

// One token has one session, however its server is written; other tokens and other
// ways to sign in wait for nothing.
func TestTurns(t *testing.T) {
	turn := func(site, server string, cred api.Credentials) string {
		return New(&config.Config{}, config.Site{Name: site, Server: server}, trusttest.Server(t, server), cred, Options{}).turn
	}
	ci := api.Credentials{TokenName: "ci", TokenSecret: "s"}
	first := turn("a", "https://tableau.example.com", ci)
	for _, server := range []string{"https://TABLEAU.example.com", "https://tableau.example.com.", "https://tableau.example.com:443", "http://10.0.0.1"} {
		if got := turn("b", server, ci); got != first {
			t.Errorf("%s has the turn %q, not %q", server, got, first)
		}
	}
	seen := map[string]bool{first: true}
	for _, other := range []string{
		turn("b", "https://tableau.example.com", api.Credentials{TokenName: "other", TokenSecret: "s"}),
		turn("c", "https://tableau.example.com", api.Credentials{Username: "ci", Password: "s"}),
		turn("d", "https://tableau.example.com", api.Credentials{Username: "ci", Password: "s"}),
		turn("ci", "https://tableau.example.com", api.Credentials{App: api.ConnectedApp{ClientID: "c"}}),
	} {
		if seen[other] {
			t.Errorf("%q waits for another", other)
		}
		seen[other] = true
	}
}

// Every key of a site that says how to connect reaches the client, once it is confirmed
// as it is there.
func TestServerOfASite(t *testing.T) {
	conf := parse(t, "  - {name: own, server: \"https://a.example/\", site: acme, auth: jwt, ca_file: certs/own.pem, redirect_hosts: [pod.example, b.example]}\n"+
		"  - {name: any, server: \"https://B.example:443\", insecure_skip_verify: true}\n")
	_, pem := tableautest.New(tableautest.Options{Snapshots: [][]byte{bigsite.Snapshot(1, 1, 1, 1)}}).ServeTLS(t)
	ca := filepath.Join(conf.Root, "certs", "own.pem")
	if err := os.MkdirAll(filepath.Dir(ca), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(ca, pem, 0o600); err != nil {
		t.Fatal(err)
	}
	trusttest.Home(t)
	from := Secrets{Find: nowhere, Trust: Trust{Ask: func(context.Context, *Unconfirmed) (bool, error) { return true, nil }}}
	jobs, err := Prepare(t.Context(), conf, conf.Sites, Options{}, from)
	if err != nil {
		t.Fatal(err)
	}
	own, other := jobs[0].API, jobs[1].API
	if own.Server.Address() != "https://a.example" || own.Site != "acme" || string(own.Server.CA()) != string(pem) || own.Server.InsecureSkipVerify() {
		t.Errorf("%+v", own)
	}
	for to, want := range map[string]bool{"https://pod.example": true, "https://b.example": true, "https://c.example": false} {
		u, err := url.Parse(to)
		if err != nil || own.Server.Leads(u) != want {
			t.Errorf("%s: %t", to, own.Server.Leads(u))
		}
	}
	if other.Server.Address() != "https://b.example" || !other.Server.InsecureSkipVerify() || other.Server.CA() != nil {
		t.Errorf("%+v", other)
	}
	want := secrets.Site{Name: "own", Server: own.Server, ContentURL: "acme", Method: "jwt"}
	if got := SecretsOf(conf.Sites[0], own.Server); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func parse(t *testing.T, sites string) *config.Config {
	t.Helper()
	conf, err := config.Parse("", t.TempDir(), []byte("sites:\n"+sites))
	if err != nil {
		t.Fatal(err)
	}
	return conf
}

func TestNamedAndWithServer(t *testing.T) {
	conf := parse(t, "  - {name: prod, server: \"https://a.example\"}\n  - {name: files, snapshot: s.json}\n")
	if all, err := Named(conf, nil); err != nil || len(all) != 2 || len(WithServer(all)) != 1 {
		t.Errorf("%v, %v", all, err)
	}
	if one, err := Named(conf, []string{"FILES"}); err != nil || len(one) != 1 || one[0].Name != "files" {
		t.Errorf("%v, %v", one, err)
	}
	if _, err := Named(conf, []string{"test"}); err == nil || !strings.Contains(err.Error(), "there are: prod, files") {
		t.Error(err)
	}
}

// nowhere finds no secrets.
func nowhere(s config.Site, server trust.Confirmed) (api.Credentials, string, error) {
	return secrets.Finder{Getenv: func(string) string { return "" }, Keyring: none{}}.Find(SecretsOf(s, server))
}

type none struct{}

func (none) Get(string, string) (string, error) { return "", errors.New("empty") }
func (none) Set(string, string, string) error   { return nil }
func (none) Delete(string, string) error        { return nil }

// A site without secrets is not ready, options apply to all, and an error while asking
// ends everything.
func TestPrepare(t *testing.T) {
	conf := parse(t, "  - {name: app, server: \"https://a.example\", auth: jwt}\n"+
		"  - {name: token, server: \"https://b.example\"}\n  - {name: files, server: \"https://c.example\", auth: password, download: true}\n")
	trusttest.Home(t, trust.Want{Server: "https://a.example"}, trust.Want{Server: "https://b.example"}, trust.Want{Server: "https://c.example"})
	var asked []string
	from := Secrets{Find: nowhere, Ask: func(_ context.Context, m *secrets.Missing) (string, string, error) {
		asked = append(asked, m.Site)
		return "ana", strings.TrimPrefix(m.Site, "files"), nil
	}}
	jobs, err := Prepare(t.Context(), conf, conf.Sites, Options{AcceptWorse: true, DryRun: true}, from)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(asked, []string{"token", "files"}) {
		t.Errorf("asked for %v: a connected app cannot be typed", asked)
	}
	for i, says := range []string{"set TABLEAU_APP_CLIENT_ID", "", "nothing was entered"} {
		j := jobs[i]
		if (j.Unready == nil) != (says == "") || says != "" && !strings.Contains(j.Unready.Error(), says) {
			t.Errorf("%s: %v", j.Name, j.Unready)
		}
		if !j.AcceptSmaller || !j.DryRun || j.Options.Download != (j.Name == "files") {
			t.Errorf("%s: %+v", j.Name, j)
		}
	}
	enough := errors.New("enough")
	from.Ask = func(context.Context, *secrets.Missing) (string, string, error) { return "", "", enough }
	if _, err := Prepare(t.Context(), conf, conf.Sites, Options{}, from); !errors.Is(err, enough) {
		t.Error(err)
	}
	from.Ask = nil
	if jobs, err := Prepare(t.Context(), conf, conf.Sites, Options{}, from); err != nil || jobs[1].Unready == nil {
		t.Error(err)
	}
}

func TestTyped(t *testing.T) {
	var typed Typed
	half, prod := &secrets.Missing{Site: "half", Server: "https://a.example"}, &secrets.Missing{Site: "prod", Server: "https://a.example"}
	typed.Keep(half, "ana", "")
	typed.Keep(prod, "ana", "s")
	typed.ForgetRefused([]Report{{Name: "prod", Err: errors.New("no route to host")}})
	if name, secret, ok := typed.Of(prod); !ok || name != "ana" || secret != "s" {
		t.Error("a server that was not reached refused nothing")
	}
	if _, _, ok := typed.Of(&secrets.Missing{Site: "prod", Server: "https://b.example"}); ok {
		t.Error("what was typed for one server is given to another")
	}
	if _, _, ok := typed.Of(half); ok {
		t.Error("half of a secret is kept")
	}
}
