package cli

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/sources/project/syncjob"
	"darkroom/sources/project/workspace"
	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/backend"
	"darkroom/ui/cli/demo"
	"darkroom/ui/explorer"
	"darkroom/ui/explorer/syncing"
)

// syncedProject is the example in a folder of its own, whose first site has the
// given server.
func syncedProject(t *testing.T, server string) *backend.Backend {
	t.Helper()
	d, err := demo.LayOut()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(d.Dir) })
	os.RemoveAll(filepath.Join(d.Root(), ".darkroom")) // nothing was reviewed yet
	yml := "sites:\n  - {name: cloud, server: " + server + ", site: roastery, public_url: \"https://10ax.roastery-cloud.example\"}\n" +
		"  - {name: premises, snapshot: tableau/server.json.gz}\n"
	if err := os.WriteFile(filepath.Join(d.Root(), "darkroom.yml"), []byte(yml), 0o644); err != nil {
		t.Fatal(err)
	}
	syncProject(t) // the environment's secrets
	trustConfig(t, d.Root())
	b := backend.New(workspace.Request{Dir: d.Root()}, nil, syncjob.FindSecrets)
	t.Cleanup(b.Close)
	if _, err := b.Load(t.Context(), func(explorer.Progress) {}, nil); err != nil {
		t.Fatal(err)
	}
	return b
}

// results of a sync by site.
func syncBackend(t *testing.T, b *backend.Backend, opt syncing.Options) map[string]syncing.Result {
	t.Helper()
	out := map[string]syncing.Result{}
	err := b.Sync(t.Context(), opt, func(p syncing.Progress) {
		if p.Result != nil {
			out[p.Site] = *p.Result
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestBackendSyncsAndReads(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	b := syncedProject(t, s.url)
	if n := len(b.Workspace().Graph.Sites); n != 1 {
		t.Fatalf("%d sites before the first sync", n)
	}
	r := syncBackend(t, b, syncing.Options{})
	if len(r) != 1 || !r["cloud"].Written || !strings.Contains(r["cloud"].Summary, "124 dashboards") {
		t.Fatalf("%+v", r)
	}
	old := b.Workspace()
	files, err := b.Reload(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(files.Graph.Sites) != 2 || b.Workspace() == old || b.Workspace().Store != old.Store {
		t.Error("not the same project with more sites")
	}
	if n := files.Apply(old.Book); n == 0 {
		t.Error("a site that was never seen is not a baseline")
	}
	s.Set(func(sw *tableautest.Switches) { sw.BackfillRunning = true })
	if r := syncBackend(t, b, syncing.Options{}); r["cloud"].Written || !r["cloud"].OldKept || len(r["cloud"].Incomplete) == 0 {
		t.Errorf("a worse answer: %+v", r)
	}
	if r := syncBackend(t, b, syncing.Options{Smaller: []string{"cloud"}}); !r["cloud"].Written {
		t.Errorf("accepted: %+v", r)
	}
}

// Syncs in the explorer leave no connection: the server sees each one end.
func TestBackendLeavesNoConnection(t *testing.T) {
	real := tableautest.New(tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	srv := httptest.NewUnstartedServer(real)
	opened, closed := make(chan struct{}, 1000), make(chan struct{}, 1000)
	srv.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			opened <- struct{}{}
		case http.StateClosed:
			closed <- struct{}{}
		}
	}
	srv.Start()
	defer srv.Close()
	b := syncedProject(t, srv.URL)
	for range 5 {
		if r := syncBackend(t, b, syncing.Options{}); r["cloud"].Err != nil {
			t.Fatal(r["cloud"].Err)
		}
	}
	for range len(opened) { // otherwise this waits for ever
		<-closed
	}
}

// What was typed is tried, kept for the next time, and asked for again once
// the server has refused it.
func TestBackendSecrets(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	b := syncedProject(t, s.url)
	t.Setenv("TABLEAU_TOKEN_SECRET", "")
	needed := func() {
		t.Helper()
		var need *syncing.SecretNeeded
		if err := b.Sync(t.Context(), syncing.Options{}, nil); !errors.As(err, &need) || need.Name != tableautest.DefaultPATName || need.Site != "cloud" {
			t.Fatalf("%v", err)
		}
	}
	typed := func(secret string) syncing.Options {
		return syncing.Options{Secrets: []syncing.Secret{{Site: "cloud", Server: s.url, Name: tableautest.DefaultPATName, Secret: secret}}}
	}
	needed()
	if r := syncBackend(t, b, typed("wrong-but-secret")); r["cloud"].Err == nil || strings.Contains(r["cloud"].Err.Error(), "wrong-but") {
		t.Errorf("%+v", r)
	}
	needed()
	syncBackend(t, b, typed(tableautest.DefaultPATSecret))
	if r := syncBackend(t, b, syncing.Options{}); r["cloud"].Err != nil {
		t.Errorf("not remembered: %+v", r)
	}
}

func TestBackendWithoutServer(t *testing.T) {
	b := syncedProject(t, "https://tableau.example.com")
	files := backend.New(workspace.Request{Dir: b.Workspace().Root, Metadata: []string{"some.json"}}, nil, syncjob.FindSecrets)
	var nothing *syncing.NothingToSync
	if err := files.Sync(t.Context(), syncing.Options{}, nil); !errors.As(err, &nothing) {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(b.Workspace().Root, "darkroom.yml"), []byte("sites: [}"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{b.Sync(t.Context(), syncing.Options{}, nil), func() error { _, err := b.Reload(t.Context()); return err }()} {
		if err == nil || !strings.Contains(err.Error(), "darkroom.yml") {
			t.Error(err)
		}
	}
}

// Stopping is not an error of a site, and the pages stay.
func TestBackendSyncIsStopped(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	never := make(chan struct{})
	defer close(never)
	stall := tableautest.Stall(tableautest.GraphQL, never)
	stall.Skip, stall.Times = 9, -1
	s.Inject(stall)
	b := syncedProject(t, s.url)
	ctx, cancel := context.WithCancel(t.Context())
	var last syncing.Result
	err := b.Sync(ctx, syncing.Options{}, func(p syncing.Progress) {
		if p.Ended {
			cancel()
		}
		if p.Result != nil {
			last = *p.Result
		}
	})
	if !errors.Is(err, context.Canceled) || last.Err != nil || !strings.Contains(last.Summary, "stopped") {
		t.Errorf("%v, %+v", err, last)
	}
	if _, kept := fetch.Interrupted(filepath.Join(b.Workspace().Root, ".darkroom", "snapshots", "cloud.json.gz")); !kept {
		t.Error("no pages were kept")
	}
}

func TestLiveDemoCommands(t *testing.T) {
	out := string(run(t, app.ExitOK, "sync", "--demo", "--live"))
	wantParts(t, out, "roastery-cloud: 40 workbooks", "roastery-server: 16 workbooks", "1 new, 1 gone, 1 renamed")
	wantParts(t, string(run(t, app.ExitOK, "sync", "--demo", "--live", "--diff", "roastery-server")), "+ dashboard", "- dashboard", "~ dashboard")
	wantParts(t, string(run(t, app.ExitOK, "export", "--demo", "--live", "--all", "--stdout")), "analytics@roastery.example")
	run(t, app.ExitUsage, "list", "models", "--live")
	run(t, app.ExitUsage, "sync", "--demo")
}
