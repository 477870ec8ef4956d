package details

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/fetch/ask"
	"darkroom/sources/tableau/fetch/fetchtest"
	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/fetch/plan"
	"darkroom/sources/tableau/fetch/session"
	"darkroom/sources/tableau/snapshot"
)

// sheetDetails asks for the fields of sheets.
func sheetDetails(s *session.Session, paged bool) *detailing {
	query := func() string { return "{list}" }
	return &detailing{Session: s, asker: s.Asker, Details: plan.Details{Member: "fields", Paged: paged, Query: query}, list: &plan.List{Name: "sheets", Type: "Sheet", Words: "sheets"}}
}

// What a server lists but does not return by id is a gap.
func TestDetailsThatDoNotCome(t *testing.T) {
	kept, _, err := pages.Open(filepath.Join(t.TempDir(), "x.partial"), pages.Head{})
	if err != nil {
		t.Fatal(err)
	}
	for came, complete := range map[string]bool{
		`[{"id":"a"},{"id":"b"}]`: true, `[{"id":"a"},{"id":"a"}]`: false,
		`[null,7,[],{},{"id":null},{"id":"b"},{"id":"a"}]`: true, `[{"id":"a"},null]`: false,
	} {
		for _, paged := range []bool{false, true} {
			d := sheetDetails(fetchtest.Session(t, "", kept, []string{"sheets"}, nil), paged)
			came := strings.ReplaceAll(came, `"}`, `","fieldsConnection":{"pageInfo":{"hasNextPage":false}}}`)
			if err := d.take(t.Context(), []string{"a", "b"}, gjson.Parse(came).Array()); err != nil {
				t.Fatal(err)
			}
			if gaps := d.Found.Other().Gaps; (len(gaps) == 0) != complete {
				t.Errorf("%s: %q", came, gaps)
			}
		}
	}
}

// Ids are the server's, whatever is in them.
func TestDetailsOfOddIDs(t *testing.T) {
	for _, id := range []string{"a\x01b", "a\u200bb", `a"b\`, "é\U000E0001"} {
		srv := fetchtest.Answering(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, `{"data":{"list":{"nodes":[]}}}`) })
		d := sheetDetails(fetchtest.Session(t, srv.URL, fetchtest.NoPages(t), []string{"sheets"}, nil), true)
		d.Found.Lists["sheets"].Add(`{"id":` + snapshot.Quote(id) + `}`)
		err := d.one(t.Context(), id, ask.Outcome{}, nil)
		srv.Close()
		if got := d.Found.Lists["sheets"].Entry(id); err != nil || !gjson.Valid(got) || !gjson.Get(got, "fields").IsArray() {
			t.Errorf("%q: %v, %s", id, err, got)
		}
	}
}

// What is asked for by id and does not come is marked, and so is a list of fields
// without a known end.
func TestDetailsThatAreMarked(t *testing.T) {
	d := sheetDetails(fetchtest.Session(t, "", fetchtest.NoPages(t), []string{"sheets"}, nil), true)
	for _, id := range []string{"a", "b", "c"} {
		d.Found.Lists["sheets"].Add(`{"id":"` + id + `"}`)
	}
	came := gjson.Parse(`[{"id":"a","fieldsConnection":{"nodes":[],"pageInfo":{"hasNextPage":false}}},{"id":"b","fieldsConnection":null}]`)
	if err := d.take(context.Background(), []string{"a", "b", "c"}, came.Array()); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"b": "the server does not say where the list ends", "c": "the server did not return it by id"}
	if d := cmp.Diff(want, d.Found.IncompleteObjects("sheets")); d != "" {
		t.Error(d)
	}
}
