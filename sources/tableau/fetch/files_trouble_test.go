package fetch_test

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"testing"

	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
)

// An account that may not download gets one message with the fix; the sync is complete.
func TestRefusedDownloads(t *testing.T) {
	for _, code := range []string{"403004", "404006", "400000", "401002"} {
		t.Run(code, func(t *testing.T) {
			r := downloading(t, goodFiles(t))
			r.opt.Parallel = 1
			r.Inject(tableautest.Fault{On: tableautest.Download, Code: code, Times: -1})
			s, data := r.fetch(t)
			if len(s.Partial) > 0 || s.Downloaded > 0 {
				t.Errorf("%d files, partial %q", s.Downloaded, s.Partial)
			}
			if !contains(s.Notes, `download: 2: published data source "Orders", workbook "Sales" (`) || !contains(s.Notes, code) ||
				!contains(s.Notes, "Download/Save a Copy") {
				t.Errorf("notes: %q", s.Notes)
			}
			want(t, load(t, data), "Used", "no_lineage")
			if n := r.Stats().Requests[tableautest.Download]; code == "401002" && n > 3 {
				t.Errorf("%d tries, each of which may cost the session", n)
			}
		})
	}
}

// Trouble passes or is reported, and the next sync asks again.
func TestTroubleWithDownloads(t *testing.T) {
	for name, fault := range map[string]tableautest.Fault{
		"gateway": tableautest.Gateway(tableautest.Download, 503), "cut off": tableautest.CutOff(tableautest.Download),
		"empty": tableautest.EmptyBody(tableautest.Download), "a page": tableautest.Gateway(tableautest.Download, 200),
		"too many": tableautest.TooMany(tableautest.Download, "0"), "stray 401": tableautest.Unauthorized(tableautest.Download),
	} {
		t.Run(name, func(t *testing.T) {
			r := downloading(t, goodFiles(t))
			r.Inject(fault)
			if s, _ := r.fetch(t); len(s.Partial) > 0 || s.Downloaded != 2 {
				t.Errorf("once: %d files, %q", s.Downloaded, s.Partial)
			}
		})
	}
	for name, fault := range map[string]tableautest.Fault{
		"503": tableautest.Gateway(tableautest.Download, 503), "401": tableautest.Unauthorized(tableautest.Download),
		"204": {Status: 204}, "302": {Status: 302}, "405": {Code: "405000"}, "409": {Code: "409000"}, "410": {Status: 410}, "413": {Status: 413},
	} {
		t.Run(name+" that stays", func(t *testing.T) {
			r := downloading(t, goodFiles(t))
			r.opt.Scratch = filepath.Join(t.TempDir(), "x.partial")
			fault.On, fault.Times = tableautest.Download, -1
			r.Inject(fault)
			s, err := fetch.Fetch(context.Background(), r.client, r.opt)
			if err != nil || !contains(s.Partial, `file of workbook "Sales": cannot download`) || !contains(s.Partial, `published data source "Orders"`) {
				t.Fatalf("%v %q", err, s.Partial)
			}
			if contains(s.Notes, "may not download") {
				t.Errorf("notes: %q", s.Notes)
			}
			if err := s.Done(true); err != nil {
				t.Fatal(err)
			}
			r.Heal()
			if s, _ := r.fetch(t); !s.Resumed || len(s.Partial) > 0 || s.Downloaded != 2 {
				t.Errorf("again: %d files, %q", s.Downloaded, s.Partial)
			}
		})
	}
	r := downloading(t, goodFiles(t))
	r.opt.Parallel = 1
	r.Inject(tableautest.Fault{On: tableautest.Download, Code: "409000"})
	if s, _ := r.fetch(t); s.Downloaded != 1 || len(s.Partial) != 1 {
		t.Errorf("one of two: %d files, %q", s.Downloaded, s.Partial)
	}
	r.Inject(tableautest.TooMany(tableautest.Download, "3600"))
	if s, err := fetch.Fetch(context.Background(), r.client, r.opt); err == nil {
		t.Errorf("too many for an hour: %q", s.Partial)
	}
}

// A plain sync after one with files knows nothing of them: neither their facts, which
// mean nothing without the addresses of data sources, nor who refused them.
func TestPlainSyncAfterDownloads(t *testing.T) {
	files := goodFiles(t)
	files["wl-1"] = tableautest.File{Data: []byte("no workbook")}
	for name, fault := range map[string]tableautest.Fault{
		"come": {}, "refused": {On: tableautest.Download, Code: "403004", Times: -1},
	} {
		r := downloading(t, goodFiles(t))
		r.opt.Download = false
		plain, want := r.fetch(t)
		if name == "come" {
			r = downloading(t, files)
		}
		r.opt.Scratch, r.opt.Download = filepath.Join(t.TempDir(), "x.partial"), true
		r.Inject(fault)
		s, err := fetch.Fetch(context.Background(), r.client, r.opt)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Done(true); err != nil {
			t.Fatal(err)
		}
		r.opt.Download = false
		s, got := r.fetch(t)
		if !s.Resumed || s.Downloaded+s.Kept > 0 || len(s.Partial) > 0 || !slices.Equal(plain.Notes, s.Notes) || !bytes.Equal(want, got) {
			t.Errorf("%s: resumed %t, %d files, partial %q, notes %q", name, s.Resumed, s.Downloaded, s.Partial, s.Notes)
		}
	}
}

// The facts of files are kept when the files cannot be downloaded again.
func TestRefusedFilesThatWereKnown(t *testing.T) {
	for name, fault := range map[string]tableautest.Fault{
		"forbidden": {Code: "403004"}, "no scope": {Code: "401002"}, "no session": {Code: "401000"}, "gone": {Status: 410}, "failing": {Status: 503},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "acme.json.gz")
			j, _ := job(t, file, october, goodFiles(t), true)
			sync(t, j)
			j, s := job(t, file, "2026-11-01T00:00:00Z", goodFiles(t), true)
			fault.On, fault.Times = tableautest.Download, -1
			s.Inject(fault)
			if res := sync(t, j); res.Written || !contains(res.Refused, `file of workbook "Sales"`) || contains(res.Snapshot.Notes, "may not download") {
				t.Errorf("written %t, refused %q, notes %q", res.Written, res.Refused, res.Snapshot.Notes)
			}
		})
	}
}
