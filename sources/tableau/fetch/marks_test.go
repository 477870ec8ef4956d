package fetch

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
)

// What is asked for by id and does not come is marked, and so is a list of fields
// of which the end is not told.
func TestDetailsThatAreMarked(t *testing.T) {
	f := &fetcher{lists: map[string]*list{"sheets": newList()}, scratch: &scratch{}}
	for _, id := range []string{"a", "b", "c"} {
		f.lists["sheets"].add(`{"id":"` + id + `"}`)
	}
	d := &detailing{fetcher: f, st: &stage{list: "sheets", words: "sheets"}, sel: selection{{name: "fields"}}, paged: true}
	came := gjson.Parse(`[{"id":"a","fieldsConnection":{"nodes":[],"pageInfo":{"hasNextPage":false}}},{"id":"b","fieldsConnection":null}]`)
	if err := d.take(context.Background(), []string{"a", "b", "c"}, came.Array()); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"b": "the server tells no end of the list", "c": "what was asked for by id did not come"}
	if d := cmp.Diff(want, f.marks.of("sheets")); d != "" {
		t.Error(d)
	}
}

// A null in the place of something that cannot be null concerns the object that it
// stands in, and an owner is nothing to lineage.
func TestDoubtOf(t *testing.T) {
	const code = "NullValueInNonNullableField"
	for path, want := range map[string]int{
		`["list","nodes",1,"sheets",0]`: 1, `["list","nodes",1,"owner"]`: -2, `["list","nodes"]`: -1, `null`: -1,
	} {
		got := -2
		d, is := doubtOf(api.Problem{Code: code, Path: gjson.Parse(path).Array()})
		if is {
			got = d.at
		}
		if got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	f := &fetcher{scratch: &scratch{}}
	nodes := gjson.Parse(`[{"id":"a"},{"id":"b"},null]`)
	f.doubted("sheets", nodes, []doubt{{1, "one"}})
	f.doubted("flows", nodes, []doubt{{-1, "all"}}, "asked")
	f.cutOff("dashboards", "without an id", "")
	f.cutOff("dashboards", "later")
	want := `{"lists":{"dashboards":"without an id"},"flows":{"a":"all","asked":"all","b":"all"},"sheets":{"b":"one"}}`
	if got := incompleteOf(t, &Snapshot{incomplete: f.marks.members()}); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got := incompleteOf(t, &Snapshot{}); got != "" {
		t.Errorf("a whole snapshot says %s", got)
	}
}

func incompleteOf(t *testing.T, s *Snapshot) string {
	t.Helper()
	var b strings.Builder
	if err := s.writeText(&b); err != nil {
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
	s, _, err := openScratch(path, head{Fingerprint: "f"})
	if err != nil {
		t.Fatal(err)
	}
	f := &fetcher{scratch: s}
	f.cutOff("sheets", "too much", "a")
	f.cutForNow("flows", "stopped")
	if err := s.close(true); err != nil {
		t.Fatal(err)
	}
	s, records, err := openScratch(path, head{Fingerprint: "f"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.close(false) }()
	later := &fetcher{scratch: s}
	for _, r := range records {
		later.apply(r)
	}
	if len(records) != 1 || later.marks.of("sheets")["a"] != "too much" {
		t.Errorf("%+v", records)
	}
}
