package gathered

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/fetch/ask"
	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/snapshot"
)

func noPages(t *testing.T) *pages.File {
	t.Helper()
	f, _, err := pages.Open("", pages.Head{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// What an answer doubts is marked: the object at the place, or all that were asked for.
func TestDoubtfulIsMarked(t *testing.T) {
	f := New(nil, nil, noPages(t), false, nil)
	nodes := gjson.Parse(`[{"id":"a"},{"id":"b"},null]`)
	f.Doubtful("sheets", nodes, []ask.Doubt{{At: 1, Why: "one"}})
	f.Doubtful("flows", nodes, []ask.Doubt{{At: -1, Why: "all"}}, "asked")
	f.Incomplete("dashboards", "without an id", "")
	f.Incomplete("dashboards", "later")
	want := `{"lists":{"dashboards":"without an id"},"flows":{"a":"all","asked":"all","b":"all"},"sheets":{"b":"one"}}`
	if got := incompleteOf(t, snapshot.Document{Incomplete: f.Other().Incomplete}); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got := incompleteOf(t, snapshot.Document{}); got != "" {
		t.Errorf("a complete snapshot says %s", got)
	}
}

func incompleteOf(t *testing.T, s snapshot.Document) string {
	t.Helper()
	var b strings.Builder
	if err := s.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	if !json.Valid([]byte(b.String())) {
		t.Fatal(b.String())
	}
	return strings.ReplaceAll(gjson.Get(b.String(), "incomplete").Raw, "\n", "")
}

// A mark that is kept comes back with the pages of an interrupted fetch.
func TestMarksAreKept(t *testing.T) {
	path := t.TempDir() + "/x.partial"
	s, _, err := pages.Open(path, pages.Head{Fingerprint: "f"})
	if err != nil {
		t.Fatal(err)
	}
	f := New(nil, nil, s, false, nil)
	f.Incomplete("sheets", "too much", "a")
	f.IncompleteForNow("flows", "stopped")
	if err := s.Close(true); err != nil {
		t.Fatal(err)
	}
	s, records, err := pages.Open(path, pages.Head{Fingerprint: "f"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close(false) }()
	later := New(nil, nil, s, false, nil)
	count := 0
	for r := range records {
		later.Apply(r)
		count++
	}
	if count != 1 || later.IncompleteObjects("sheets")["a"] != "too much" {
		t.Errorf("%d records, %v", count, later.IncompleteObjects("sheets"))
	}
}
