package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/sources/project/config"
	"darkroom/sources/tableau/tableautest"
	"darkroom/ui/explorer/syncing"
)

func canceled(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

// errorOf is what a command says to stderr.
func errorOf(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, errs strings.Builder
	if code := Main(args, strings.NewReader(""), &out, &errs); code != want {
		t.Fatalf("%v ends with %d, want %d\n%s%s", args, code, want, out.String(), errs.String())
	}
	return errs.String()
}

// Certificates of a company count, and with insecure_skip_verify any; that it is
// unsafe is said wherever a sync is watched.
func TestSyncOverTLS(t *testing.T) {
	server := tableautest.New(tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	url, pem := server.ServeTLS(t)
	site := "  - {name: cloud, server: \"" + url + "\", site: " + cloudURL
	dir := sitesProject(t, site+"}\n")
	_, errs := runSync(t, 3, dir)
	wantParts(t, errs, "certificate", "ca_file")
	configure := func(more string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, config.Name), []byte("sites:\n"+site+more+"}\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		trustConfig(t, dir)
	}
	if err := os.WriteFile(filepath.Join(dir, "company.pem"), pem, 0o600); err != nil {
		t.Fatal(err)
	}
	configure(", ca_file: company.pem")
	if _, errs = runSync(t, 0, dir); strings.Contains(errs, "warning") {
		t.Errorf("a warning about a safe connection:\n%s", errs)
	}
	configure(", insecure_skip_verify: true")
	_, errs = runSync(t, 0, dir)
	wantParts(t, errs, "warning: certificates are not checked (insecure_skip_verify)")

	b := syncedProject(t, url)
	yml := strings.Replace(string(readFile(t, filepath.Join(b.Workspace().Root, config.Name))), "{name: cloud,", "{name: cloud, insecure_skip_verify: true,", 1)
	if err := os.WriteFile(filepath.Join(b.Workspace().Root, config.Name), []byte(yml), 0o644); err != nil {
		t.Fatal(err)
	}
	trustConfig(t, b.Workspace().Root)
	said := ""
	if err := b.Sync(t.Context(), syncing.Options{}, func(p syncing.Progress) { said += p.Line + "\n" }); err != nil {
		t.Fatal(err)
	}
	wantParts(t, said, "signed in to "+url, "warning: certificates are not checked (insecure_skip_verify)")
}

func readFile(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Sign-in goes to another host only where darkroom.yml names it.
func TestSyncFollowsToHostsByName(t *testing.T) {
	pod := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	front := listen(t, tableautest.Options{
		Snapshots: [][]byte{exampleSite(t, "cloud")},
		Switches:  tableautest.Switches{RedirectSignIn: strings.Replace(pod.url, "127.0.0.1", "localhost", 1)},
	})
	_, port, _ := strings.Cut(strings.TrimPrefix(pod.url, "http://"), ":")
	site := "  - {name: cloud, server: \"" + front.url + "\", site: " + cloudURL
	_, errs := runSync(t, 3, sitesProject(t, site+"}\n"))
	wantParts(t, errs, "redirect_hosts")
	runSync(t, 0, sitesProject(t, site+", redirect_hosts: [\"localhost:"+port+"\"]}\n"))
}

// auth chooses where the secrets of several ways are at hand.
func TestSyncSignsInAsAuthSays(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	site := "  - {name: cloud, server: \"" + s.url + "\", site: " + cloudURL
	dir := sitesProject(t, site+"}\n")
	t.Setenv("TABLEAU_TOKEN_SECRET", "not this one")
	t.Setenv("TABLEAU_USERNAME", s.Username())
	t.Setenv("TABLEAU_PASSWORD", tableautest.DefaultPassword)
	runSync(t, 3, dir)
	if err := os.WriteFile(filepath.Join(dir, config.Name), []byte("sites:\n"+site+", auth: password}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	runSync(t, 0, dir)
}
