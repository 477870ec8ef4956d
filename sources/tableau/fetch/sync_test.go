package fetch_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/sources/trust/trusttest"
)

// move is a job against a server that can be replaced under it.
func move(t *testing.T, file string, snapshot []byte, sw tableautest.Switches) fetch.Job {
	t.Helper()
	s := tableautest.New(tableautest.Options{Snapshots: [][]byte{snapshot}, Switches: sw})
	return fetch.Job{
		File:    file,
		Options: fetch.Options{Server: "https://tableau.example.com", ContentURL: "big"},
		API: api.Config{
			Server: trusttest.Server(t, s.Serve(t)), Site: "big", WaitMin: time.Millisecond, WaitMax: 2 * time.Millisecond,
			Credentials: api.Credentials{TokenName: tableautest.DefaultPATName, TokenSecret: tableautest.DefaultPATSecret},
		},
	}
}

func sync(t *testing.T, job fetch.Job) fetch.Result {
	t.Helper()
	res, err := fetch.Sync(context.Background(), job)
	if err != nil {
		t.Fatal(err)
	}
	left, _ := filepath.Glob(job.File + ".*")
	if len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	return res
}

func TestSyncKeepsWhatIsBetter(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new", "big.json.gz")
	large, small := bigsite.Snapshot(20, 2, 1, 6), bigsite.Snapshot(10, 2, 1, 6)
	if res := sync(t, move(t, file, large, tableautest.Switches{})); !res.First || !res.Written || len(res.Diff.New) != 40 {
		t.Fatalf("first: %+v", res)
	}
	before, _ := os.ReadFile(file)

	dry := move(t, file, bigsite.Snapshot(21, 2, 1, 6), tableautest.Switches{})
	dry.DryRun = true
	if res := sync(t, dry); res.Written || len(res.Diff.New) != 2 {
		t.Errorf("dry: %+v", res.Diff)
	}
	for name, job := range map[string]fetch.Job{
		"half of it": move(t, file, small, tableautest.Switches{}),
		"partial":    move(t, file, large, tableautest.Switches{BackfillRunning: true}),
	} {
		if res := sync(t, job); res.Written || len(res.Refused) == 0 {
			t.Errorf("%s: %+v", name, res.Refused)
		}
		if after, _ := os.ReadFile(file); !bytes.Equal(before, after) {
			t.Fatalf("%s replaced the snapshot", name)
		}
	}
	job := move(t, file, small, tableautest.Switches{})
	job.AcceptSmaller = true
	if res := sync(t, job); !res.Written || len(res.Diff.Gone) != 20 {
		t.Errorf("accepted: %t, %d gone", res.Written, len(res.Diff.Gone))
	}
	if err := os.WriteFile(file, []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	if res := sync(t, job); !res.First || !res.Written {
		t.Errorf("a damaged snapshot: %+v", res)
	}
}

func TestSyncThatEndsKeepsItsPages(t *testing.T) {
	file := filepath.Join(t.TempDir(), "big.json.gz")
	job := move(t, file, bigsite.Snapshot(20, 2, 1, 6), tableautest.Switches{})
	ctx, cancel := context.WithCancel(context.Background())
	job.Options.Parallel = 1
	job.Options.Progress = func(p fetch.Progress) {
		if p.Stage == "sheets" {
			cancel()
		}
	}
	if _, err := fetch.Sync(ctx, job); err == nil {
		t.Fatal("was not cancelled")
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("a snapshot was written")
	}
	pages, err := os.ReadFile(file + ".partial")
	if err != nil || !strings.Contains(string(pages), "Workbook 1") || strings.Contains(string(pages), tableautest.DefaultPATSecret) {
		t.Errorf("pages: %d bytes, %v", len(pages), err)
	}
	job.Options.Progress = nil
	if res := sync(t, job); !res.Snapshot.Resumed || len(res.Diff.New) != 40 {
		t.Errorf("not resumed: %+v", res)
	}
}

// A refusal adds a note where nothing was known, and never removes what was known.
func TestRefusedAfterItWasKnown(t *testing.T) {
	snapshot := bigsite.Snapshot(12, 3, 2, 9)
	site := load(t, snapshot)
	opt := tableautest.Options{RESTVersion: "3.28", Snapshots: [][]byte{snapshot, []byte(mute)}}
	for _, name := range []string{"c0", "c1", "c2"} {
		opt.Collections = append(opt.Collections, tableautest.Collection{
			LUID: name, Name: name, Items: []tableautest.CollectionItem{{Type: "workbook", LUID: site.Workbooks[0].LUID}},
		})
	}
	job := move(t, "", snapshot, tableautest.Switches{})
	server := tableautest.New(opt)
	job.API.Server = trusttest.Server(t, server.Serve(t))
	for name, fault := range map[string]tableautest.Fault{
		"collections": {On: tableautest.Collections}, "what is in collections": {On: tableautest.Collections, Skip: 1},
		"connections of workbooks": {On: tableautest.Connections}, "usage of views": {On: tableautest.Views}, "users": {On: tableautest.Users},
	} {
		fault.Code, fault.Times = "403004", -1
		job.File = filepath.Join(t.TempDir(), "big.json.gz")
		for _, round := range []string{"first", "again"} {
			server.Inject(fault)
			if res := sync(t, job); !res.Written || len(res.Snapshot.Partial) > 0 || !contains(res.Snapshot.Notes, "not for this account") {
				t.Errorf("%s, %s: refused %q, notes %q", name, round, res.Refused, res.Snapshot.Notes)
			}
			server.Heal()
		}
		if res := sync(t, job); !res.Written || contains(res.Snapshot.Notes, "not for this account") {
			t.Fatalf("%s: refused %q, notes %q", name, res.Refused, res.Snapshot.Notes)
		}
		server.Inject(fault)
		if res := sync(t, job); res.Written || !contains(res.Refused, "not for this account") {
			t.Errorf("%s, known before: written, partial %q, notes %q", name, res.Snapshot.Partial, res.Snapshot.Notes)
		}
		server.Heal()
	}
}
