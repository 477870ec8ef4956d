package fetch_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
)

// Each behaviour of the server is survived, or reported in Partial.
func TestSwitches(t *testing.T) {
	for _, test := range []struct {
		name    string
		sw      tableautest.Switches
		partial string // part of a sentence; "" is a complete snapshot
	}{
		{"plain", tableautest.Switches{NoGzip: true, Lists: tableautest.BareLists, BooleansAsText: true}, ""},
		{"single objects", tableautest.Switches{Lists: tableautest.SingleObjects}, ""},
		{"version after sign-in", tableautest.Switches{ServerInfoNeedsAuth: true}, ""},
		{"short sessions", tableautest.Switches{SessionCalls: 12}, ""},
		{"low node limit", tableautest.Switches{NodeLimit: 120}, ""},
		{"low node limit, nulls", tableautest.Switches{NodeLimit: 120, NullInNonNull: true}, ""},
		{"time limit", tableautest.Switches{TimeLimitNodes: 150}, ""},
		{"timeout", tableautest.Switches{TimeoutNodes: 200}, ""},
		{"everything at once", tableautest.Switches{
			NodeLimit: 400, NullInNonNull: true, UnstableOrder: true, EmptyPages: true, Duplicates: true, SessionCalls: 17,
		}, ""},
		{"unstable order", tableautest.Switches{UnstableOrder: true}, ""},
		{"empty pages", tableautest.Switches{EmptyPages: true}, ""},
		{"overlapping pages", tableautest.Switches{Duplicates: true}, ""},
		{"silent clamp", tableautest.Switches{SilentClamp: true}, ""},
		{"sensitive filters", tableautest.Switches{SensitiveFilters: true}, ""},
		{"one object over the limit", tableautest.Switches{NodeLimit: 3}, "is incomplete: Showing partial results"},
		{"one object over the time", tableautest.Switches{TimeoutNodes: 3}, "is incomplete: Execution canceled"},
		{"stuck cursor", tableautest.Switches{StuckCursor: true}, "repeats a page"},
		{"backfill", tableautest.Switches{BackfillRunning: true}, "not finished indexing"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, example(t, "server.json.gz"), tableautest.Options{Switches: test.sw})
			r.opt.FirstPage = 20
			s, data := r.fetch(t)
			checkTruth(t, r, s, data)
			if test.partial == "" && len(s.Partial) > 0 {
				t.Errorf("partial: %q", s.Partial)
			}
			if test.partial != "" && !contains(s.Partial, test.partial) {
				t.Errorf("%q is not in %q", test.partial, s.Partial)
			}
		})
	}
}

// checkTruth holds the promise: what is read is true or marked.
func checkTruth(t *testing.T, r *rig, s *fetch.Snapshot, data []byte) {
	t.Helper()
	got := load(t, data)
	if len(s.Partial) > 0 {
		if len(got.Partial) == 0 {
			t.Error("the file does not say that it is partial")
		}
		return
	}
	if d := diff(r.truth, got); d != "" {
		t.Error("silently different; want (-), got (+):\n" + d)
	}
}

// Releases have different fields; what is there comes, and nothing fails.
func TestReleases(t *testing.T) {
	for _, release := range []string{"2019.3", "2021.1", "2022.1", "2022.3", "2023.3", "2025.1"} {
		t.Run(release, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, example(t, "server.json.gz"), tableautest.Options{Release: release, RESTVersion: "3.28"})
			s, data := r.fetch(t)
			if len(s.Partial) > 0 || contains(s.Notes, "collections") {
				t.Errorf("partial: %q, notes: %q", s.Partial, s.Notes)
			}
			got := load(t, data)
			if len(got.Dashboards) != len(r.truth.Dashboards) || len(got.Datasources) != len(r.truth.Datasources) {
				t.Errorf("%d dashboards, %d data sources", len(got.Dashboards), len(got.Datasources))
			}
		})
	}
}

