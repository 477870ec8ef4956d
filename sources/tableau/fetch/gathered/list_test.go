package gathered

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/sources/tableau/fetch/pages"
)

// What a list has does not depend on pages being kept, nor on being left by an interrupted
// fetch; with pages its texts are there alone.
func TestTextsStayInPages(t *testing.T) {
	page := func(nodes ...string) pages.Record {
		return pages.Record{List: "sheets", Nodes: pages.Raw(nodes), Total: 3}
	}
	records := []pages.Record{
		page(`{"id":"b","name":"one"}`, `{"name":"without id"}`, `{"id":"a"}`),
		page(`{"id":"a","name":"richer"}`, `{"id":"b"}`, `{"id":"c","name":"two"}`),
		{List: "sheets", Nodes: pages.Raw([]string{`{"fields":[],"id":"c"}`}), Detail: []string{"c"}, Total: -1},
		page(`{"id":"d"}`),
	}
	want := []string{`{"id":"b","name":"one"}`, `{"id":"a","name":"richer"}`, `{"fields":[],"id":"c","name":"two"}`, `{"id":"d"}`}
	check := func(kept *pages.File, apply func(*Site)) {
		t.Helper()
		s := New([]string{"sheets"}, nil, kept, false, nil)
		apply(s)
		l := s.Lists["sheets"]
		if diff := cmp.Diff(want, slices.Collect(l.Entries)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		sorted := slices.Collect(l.Sorted)
		if len(sorted) != 4 || sorted[0] != want[1] || sorted[1] != want[0] || l.Entry("c") != want[2] || l.Entry("x") != "{}" || !l.Detailed["c"] {
			t.Errorf("sorted: %q", sorted)
		}
		for i, e := range l.entries {
			if inMemory := e.text != ""; (kept != nil && i != 2) == inMemory {
				t.Errorf("%s is in memory: %v", want[i], inMemory)
			}
		}
	}
	keep := func(s *Site) {
		for _, r := range records {
			if err := s.Keep(r); err != nil {
				t.Fatal(err)
			}
		}
	}
	check(nil, func(s *Site) {
		for _, r := range records {
			s.Apply(r)
		}
	})
	path := filepath.Join(t.TempDir(), "x.partial")
	kept, _, err := pages.Open(path, pages.Head{})
	if err != nil {
		t.Fatal(err)
	}
	check(kept, keep)
	if err := kept.Close(true); err != nil {
		t.Fatal(err)
	}
	kept, left, err := pages.Open(path, pages.Head{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = kept.Close(false) }()
	check(kept, func(s *Site) {
		for r := range left {
			s.Apply(r)
		}
	})
}
