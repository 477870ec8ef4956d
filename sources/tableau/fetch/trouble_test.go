package fetch_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/sources/trust"
	"darkroom/sources/trust/trusttest"
)

// What ends a sync says what to do, and leaves the snapshot as it was.
func TestSyncThatCannot(t *testing.T) {
	site := bigsite.Snapshot(5, 2, 1, 6)
	file := filepath.Join(t.TempDir(), "big.json.gz")
	sync(t, move(t, file, site, tableautest.Switches{}))
	before, _ := os.ReadFile(file)
	for _, test := range []struct {
		name   string
		opt    tableautest.Options
		change func(*fetch.Job)
		say    string
	}{
		{name: "Metadata API not found", opt: tableautest.Options{Switches: tableautest.Switches{Metadata: tableautest.MetadataNotFound}}, say: "tsm"},
		{name: "Metadata API off", opt: tableautest.Options{Switches: tableautest.Switches{Metadata: tableautest.MetadataForbidden}}, say: "FEATURE_DISABLED"},
		{name: "too old for it", opt: tableautest.Options{RESTVersion: "3.4"}, say: "2019.3"},
		{name: "older", opt: tableautest.Options{Switches: tableautest.Switches{ServerInfoError: "404003"}}, say: "older than 10.1"},
		{name: "wrong site", change: func(j *fetch.Job) { j.API.Site = "small" }, say: "follows /site/"},
		{name: "wrong secret", change: func(j *fetch.Job) { j.API.Credentials.TokenSecret = "x" }, say: "401001"},
		{
			name: "another domain", opt: tableautest.Options{Switches: tableautest.Switches{RedirectSignIn: "https://elsewhere.example"}},
			say: "redirect_hosts",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.opt.Snapshots = [][]byte{site}
			job := move(t, file, site, tableautest.Switches{})
			job.API.Server = trusttest.Server(t, tableautest.New(test.opt).Serve(t))
			if test.change != nil {
				test.change(&job)
			}
			_, err := fetch.Sync(context.Background(), job)
			if err == nil || !strings.Contains(err.Error(), test.say) || !strings.Contains(err.Error(), ";") {
				t.Errorf("%v", err)
			}
			if after, _ := os.ReadFile(file); !bytes.Equal(before, after) {
				t.Error("the snapshot changed")
			}
		})
	}
}

func TestSyncOverTLS(t *testing.T) {
	site := bigsite.Snapshot(5, 2, 1, 6)
	job := move(t, filepath.Join(t.TempDir(), "big.json.gz"), site, tableautest.Switches{})
	server, certificate := tableautest.New(tableautest.Options{Snapshots: [][]byte{site}}).ServeTLS(t)
	job.API.Server = trusttest.Server(t, server)
	if _, err := fetch.Sync(context.Background(), job); err == nil || !strings.Contains(err.Error(), "ca_file") {
		t.Errorf("a certificate without an authority: %v", err)
	}
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	job.API.Server = trusttest.Want(t, trust.Want{Server: server, CAFile: ca})
	if res := sync(t, job); !res.Written || len(res.Snapshot.Partial) > 0 {
		t.Errorf("%+v", res)
	}
}

func TestSyncAfterRedirect(t *testing.T) {
	site := bigsite.Snapshot(5, 2, 1, 6)
	job := move(t, filepath.Join(t.TempDir(), "big.json.gz"), site, tableautest.Switches{})
	front := tableautest.New(tableautest.Options{Snapshots: [][]byte{site}, Switches: tableautest.Switches{RedirectSignIn: job.API.Server.Address()}})
	job.API.Server = trusttest.Want(t, trust.Want{Server: front.Serve(t), RedirectHosts: []string{strings.TrimPrefix(job.API.Server.Address(), "http://")}})
	if res := sync(t, job); !res.Written || front.Stats().Requests[tableautest.GraphQL] != 0 {
		t.Errorf("written: %t; at the old address: %v", res.Written, front.Stats().Requests)
	}
}

// Each kind of call meets each kind of trouble once, and the snapshot is complete.
func TestTroubleOfEveryKind(t *testing.T) {
	never := make(chan struct{})
	t.Cleanup(func() { close(never) })
	kinds := []tableautest.Kind{
		tableautest.ServerInfo, tableautest.SignIn, tableautest.GraphQL, tableautest.Projects, tableautest.Users, tableautest.Views,
		tableautest.Connections, tableautest.Collections,
	}
	for name, fault := range map[string]tableautest.Fault{
		"slow": tableautest.Stall("", never), "cut off": tableautest.CutOff(""), "empty": tableautest.EmptyBody(""),
		"429": tableautest.TooMany("", ""), "502": tableautest.Gateway("", 502), "504": tableautest.Gateway("", 504),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, example(t, "cloud.json.gz"), tableautest.Options{RESTVersion: "3.28"})
			for _, fault.On = range kinds {
				r.Inject(fault)
			}
			r.reconnect(t, func(cfg *api.Config) { cfg.Timeout = time.Second })
			s, data := r.fetch(t)
			if len(s.Partial) > 0 || contains(s.Notes, "not for this account") {
				t.Errorf("partial: %q, notes: %q", s.Partial, s.Notes)
			}
			checkTruth(t, r, s, data)
		})
	}
}

