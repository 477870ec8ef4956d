package tableau

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/sources/tableau/document"
	"darkroom/sources/tableau/sitetest"
)

// streamed reads a snapshot as a stream; nil when it has to be read as a document.
func streamed(t *testing.T, file string, data []byte) *model.Site {
	t.Helper()
	s, err := document.StreamBytes(t.Context(), data)
	if err != nil {
		return nil
	}
	site, _, _ := Options{}.stream(t.Context(), s, file)
	return site
}

// asDocument reads a snapshot as a document; nil when it is none.
func asDocument(t *testing.T, file string, data []byte) *model.Site {
	t.Helper()
	doc, err := document.Read(t.Context(), file, data)
	if err != nil {
		return nil
	}
	site, _, _ := Options{}.readSnapshot(context.Background(), doc)
	return site
}

// A snapshot that can be read as a stream is the same site as when it is read as a document.
func TestStreamedSnapshots(t *testing.T) {
	files, err := filepath.Glob("testdata/sites/*.json")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		site := streamed(t, file, data)
		if site == nil {
			continue
		}
		count++
		if diff := cmp.Diff(sitetest.Dump(asDocument(t, file, data)), sitetest.Dump(site)); diff != "" {
			t.Errorf("%s (-document +stream)\n%s", file, diff)
		}
	}
	if count < 4 {
		t.Errorf("only %d of %d files can be read as a stream", count, len(files))
	}
	if streamed(t, "big", bigSnapshot()) == nil {
		t.Error("a snapshot as darkroom writes it has to be read as a document")
	}
}

// Reading a snapshot takes little more memory than the site keeps.
func TestReadingASnapshotMakesLittleGarbage(t *testing.T) {
	data := bigSnapshot()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	site := streamed(t, "big", data)
	runtime.ReadMemStats(&after)
	objects := len(site.Workbooks) + len(site.Dashboards) + len(site.Sheets) + len(site.Datasources) + len(site.Tables)
	allocated := int(after.TotalAlloc - before.TotalAlloc)
	t.Logf("%d bytes for each of %d objects", allocated/objects, objects)
	if allocated > 1000*objects {
		t.Errorf("%d bytes are allocated for %d objects", allocated, objects)
	}
}
