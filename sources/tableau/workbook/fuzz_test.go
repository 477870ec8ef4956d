package workbook

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"darkroom/sources/tableau/workbooktest"
)

func seeds(f *testing.F, add func([]byte)) {
	for _, pattern := range []string{"testdata/sites/*.t*", "testdata/sites/*/*.t*"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatal("no seeds: ", err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			add(data)
		}
	}
}

// loadFuzzed reads data beside a complete workbook, which must survive.
func loadFuzzed(t *testing.T, name string, data []byte) {
	in := fstest.MapFS{"in/" + name: {Data: data}, "in/whole.twb": {Data: []byte(smallTwb)}}
	sites, err := Load(context.Background(), []string{"in"}, Options{FS: in, MaxBytes: 1 << 22})
	if len(sites) != 1 {
		t.Fatalf("%d sites, error %v", len(sites), err)
	}
	if books := len(sites[0].Workbooks); books == 0 || (err != nil) != (len(sites[0].Partial) > 0) {
		t.Errorf("%d workbooks, error %v, partial %q", books, err, sites[0].Partial)
	}
	checkSite(t, sites[0])
}

func FuzzTwb(f *testing.F) {
	seeds(f, func(data []byte) { f.Add(data) })
	for seed := range uint64(8) { // with fields of every kind
		for _, file := range workbooktest.New(rand.New(rand.NewPCG(seed, 1)), false).Files() {
			f.Add(file.Data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) { loadFuzzed(t, "fuzz.twb", data) })
}

func FuzzTwbx(f *testing.F) {
	seeds(f, func(data []byte) { f.Add(pack(f, member{"A.twb", string(data)})) })
	f.Fuzz(func(t *testing.T, data []byte) {
		loadFuzzed(t, "fuzz.twbx", data)
		loadFuzzed(t, "whole.tdsx", pack(t, member{"A.tds", string(data)}))
	})
}