// Half an hour is too long to wait: the sync ends without asking again, says so, and the
// next one resumes.
func TestSyncMustWaitLong(t *testing.T) {
	site := bigsite.Snapshot(20, 2, 1, 6)
	for _, kind := range []tableautest.Kind{tableautest.GraphQL, tableautest.Views} {
		s := tableautest.New(tableautest.Options{Snapshots: [][]byte{site}})
		job := move(t, filepath.Join(t.TempDir(), "big.json.gz"), site, tableautest.Switches{})
		job.API.Server, job.Options.FirstPage, job.Options.Parallel = trusttest.Server(t, s.Serve(t)), 10, 1
		fault := tableautest.TooMany(kind, "1740")
		if kind == tableautest.GraphQL {
			fault.Skip = 5
		}
		s.Inject(fault)
		_, err := fetch.Sync(context.Background(), job)
		if err == nil || !strings.Contains(err.Error(), "wait and try again; what was fetched is kept") {
			t.Fatalf("%s: %v", kind, err)
		}
		if n := s.Stats().Requests[kind]; n > fault.Skip+1 {
			t.Errorf("%s: %d requests", kind, n)
		}
		if res := sync(t, job); !res.Snapshot.Resumed || !res.Written || len(res.Snapshot.Partial) > 0 {
			t.Errorf("%s, later: resumed %t, partial: %q", kind, res.Snapshot.Resumed, res.Snapshot.Partial)
		}
	}
}

// Oddities of the example sites, and names with special characters of URLs, come
// through a fetch unchanged.
func TestOddContent(t *testing.T) {
	odd := bytes.ReplaceAll(bigsite.Snapshot(2, 2, 1, 3), []byte(`"name":"Dashboard`), []byte(`"name":"A/B #1? ☕🫘 %2F`))
	found := map[string]bool{}
	for _, snapshot := range [][]byte{example(t, "cloud.json.gz"), example(t, "server.json.gz"), odd} {
		r := newRig(t, snapshot, tableautest.Options{})
		_, data := r.fetch(t)
		site := load(t, data)
		projects := map[string]map[string]bool{} // of workbook names
		for _, w := range site.Workbooks {
			if projects[w.Name] == nil {
				projects[w.Name] = map[string]bool{}
			}
			projects[w.Name][w.ContainerLUID] = true
			found["one workbook name in two projects"] = found["one workbook name in two projects"] || len(projects[w.Name]) > 1
		}
		for i, d := range site.Dashboards {
			if want := r.truth.Dashboards[slices.IndexFunc(r.truth.Dashboards, func(o model.Dashboard) bool { return o.ID == d.ID })]; want.Name != d.Name {
				t.Errorf("dashboard %d: %q instead of %q", i, d.Name, want.Name)
			}
			for what, is := range map[string]bool{
				"a hidden one": d.LUID == "" && d.Path == "", "a story": len(d.SheetIDs) == 0, "signs": strings.HasPrefix(d.Name, "A/B #1? ☕🫘 %2F"),
			} {
				found[what] = found[what] || is
			}
		}
	}
	for what, is := range found {
		if !is {
			t.Errorf("%s: none", what)
		}
	}
}

// Collections are asked for from 3.28 on; a server without them adds a note.
func TestCollectionsNotOffered(t *testing.T) {
	r := newRig(t, example(t, "cloud.json.gz"), tableautest.Options{RESTVersion: "3.27"})
	r.fetch(t)
	if n := r.Stats().Requests[tableautest.Collections]; n != 0 {
		t.Errorf("%d requests before 3.28", n)
	}
	r = newRig(t, example(t, "cloud.json.gz"), tableautest.Options{RESTVersion: "3.28"})
	r.Inject(tableautest.Fault{On: tableautest.Collections, Code: "404003", Times: -1})
	r.truth.Collections = nil // not reported, which is not "none"
	if s, data := r.fetch(t); len(s.Partial) > 0 || !contains(s.Notes, "collections") {
		t.Errorf("partial: %q, notes: %q", s.Partial, s.Notes)
	} else {
		checkTruth(t, r, s, data)
	}
}
