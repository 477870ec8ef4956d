package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/sources/project/config"
	"darkroom/sources/tableau/tableautest"
	"darkroom/ui/cli/backend"
	"darkroom/ui/explorer/syncing"
)

// parrot is a server that refuses every sign-in and repeats what it was sent, as
// proxies do: as it is, escaped, and the bare
// secret.
func parrot(t *testing.T, sent func(jwt string)) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "serverinfo") {
			fmt.Fprint(w, `{"serverInfo":{"productVersion":{"value":"1"},"restApiVersion":"3.22"}}`)
			return
		}
		body, _ := io.ReadAll(r.Body)
		var in struct {
			Credentials map[string]any `json:"credentials"`
		}
		_ = json.Unmarshal(body, &in) // what darkroom did not send is repeated as it is
		bare := ""
		for _, key := range []string{"jwt", "password", "personalAccessTokenSecret"} {
			bare += fmt.Sprint(in.Credentials[key], " ")
		}
		if jwt, ok := in.Credentials["jwt"].(string); ok {
			sent(jwt[:len(jwt)/2]) // a long text is cut
		}
		w.WriteHeader(http.StatusForbidden)
		_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]string{
			"code": "403004", "summary": "What you sent is " + bare, "detail": fmt.Sprintf("%s %s %v", url.QueryEscape(bare), body, r.Header),
		}})
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// Whatever the way to sign in, and whichever command runs, its secret is in nothing
// that is printed, written or reported to the explorer: neither as it is nor
// escaped, nor are a JWT made of it or the session.
func TestNoCommandShowsASecret(t *testing.T) {
	const password = `pass "wörd"/7f3a&`
	for name, env := range map[string]map[string]string{
		"token":    {"TABLEAU_TOKEN_NAME": tableautest.DefaultPATName, "TABLEAU_TOKEN_SECRET": tableautest.DefaultPATSecret},
		"password": {"TABLEAU_USERNAME": "", "TABLEAU_PASSWORD": password},
		"app": {
			"TABLEAU_APP_CLIENT_ID": tableautest.DefaultClientID, "TABLEAU_APP_SECRET_ID": tableautest.DefaultSecretID,
			"TABLEAU_APP_SECRET": tableautest.DefaultSecret, "TABLEAU_USERNAME": "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			who := tableautest.New(tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}}).Username()
			s := listen(t, tableautest.Options{
				Snapshots: [][]byte{exampleSite(t, "cloud")}, RESTVersion: "3.28", Users: []tableautest.User{{Name: who, Password: password}},
			})
			echo := parrot(t, s.note)
			b := syncedProject(t, s.url)
			t.Setenv("TABLEAU_TOKEN_NAME", "")
			t.Setenv("TABLEAU_TOKEN_SECRET", "")
			for key, value := range env {
				if value == "" {
					value = who
				}
				t.Setenv(key, value)
			}
			root := b.Workspace().Root
			sites := fmt.Sprintf("sites:\n  - {name: cloud, server: %q, site: %s}\n  - {name: echo, server: %q, site: x}\n", s.url, cloudURL, echo)
			if err := os.WriteFile(filepath.Join(root, config.Name), []byte(sites), 0o644); err != nil {
				t.Fatal(err)
			}
			trustConfig(t, root)
			text := everyCommand(t, root, s.url, echo) + reported(t, b) + everyFile(t, root)
			if len(text) < 100_000 {
				t.Fatalf("only %d bytes", len(text))
			}
			s.wantNoSecret(t, text, forms(password)...)
			s.wantNoSecret(t, text, forms(tableautest.DefaultSecret)...)
		})
	}
}

// forms are a secret as it may come back.
func forms(secret string) []string {
	quoted, _ := json.Marshal(secret)
	return []string{secret, url.QueryEscape(secret), url.PathEscape(secret), strings.Trim(string(quoted), `"`)}
}

// everyCommand is what the commands that sign in say, of a site that lets them in
// and of one that does not.
func everyCommand(t *testing.T, root, server, echo string) string {
	t.Helper()
	var all bytes.Buffer
	for _, run := range []struct {
		want int
		args []string
	}{
		{0, []string{"sync", root, "cloud"}},
		{3, []string{"sync", root}},
		{0, []string{"sync", "--diff", root, "cloud"}},
		{0, []string{"doctor", root, "cloud"}},
		{2, []string{"refresh", "--dry-run", root, "echo"}}, // which has no snapshot
		{0, []string{"refresh", "--output", "json", root, "cloud"}},
		{1, []string{"doctor", root}},
		{1, []string{"doctor", "--output", "json", root}},
		{1, []string{"init", "--url", pageOf(server, cloudURL), root}}, // a darkroom.yml is there
		{0, []string{"init", "--url", pageOf(server, cloudURL), t.TempDir()}},
		{3, []string{"init", "--url", pageOf(echo, "x"), t.TempDir()}},
	} {
		var out, errs bytes.Buffer
		if code := Main(run.args, strings.NewReader(""), &out, &errs); code != run.want {
			t.Errorf("%v ends with %d, want %d\n%s", run.args, code, run.want, errs.String())
		}
		all.Write(out.Bytes())
		all.Write(errs.Bytes())
	}
	wantParts(t, all.String(), "What you sent is")
	return all.String()
}

// reported is what a sync reports to the explorer.
func reported(t *testing.T, b *backend.Backend) string {
	t.Helper()
	var all strings.Builder
	err := b.Sync(t.Context(), syncing.Options{}, func(p syncing.Progress) {
		fmt.Fprintf(&all, "%+v\n", p)
		if p.Result != nil {
			fmt.Fprintf(&all, "%+v\n", *p.Result)
		}
	})
	if err != nil {
		t.Error(err)
	}
	wantParts(t, all.String(), "echo", "cloud", "What you sent is")
	return all.String()
}
