package fetch_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
)

// collecting is a rig whose server offers collections of a small site, and what
// the reader should make of them.
func collecting(t *testing.T, sw tableautest.Switches) (*rig, []model.Collection) {
	t.Helper()
	snapshot := bigsite.Snapshot(12, 3, 2, 9)
	site := load(t, snapshot)
	opt := tableautest.Options{RESTVersion: "3.28", Switches: sw}
	var want []model.Collection
	for i := range 5 {
		w, d := &site.Workbooks[i], &site.Dashboards[2*i]
		one := tableautest.Collection{LUID: fmt.Sprintf("c-%d", i), Name: fmt.Sprintf("Collection %d", i), Description: "picked", Owner: "ann"}
		one.Items = []tableautest.CollectionItem{{Type: "workbook", LUID: w.LUID}, {Type: "flow", LUID: "f"}, {Type: "view", LUID: d.LUID}}
		opt.Collections = append([]tableautest.Collection{one}, opt.Collections...)
		want = append(want, model.Collection{
			LUID: one.LUID, Name: one.Name, Description: "picked", Owner: model.User{Name: "ann"},
			WorkbookIDs: []string{w.ID}, DashboardIDs: []string{d.ID},
		})
	}
	return newRig(t, snapshot, opt), want
}

// Whatever the shape and the page size, the same collections come, always in the
// same bytes.
func TestCollections(t *testing.T) {
	for shape := tableautest.CollectionItems; shape <= tableautest.CollectionHits; shape++ {
		for _, page := range []int{0, 1, 2, 5} {
			t.Run(fmt.Sprintf("shape %d, page %d", shape, page), func(t *testing.T) {
				t.Parallel()
				r, want := collecting(t, tableautest.Switches{Collections: shape, CollectionPage: page})
				s, data := r.fetch(t)
				if len(s.Partial) > 0 || contains(s.Notes, "collection") {
					t.Errorf("partial: %q, notes: %q", s.Partial, s.Notes)
				}
				if d := cmp.Diff(want, load(t, data).Collections); d != "" {
					t.Error(d)
				}
				if _, again := r.fetch(t); !bytes.Equal(data, again) {
					t.Error("two runs give different bytes")
				}
			})
		}
	}
}

// A server without collections, or one that refuses them, makes nothing partial;
// the snapshot does not claim that there are none.
func TestNoCollections(t *testing.T) {
	for _, test := range []struct {
		name, version, code, note string
		reported                  bool
	}{
		{"before 3.28", "3.27", "", "", false},
		{"not found", "3.28", "404003", "collections: not for this account", false},
		{"forbidden", "3.28", "403004", "collections: not for this account", false},
		{"unauthorized", "3.28", "401002", "collections: not for this account", false},
		{"none", "3.28", "", "", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, bigsite.Snapshot(3, 1, 1, 3), tableautest.Options{RESTVersion: test.version, Collections: []tableautest.Collection{}})
			if test.code != "" {
				r.Inject(tableautest.Fault{On: tableautest.Collections, Code: test.code, Times: -1})
			}
			s, data := r.fetch(t)
			if len(s.Partial) > 0 || test.note == "" && contains(s.Notes, "collection") || test.note != "" && !contains(s.Notes, test.note) {
				t.Errorf("partial: %q, notes: %q", s.Partial, s.Notes)
			}
			if got := load(t, data).Collections; (got != nil) != test.reported || len(got) > 0 {
				t.Errorf("reported %v", got)
			}
			if test.version == "3.27" && r.Stats().Requests[tableautest.Collections] > 0 {
				t.Error("an older server was asked")
			}
		})
	}
}

// What goes wrong in the middle is reported, and what was fetched is kept.
func TestCollectionsTrouble(t *testing.T) {
	for _, test := range []struct {
		name        string
		sw          tableautest.Switches
		fault       tableautest.Fault
		gap, note   string
		collections int
	}{
		{"pages repeat", tableautest.Switches{CollectionPage: 2, StuckCursor: true}, tableautest.Fault{}, "collections: stopped after 2: the server repeats a page", "", 2},
		{
			"a page is refused",
			tableautest.Switches{CollectionPage: 2},
			tableautest.Fault{On: tableautest.Collections, Code: "400000", Skip: 1, Times: 1},
			"collections: stopped after 2: ", "", 2,
		},
		{
			"what is in one is forbidden",
			tableautest.Switches{},
			tableautest.Fault{On: tableautest.Collections, Code: "403004", Skip: 1, Times: 1},
			"", `not for this account: what is in "Collection `, 5,
		},
		{
			"what is in all is forbidden",
			tableautest.Switches{},
			tableautest.Fault{On: tableautest.Collections, Code: "403004", Skip: 1, Times: -1},
			"", `what is in "Collection 0", "Collection 1", "Collection 2"`, 5,
		},
		{
			"what is in them is a matter of a session that ends",
			tableautest.Switches{},
			tableautest.Fault{On: tableautest.Collections, Code: "401000", Skip: 1, Times: -1},
			"collections: ", "", 5,
		},
		{
			"an odd answer",
			tableautest.Switches{},
			tableautest.Fault{On: tableautest.Collections, Code: "409000", Skip: 1, Times: 1},
			"collections: ", "", 5,
		},
		{
			"the server fails",
			tableautest.Switches{},
			tableautest.Fault{On: tableautest.Collections, Status: 503, Skip: 1, Times: -1},
			"collections: ", "", 5,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r, _ := collecting(t, test.sw)
			if test.fault.On != "" {
				r.Inject(test.fault)
			}
			s, data := r.fetch(t)
			if (test.gap == "") != (len(s.Partial) == 0) || test.gap != "" && !contains(s.Partial, test.gap) {
				t.Errorf("partial: %q", s.Partial)
			}
			if test.note != "" && !contains(s.Notes, test.note) {
				t.Errorf("notes: %q", s.Notes)
			}
			if got := load(t, data).Collections; len(got) != test.collections {
				t.Errorf("%d collections: %v", len(got), got)
			}
		})
	}
}

// A server that refuses more questions in the middle of a collection ends the
// fetch; otherwise half of a collection would pass for all of it.
func TestCollectionsThatEndTheFetch(t *testing.T) {
	for _, skip := range []int{0, 3, 10, 18} { // pages of the list, then of what is in each
		r, _ := collecting(t, tableautest.Switches{CollectionPage: 1})
		r.opt.Parallel = 1
		r.Inject(tableautest.Fault{On: tableautest.Collections, Code: "429000", RetryAfter: "3600", Skip: skip, Times: -1})
		if s, err := fetch.Fetch(context.Background(), r.client, r.opt); err == nil {
			t.Errorf("after %d: partial %q, notes %q", skip, s.Partial, s.Notes)
		}
	}
}
