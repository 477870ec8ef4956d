package tableau

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/sources/tableau/document"
	"darkroom/sources/tableau/sitetest"
)

var update = flag.Bool("update", false, "write the golden files again")

// Every file or folder in testdata/sites is one site.
func TestSites(t *testing.T) {
	load := func(path string) ([]*model.Site, error) { return Load(t.Context(), []string{path}, Options{}) }
	sitetest.Goldens(t, *update, load, document.BaseName, sitetest.Check)
}

func pack(t testing.TB, text []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Gzip is recognized by its first bytes, whatever the name; a byte order mark is
// skipped; FS serves instead of the operating system.
func TestEncodings(t *testing.T) {
	plain, err := os.ReadFile("testdata/sites/snapshot.json")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{
		"plain.json.gz": {Data: plain},
		"packed.json":   {Data: pack(t, plain)},
		"bom.json":      {Data: append([]byte("\ufeff\r\n"), plain...)},
	}
	sites, err := Load(context.Background(), []string{"."}, Options{FS: files})
	if err != nil || len(sites) != 3 {
		t.Fatalf("%d sites, error %v", len(sites), err)
	}
	for _, s := range sites[1:] {
		if diff := cmp.Diff(sitetest.Dump(sites[0]), sitetest.Dump(s)); diff != "" {
			t.Errorf("%s: %s", s.File, diff)
		}
	}
}

func TestNames(t *testing.T) {
	answer := `{"data":{"workbooks":[{"id":"w","site":{"name":"In Data"}}]}}`
	bare := `{"data":{"workbooks":[]}}`
	snapshot := `{"format":"darkroom-tableau-snapshot/1","server":"https://a","site":{"contentUrl":"acme","name":"Acme"},"metadata":{}}`
	nameless := `{"format":"darkroom-tableau-snapshot/1","metadata":{}}`
	all := Options{Server: "https://given/", ContentURL: "given", Name: "Given"}
	for _, c := range []struct {
		text string
		opt  Options
		want string
	}{
		{answer, Options{}, "||In Data"},
		{answer, all, "https://given|given|Given"},
		{bare, Options{}, "||my.site"},
		{bare, Options{Server: "https://s", ContentURL: "acme"}, "https://s|acme|acme"},
		{snapshot, all, "https://a|acme|Acme"},
		{nameless, all, "https://given|given|Given"},
		{nameless, Options{}, "||my.site"},
	} {
		c.opt.FS = fstest.MapFS{"dir/my.site.json": {Data: []byte(c.text)}}
		sites, err := Load(context.Background(), []string{"dir/my.site.json"}, c.opt)
		if err != nil || len(sites) != 1 {
			t.Fatalf("%s: %d sites, error %v", c.text, len(sites), err)
		}
		if got := sites[0].Server + "|" + sites[0].ContentURL + "|" + sites[0].Name; got != c.want {
			t.Errorf("%s: got %s, want %s", c.text, got, c.want)
		}
	}
}

// A folder may hold snapshots, each a site, and answers, together one site.
func TestMixedFolder(t *testing.T) {
	files := fstest.MapFS{
		"in/a.json":      {Data: []byte(`{"data":{"workbooks":[{"id":"w1","name":"A"}]}}`)},
		"in/b.json":      {Data: []byte(`{"format":"darkroom-tableau-snapshot/1","site":{"name":"Snap"},"metadata":{"workbooks":[{"id":"w1","name":"B"}]}}`)},
		"in/c.json":      {Data: []byte(`{"data":{"workbooks":[{"id":"w1","name":"C","luid":"l"}]}}`)},
		"in/deep/d.json": {Data: []byte(`broken`)},
	}
	sites, err := Load(context.Background(), []string{"in"}, Options{FS: files})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range sites {
		for _, w := range s.Workbooks {
			got = append(got, s.Name+":"+w.Name+":"+w.LUID)
		}
	}
	if diff := cmp.Diff([]string{"Snap:B:", "in:A:l"}, got); diff != "" {
		t.Error(diff)
	}

	files["in/z.json"] = &fstest.MapFile{Data: []byte(`{"data":`)}
	sites, err = Load(context.Background(), []string{"in"}, Options{FS: files})
	if err == nil || len(sites) != 1 || sites[0].Name != "Snap" {
		t.Errorf("one bad answer: %d sites, error %v; want the snapshot alone and an error", len(sites), err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	sites, err := Load(ctx, []string{"testdata/sites/snapshot.json"}, Options{})
	if !errors.Is(err, context.Canceled) || sites != nil {
		t.Errorf("got %d sites, error %v", len(sites), err)
	}
}

// What is in memory reads as its file does.
func TestRead(t *testing.T) {
	for _, name := range []string{"snapshot.json", "nested.json", "files.json"} {
		path := filepath.Join("testdata", "sites", name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, err := Load(t.Context(), []string{path}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range [][]byte{data, pack(t, data)} {
			got, content, err := Read(t.Context(), path, text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(sitetest.Dump(want[0]), sitetest.Dump(got)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
			if is := !content.Files.Empty(); is != (name == "files.json") {
				t.Errorf("%s has facts of files: %t", name, is)
			}
		}
	}
	if _, _, err := Read(t.Context(), "x", []byte(`{"format":"darkroom-tableau-snapshot/2"}`)); err == nil || !strings.HasPrefix(err.Error(), "x: at format") {
		t.Errorf("a format of the future: %v", err)
	}
}
