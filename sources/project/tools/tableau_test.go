package tools

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"darkroom/sources/tableau"
)

// Workbooks and metadata are distinguished by ending and by what a folder holds; a
// bad workbook beside a good one is reported, not fatal.
func TestTableau(t *testing.T) {
	in := fstest.MapFS{
		"books/a.twb": {Data: []byte("<workbook><dashboards><dashboard name='D'/></dashboards></workbook>")},
		"books/b.twb": {Data: []byte("<workbook>")},
		"bad/b.twb":   {Data: []byte("<workbook>")},
		"meta/a.json": {Data: []byte(`{"data":{"workbooks":[{"id":"1","name":"W","dashboards":[{"id":"2","name":"E"}]}]}}`)},
	}
	for path, want := range map[string]string{"books": "file:a/D", "books/a.twb": "file:a/D", "meta": "2", "meta/a.json": "2"} {
		sites, err := loadTableau(context.Background(), path, tableau.Options{FS: in, Name: "N"})
		if err != nil || len(sites) != 1 || sites[0].Name != "N" || len(sites[0].Dashboards) != 1 || sites[0].Dashboards[0].ID != want {
			t.Errorf("%s: %+v, %v", path, sites, err)
			continue
		}
		if partial := strings.Join(sites[0].Partial, ""); strings.Contains(partial, "left out books/b.twb") != (path == "books") {
			t.Errorf("%s: partial %q", path, partial)
		}
	}
	if sites, err := loadTableau(context.Background(), "bad", tableau.Options{FS: in}); err == nil || sites != nil {
		t.Errorf("%v, %v", sites, err)
	}
}
