package cli

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"darkroom/sources/project/config"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/ui/cli/app"
	"darkroom/ui/explorer/syncing"
)

// sitesProject is syncProject with the text of the sites.
func sitesProject(t *testing.T, sites string) string {
	t.Helper()
	dir := syncProject(t)
	if err := os.WriteFile(filepath.Join(dir, config.Name), []byte("sites:\n"+sites), 0o644); err != nil {
		t.Fatal(err)
	}
	trustConfig(t, dir)
	return dir
}

// One token has one session, however its server is written.
func TestSyncSharesATokenOfOneServer(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{bigsite.Snapshot(5, 2, 1, 3), exampleSite(t, "cloud")}})
	dir := syncProject(t, "big "+s.url+" big", "cloud "+strings.Replace(s.url, "127.0.0.1", "LOCALHOST", 1)+" "+cloudURL)
	out, _ := runSync(t, 0, dir)
	wantParts(t, out, "big: 5 workbooks", "cloud: 40 workbooks")
	if n := s.Stats().SignIns; n != 2 {
		t.Errorf("%d sign-ins: the sites fought for the session", n)
	}
}

// Two tokens sync at the same time: each of two servers answers the sign-in only
// once the other was asked, too.
func TestSyncRunsTokensTogether(t *testing.T) {
	var both sync.WaitGroup
	both.Add(2)
	met := make(chan struct{})
	go func() { both.Wait(); close(met) }()
	secret := tableautest.DefaultPATSecret
	server := func(token string, snapshot []byte) *listener {
		s := listen(t, tableautest.Options{Snapshots: [][]byte{snapshot}, PATs: []tableautest.PAT{{Name: token, Secret: secret, Username: "ana"}}})
		var once sync.Once
		s.before = func(r *http.Request) {
			if !strings.HasSuffix(r.URL.Path, "/auth/signin") {
				return
			}
			once.Do(both.Done)
			select {
			case <-met:
			case <-time.After(20 * time.Second): // only ends a test that fails
				t.Errorf("%s signs in alone", token)
			}
		}
		return s
	}
	one, two := server("one", bigsite.Snapshot(2, 1, 1, 1)), server("two", exampleSite(t, "cloud"))
	dir := syncProject(t, "big "+one.url+" big", "cloud "+two.url+" "+cloudURL)
	t.Setenv("TABLEAU_TOKEN_NAME_BIG", "one")
	t.Setenv("TABLEAU_TOKEN_NAME_CLOUD", "two")
	out, _ := runSync(t, 0, dir)
	wantParts(t, out, "big: 2 workbooks", "cloud: 40 workbooks")
}

// A site without secrets fails alone. The exit code says usage only when no site
// could begin.
func TestSyncGoesOnWithoutASite(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	dir := sitesProject(t, "  - {name: app, server: "+s.url+", site: x, auth: jwt}\n"+
		"  - {name: person, server: "+s.url+", site: y, auth: password}\n"+
		"  - {name: cloud, server: "+s.url+", site: "+cloudURL+"}\n")
	out, errs := runSync(t, 3, dir)
	wantParts(t, out, "cloud: 40 workbooks")
	wantParts(t, errs, "darkroom: app: no secrets", "set TABLEAU_APP_CLIENT_ID", "darkroom: person: no secrets", "set TABLEAU_USERNAME")
	out, errs = runSync(t, 2, dir, "app", "person")
	wantParts(t, errs, "darkroom: app: no secrets", "darkroom: person: no secrets")
	if out != "" {
		t.Errorf("%q", out)
	}
	runSync(t, 0, dir, "cloud")
}

// The same in the explorer: what cannot be typed fails alone, and so does a site
// for which nothing was entered.
func TestBackendGoesOnWithoutASite(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	b := syncedProject(t, s.url)
	file := filepath.Join(b.Workspace().Root, config.Name)
	yml, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, []byte(string(yml)+"  - {name: app, server: "+s.url+", site: x, auth: jwt}\n"), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	r := syncBackend(t, b, syncing.Options{})
	if len(r) != 2 || !r["cloud"].Written || r["app"].Err == nil || !strings.Contains(r["app"].Err.Error(), "set TABLEAU_APP_CLIENT_ID") {
		t.Errorf("%+v", r)
	}
	if err := os.WriteFile(file, []byte(string(yml)+"  - {name: person, server: "+s.url+", site: x, auth: password}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	r = syncBackend(t, b, syncing.Options{Secrets: []syncing.Secret{{Site: "person", Server: s.url}}})
	if len(r) != 2 || r["cloud"].Err != nil || r["person"].Err == nil || !strings.Contains(r["person"].Err.Error(), "nothing was entered") {
		t.Errorf("%+v", r)
	}
}

// A sync that comes after the end does nothing, and the wait misses none.
func TestBackendSyncAfterTheEnd(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	b := syncedProject(t, s.url)
	var syncs sync.WaitGroup
	for range 8 {
		syncs.Go(func() { _ = b.Sync(canceled(t), syncing.Options{}, func(syncing.Progress) {}) })
	}
	b.Close()
	syncs.Wait()
	before := s.Stats().SignIns
	if err := b.Sync(t.Context(), syncing.Options{}, func(syncing.Progress) {}); err == nil || s.Stats().SignIns != before {
		t.Errorf("%v, signed in %d times", err, s.Stats().SignIns-before)
	}
}

// What sync and init would ignore is refused.
func TestSyncRefusesFiles(t *testing.T) {
	for _, command := range []string{"sync", "init"} {
		wantParts(t, errorOf(t, app.ExitUsage, command, "--tableau", "x.json"), command+" asks the servers", "leave out --tableau", "sync --diff OLD NEW")
		wantParts(t, errorOf(t, app.ExitUsage, command, "--manifest", "x.json"), "leave out --manifest")
	}
}
