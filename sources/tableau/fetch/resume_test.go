package fetch_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
)

// door is one address behind which the server can change.
func (r *rig) door(t *testing.T) (swap func(*tableautest.Server)) {
	t.Helper()
	var now atomic.Pointer[tableautest.Server]
	now.Store(r.Server)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) { now.Load().ServeHTTP(w, req) }))
	t.Cleanup(srv.Close)
	r.connect(t, srv.URL)
	return func(s *tableautest.Server) {
		now.Store(s)
		r.reconnect(t, func(*api.Config) {})
	}
}

// interrupted leaves the pages of a fetch that ended early.
func interrupted(t *testing.T, r *rig) {
	t.Helper()
	r.opt.Scratch, r.opt.FirstPage, r.opt.Parallel = filepath.Join(t.TempDir(), "s.partial"), 20, 1
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	r.opt.Progress = func(fetch.Progress) {
		if n++; n > 12 {
			cancel()
		}
	}
	if _, err := fetch.Fetch(ctx, r.client, r.opt); err == nil {
		t.Fatal("was not interrupted")
	}
	r.opt.Progress = nil
}

// Pages are only resumed where the same user asks the same questions of the same site:
// another user may see something different.
func TestResumeIsForTheSame(t *testing.T) {
	for name, test := range map[string]struct {
		change  func(*tableautest.Options)
		resumes bool
	}{
		"the same":        {func(*tableautest.Options) {}, true},
		"another user":    {func(o *tableautest.Options) { o.PATs[0].Username = "somebody-else" }, false},
		"another version": {func(o *tableautest.Options) { o.RESTVersion = "3.24" }, false},
		"another release": {func(o *tableautest.Options) { o.Release = "2021.1" }, false},
	} {
		t.Run(name, func(t *testing.T) {
			options := func() tableautest.Options {
				return tableautest.Options{
					RESTVersion: "3.23", Release: "2024.1", Users: []tableautest.User{{Name: "ann"}, {Name: "somebody-else"}},
					PATs: []tableautest.PAT{{Name: tableautest.DefaultPATName, Secret: tableautest.DefaultPATSecret, Username: "ann"}},
				}
			}
			r := newRig(t, example(t, "cloud.json.gz"), options())
			swap := r.door(t)
			interrupted(t, r)
			opt := options()
			test.change(&opt)
			opt.Snapshots = [][]byte{example(t, "cloud.json.gz")}
			swap(tableautest.New(opt))
			s, _ := r.fetch(t)
			if s.Resumed != test.resumes {
				t.Errorf("resumed: %t", s.Resumed)
			}
		})
	}
}

// A limit that lasts ends the fetch and keeps the pages, as a 429 does: asking for
// less at a time would be asking more often.
func TestRateThatLasts(t *testing.T) {
	r := newRig(t, example(t, "cloud.json.gz"), tableautest.Options{RESTVersion: "3.28"})
	swap := r.door(t)
	r.opt.Scratch = filepath.Join(t.TempDir(), "s.partial")
	limit := tableautest.MetadataError("RATE_EXCEEDED")
	limit.Skip, limit.Times = 4, -1
	r.Inject(limit)
	if _, err := fetch.Fetch(context.Background(), r.client, r.opt); err == nil || !strings.Contains(err.Error(), "RATE_EXCEEDED") || !strings.Contains(err.Error(), "what was fetched is kept") {
		t.Fatalf("%v", err)
	}
	swap(newRig(t, example(t, "cloud.json.gz"), tableautest.Options{RESTVersion: "3.28"}).Server)
	if s, data := r.fetch(t); !s.Resumed || len(s.Partial) > 0 {
		t.Errorf("resumed %t, partial %q", s.Resumed, s.Partial)
	} else {
		checkTruth(t, r, s, data)
	}
}

// A server that is down ends the fetch instead of being asked for ever less, and
// nothing of the outage is in what comes after it.
func TestOutage(t *testing.T) {
	r := newRig(t, example(t, "cloud.json.gz"), tableautest.Options{RESTVersion: "3.28"})
	swap := r.door(t)
	r.opt.Scratch, r.opt.FirstPage = filepath.Join(t.TempDir(), "s.partial"), 20
	down := tableautest.Gateway(tableautest.GraphQL, 502)
	down.Skip, down.Times = 9, -1
	r.Inject(down)
	_, err := fetch.Fetch(context.Background(), r.client, r.opt)
	if err == nil || !strings.Contains(err.Error(), "502") || !strings.Contains(err.Error(), "what was fetched is kept") {
		t.Fatalf("%v", err)
	}
	if n := r.Stats().Requests[tableautest.GraphQL]; n > 150 {
		t.Errorf("asked %d times", n)
	}
	swap(newRig(t, example(t, "cloud.json.gz"), tableautest.Options{RESTVersion: "3.28"}).Server)
	s, data := r.fetch(t)
	if !s.Resumed || len(s.Partial) > 0 {
		t.Errorf("resumed %t, partial %q", s.Resumed, s.Partial)
	}
	checkTruth(t, r, s, data)
}