func TestMetadataErrors(t *testing.T) {
	for code, partial := range map[string]string{
		"RATE_EXCEEDED": "", "NODE_LIMIT_EXCEEDED": "", "TIME_LIMIT_EXCEEDED": "", "TIMEOUT": "", "TIME_LIMIT": "", "MAX_PAGE_SIZE_EXCEEDED": "",
		"BACKFILL_RUNNING": "indexing", "LINKED_RESULTS_INCOMPLETE": "LINKED_RESULTS_INCOMPLETE",
		"PERMISSIONS_MODE_SWITCHED": "PERMISSIONS_MODE_SWITCHED", "INHERITANCE_INCOMPLETE": "INHERITANCE_INCOMPLETE",
		"USER_VISIBILITY_IS_LIMITED": "USER_VISIBILITY_IS_LIMITED", "SOMETHING_NEW": "",
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, example(t, "server.json.gz"), tableautest.Options{})
			fault := tableautest.MetadataError(code)
			fault.Skip, fault.Times = 2, 2
			r.Inject(fault)
			s, data := r.fetch(t)
			checkTruth(t, r, s, data)
			if (partial == "") != (len(s.Partial) == 0) || partial != "" && !contains(s.Partial, partial) {
				t.Errorf("partial: %q", s.Partial)
			}
		})
	}
	for _, code := range []string{"FEATURE_DISABLED", "SITE_DISABLED", "ACCESS_DENIED"} {
		r := newRig(t, example(t, "server.json.gz"), tableautest.Options{})
		fault := tableautest.MetadataError(code)
		fault.Times = -1
		r.Inject(fault)
		_, err := fetch.Fetch(context.Background(), r.client, r.opt)
		if err == nil || !strings.Contains(err.Error(), code) || !strings.Contains(err.Error(), ";") {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestHiddenNamesAreCounted(t *testing.T) {
	r := newRig(t, example(t, "server.json.gz"), tableautest.Options{
		Switches: tableautest.Switches{Redact: tableautest.RedactTypes("DatabaseTable")},
	})
	s, data := r.fetch(t)
	if !contains(s.Notes, "tables hide their names") {
		t.Errorf("notes: %q", s.Notes)
	}
	redacted := 0
	for _, table := range load(t, data).Tables {
		if table.Redacted {
			redacted++
		}
	}
	if redacted == 0 {
		t.Error("no table is marked redacted")
	}
}

// The fix depends on what is hidden: Catalog's permissions do not show a dashboard's
// name.
func TestHiddenNamesHaveTheirOwnFix(t *testing.T) {
	r := newRig(t, example(t, "cloud.json.gz"), tableautest.Options{Switches: tableautest.Switches{Redact: func(string, string) bool { return true }}})
	s, _ := r.fetch(t)
	for _, want := range []string{
		"40 of 40 workbooks hide their names: the account may not see them; ask for View on the workbooks and their projects",
		"124 of 124 dashboards hide their names: the account may not see them; ask for View on the workbooks and their projects",
		"published data sources hide their names: the account may not see them; ask for View on the data sources and their projects",
		"tables hide their names: the account lacks the permission to see them, or the site has no Data Management; ask for View on the databases and tables in Catalog",
		"flows hide their names: the account may not see them; ask for View on the flows and their projects",
	} {
		if !contains(s.Notes, want) {
			t.Errorf("%q is not in %q", want, s.Notes)
		}
	}
}

// Refusals of REST lists are reported as notes: the lineage is complete without them.
func TestRESTRefusals(t *testing.T) {
	r := newRig(t, example(t, "cloud.json.gz"), tableautest.Options{RESTVersion: "3.28"})
	for _, kind := range []tableautest.Kind{tableautest.Users, tableautest.Views, tableautest.Connections, tableautest.Collections} {
		r.Inject(tableautest.Fault{On: kind, Code: "403004", Times: -1})
	}
	r.Inject(tableautest.Fault{On: tableautest.Projects, Status: 503, Times: -1})
	s, _ := r.fetch(t)
	for _, part := range []string{"users", "usage of views", "collections"} {
		if !contains(s.Notes, part) {
			t.Errorf("no note of %s: %q", part, s.Notes)
		}
	}
	if len(s.Partial) != 1 || !contains(s.Partial, "projects") {
		t.Errorf("partial: %q", s.Partial)
	}
}

// A list that is refused in the middle is there in part, and says so.
func TestRESTListRefusedInTheMiddle(t *testing.T) {
	r := newRig(t, bigsite.Snapshot(600, 2, 1, 6), tableautest.Options{})
	r.Inject(tableautest.Fault{On: tableautest.Views, Code: "400000", Skip: 1, Times: -1})
	if s, _ := r.fetch(t); !contains(s.Partial, "usage of views: stopped after 1000 of 1200") {
		t.Errorf("partial %q, notes %q", s.Partial, s.Notes)
	}
}

// An odd answer to one question is a gap, whatever the others are.
func TestOddAnswers(t *testing.T) {
	for _, kind := range []tableautest.Kind{tableautest.Users, tableautest.Connections, tableautest.Collections} {
		for _, status := range []int{http.StatusNoContent, http.StatusFound, http.StatusMethodNotAllowed, http.StatusConflict, http.StatusGone} {
			r := newRig(t, []byte(mute), tableautest.Options{RESTVersion: "3.28"})
			r.Inject(tableautest.Fault{On: kind, Status: status, Times: -1})
			if s, err := fetch.Fetch(context.Background(), r.client, r.opt); err != nil || len(s.Partial) == 0 {
				t.Errorf("%s, status %d: %v", kind, status, err)
			}
		}
	}
}

// A client that cannot sign in again stops, and loses nothing.
func TestSessionThatCannotBeRenewed(t *testing.T) {
	for _, kind := range []tableautest.Kind{tableautest.Users, tableautest.Download} {
		for _, code := range []string{"401001", "403000"} {
			r := downloading(t, goodFiles(t))
			r.Inject(
				tableautest.Fault{On: kind, Code: "401000", Times: -1},
				tableautest.Fault{On: tableautest.SignIn, Code: code, Skip: 1, Times: -1},
			)
			if s, err := fetch.Fetch(context.Background(), r.client, r.opt); err == nil || !strings.Contains(err.Error(), "cannot sign in") {
				t.Errorf("%s, %s: %v, partial %q", kind, code, err, s.Partial)
			}
		}
	}
}

// A 401 that stays is trouble with the session, not a refusal: what is missing
// because of it is reported in the snapshot.
func TestSessionTroubleIsNotARefusal(t *testing.T) {
	for kind, words := range map[tableautest.Kind]string{
		tableautest.Users: "users", tableautest.Views: "usage of views", tableautest.Connections: "connections of workbooks",
		tableautest.Collections: "collections", tableautest.Projects: "projects",
	} {
		r := newRig(t, []byte(mute), tableautest.Options{RESTVersion: "3.28"})
		r.Inject(tableautest.Fault{On: kind, Code: "401000", Times: -1})
		if s, _ := r.fetch(t); !contains(s.Partial, words+": ") {
			t.Errorf("%s: partial: %q, notes: %q", kind, s.Partial, s.Notes)
		}
	}
}

// A server may put an empty page before the objects that were asked for by id.
func TestDetailsAreNotLeftOut(t *testing.T) {
	r := newRig(t, bigsite.Snapshot(12, 1, 1, 3), tableautest.Options{})
	_, want := r.fetch(t)
	r.Set(func(sw *tableautest.Switches) { sw.EmptyPages = true })
	if s, got := r.fetch(t); len(s.Partial) > 0 || !bytes.Equal(got, want) {
		t.Errorf("empty pages: %q\n%s", s.Partial, cmp.Diff(string(plain(t, want)), string(plain(t, got))))
	}
}

// A fetch that ends early resumes where it stopped and gives the same bytes.
func TestResume(t *testing.T) {
	r := newRig(t, example(t, "cloud.json.gz"), tableautest.Options{})
	_, want := r.fetch(t)
	whole := r.Stats().Requests[tableautest.GraphQL]
	scratch := filepath.Join(t.TempDir(), "site.json.gz.partial")
	r.opt.Scratch, r.opt.FirstPage, r.opt.Parallel = scratch, 20, 1
	ended := 0
	for steps := 15; ; steps += 5 {
		ctx, cancel := context.WithCancel(context.Background())
		n := 0
		r.opt.Progress = func(fetch.Progress) {
			if n++; n > steps {
				cancel()
			}
		}
		before := r.Stats().Requests[tableautest.GraphQL]
		s, err := fetch.Fetch(ctx, r.client, r.opt)
		cancel()
		if errors.Is(err, context.Canceled) {
			if ended++; ended > 200 {
				t.Fatal("no progress")
			}
			if ended == 3 { // a crash in the middle of a line
				data, _ := os.ReadFile(scratch)
				if err := os.WriteFile(scratch, data[:len(data)-7], 0o600); err != nil {
					t.Fatal(err)
				}
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := s.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		if !s.Resumed || ended < 3 || r.Stats().Requests[tableautest.GraphQL]-before > whole/2 {
			t.Errorf("resumed %t after %d ends with %d requests", s.Resumed, ended, r.Stats().Requests[tableautest.GraphQL]-before)
		}
		if !bytes.Equal(b.Bytes(), want) {
			t.Error("resumed differs from whole:\n" + diff(r.truth, load(t, b.Bytes())))
		}
		if err := s.Done(false); err != nil {
			t.Error(err)
		}
		left, _ := filepath.Glob(filepath.Dir(scratch) + "/*")
		if len(left) > 0 {
			t.Errorf("left behind: %q", left)
		}
		return
	}
}

// What went wrong before an interruption and is asked for again leaves no trace.
func TestResumeForgetsWhatWasFixedSince(t *testing.T) {
	for name, fault := range map[string]tableautest.Fault{
		"collections":           {On: tableautest.Collections, Status: 503, Times: 6},
		"a collection":          {On: tableautest.Collections, Status: 503, Skip: 1, Times: 6},
		"refused collections":   {On: tableautest.Collections, Code: "403004", Skip: 1, Times: -1},
		"users":                 {On: tableautest.Users, Status: 503, Times: 6},
		"refused users":         {On: tableautest.Users, Code: "403004", Times: -1},
		"refused projects":      {On: tableautest.Projects, Code: "403004", Times: -1},
		"views, after one page": {On: tableautest.Views, Code: "400000", Skip: 1, Times: -1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, example(t, "cloud.json.gz"), tableautest.Options{RESTVersion: "3.28"})
			_, want := r.fetch(t)
			r.opt.Scratch = filepath.Join(t.TempDir(), "x.partial")
			r.Inject(fault)
			ctx, cancel := context.WithCancel(context.Background())
			r.opt.Progress = func(p fetch.Progress) {
				if strings.HasPrefix(p.Stage, "fields of") {
					cancel()
				}
			}
			if _, err := fetch.Fetch(ctx, r.client, r.opt); err == nil {
				t.Fatal("not interrupted")
			}
			r.opt.Progress = nil
			r.Heal()
			if s, got := r.fetch(t); !s.Resumed || len(s.Partial) > 0 || contains(s.Notes, "not for this account") || !bytes.Equal(want, got) {
				t.Errorf("resumed %t, partial %q, notes %q", s.Resumed, s.Partial, s.Notes)
			}
		})
	}
}

func TestTwoAtOnce(t *testing.T) {
	r := newRig(t, example(t, "server.json.gz"), tableautest.Options{})
	r.opt.Scratch = filepath.Join(t.TempDir(), "x.partial")
	s, err := fetch.Fetch(context.Background(), r.client, r.opt)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fetch.Fetch(context.Background(), r.client, r.opt); err == nil || !strings.Contains(err.Error(), "another darkroom sync") {
		t.Error(err)
	}
	if err := s.Done(true); err != nil {
		t.Error(err)
	}
}
