package files

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"darkroom/sources/tableau"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/joinfiles"
	"darkroom/sources/tableau/snapshot"
)

// Any file is read or refused with a reason, and what was kept of it comes back from a snapshot as
// it was.
func FuzzFile(f *testing.F) {
	names, err := filepath.Glob("../../workbook/testdata/sites/*.twb")
	if err != nil || len(names) == 0 {
		f.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, true)
	}
	f.Add([]byte(`<datasource><connection class='sqlproxy' dbname='Orders_1' server-ds-friendly-name='Orders' /></datasource>`), false)
	f.Add([]byte("PK\x03\x04"), true)
	f.Fuzz(func(t *testing.T, data []byte, workbook bool) {
		w := joinfiles.Want{Kind: "datasources", LUID: "l", Name: "n\x1b", UpdatedAt: "2026-10-01T00:00:00Z"}
		if workbook {
			w.Kind = "workbooks"
		}
		file, err := readFacts(context.Background(), w, data, optional{layout: true, columns: true})
		if err != nil {
			if text := err.Error(); !utf8.ValidString(text) {
				t.Errorf("%q", text)
			}
			return
		}
		want := snapshot.Files{Datasources: map[string]snapshot.File{"l": file}}
		if workbook {
			want = snapshot.Files{Workbooks: map[string]snapshot.File{"l": file}}
		}
		text := `{"format":"` + snapshot.Format + `","metadata":{"workbooks":[]},"files":{"` + w.Kind + `":{"L":` + gathered.FactsText(file) + `}}}`
		_, got, err := tableau.Read(context.Background(), "x", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got.Files); d != "" {
			t.Error("want (-), got (+):\n" + d)
		}
	})
}
