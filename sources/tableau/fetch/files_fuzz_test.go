package fetch

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"darkroom/sources/tableau"
)

// Any file is read or told, and what was kept of it comes back from a snapshot as
// it was.
func FuzzFile(f *testing.F) {
	names, err := filepath.Glob("../workbook/testdata/sites/*.twb")
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
		w := tableau.Want{Kind: "datasources", LUID: "l", Name: "n\x1b", UpdatedAt: "2026-10-01T00:00:00Z"}
		if workbook {
			w.Kind = "workbooks"
		}
		file, err := readFile(context.Background(), w, data, true)
		if err != nil {
			if text := err.Error(); !utf8.ValidString(text) {
				t.Errorf("%q", text)
			}
			return
		}
		want := tableau.Files{Datasources: map[string]tableau.File{"l": file}}
		if workbook {
			want = tableau.Files{Workbooks: map[string]tableau.File{"l": file}}
		}
		snapshot := `{"format":"` + tableau.SnapshotFormat + `","metadata":{},"files":{"` + w.Kind + `":{"L":` + factsText(file) + `}}}`
		got, err := tableau.LoadKept(context.Background(), "x", tableau.Options{FS: inMemory{[]byte(snapshot)}})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got.Files); d != "" {
			t.Error("want (-), got (+):\n" + d)
		}
	})
}
