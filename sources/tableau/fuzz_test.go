package tableau

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"darkroom/sources/tableau/sitetest"
	"darkroom/sources/tableau/snapshot"
)

func seeds(f *testing.F) {
	files, err := filepath.Glob("testdata/sites/*.json")
	if err != nil {
		f.Fatal(err)
	}
	pages, err := filepath.Glob("testdata/sites/*/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range append(files, pages...) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
}

// loadFuzzed reads text twice as two files of one folder and checks what comes out.
func loadFuzzed(t *testing.T, text string) {
	files := fstest.MapFS{"in/a.json": {Data: []byte(text)}, "in/b.json": {Data: []byte(text)}}
	sites, err := Load(context.Background(), []string{"in"}, Options{FS: files})
	if err != nil {
		if len(sites) != 0 {
			t.Errorf("both sites and error %v", err)
		}
		return
	}
	for _, s := range sites {
		if !strings.Contains(text, "workbook:") { // a made-up id may be taken
			sitetest.Check(t, s)
		}
	}
}

func FuzzSnapshot(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		if !strings.Contains(text, "darkroom-tableau-snapshot/") {
			text = `{"format":"` + snapshot.Format + `","metadata":` + text + `,"rest":` + text + `}`
		}
		if site := streamed(t, "in", []byte(text)); site != nil {
			if diff := cmp.Diff(sitetest.Dump(asDocument(t, "in", []byte(text))), sitetest.Dump(site)); diff != "" {
				t.Errorf("(-document +stream)\n%s", diff)
			}
		}
		loadFuzzed(t, text)
	})
}

func FuzzAnswer(f *testing.F) {
	seeds(f)
	f.Fuzz(loadFuzzed)
}
