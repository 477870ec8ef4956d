package tableau

import (
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
	"darkroom/sources/disk/disktest"
	"darkroom/sources/tableau/document"
	"darkroom/sources/tableau/sitetest"
)

var update = flag.Bool("update", false, "write the golden files again")

// Every file or folder in testdata/sites is one site.
func TestSites(t *testing.T) {
	load := func(path string) ([]*model.Site, error) { return Load(t.Context(), []string{path}, Options{}) }
	sitetest.Goldens(t, *update, load, document.BaseName, sitetest.Check)
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
		"packed.json":   {Data: disktest.Gzip(t, plain)},
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
	snapshot := `{"format":"darkroom-tableau-snapshot/1","server":"https://a","site":{"contentUrl":"acme","name":"Acme"},"metadata":{"workbooks":[]}}`
	nameless := `{"format":"darkroom-tableau-snapshot/1","metadata":{"workbooks":[]}}`
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

// A folder may hold snapshots, each a site, and answers, together one site, also those
// in subfolders. Hidden files and folders do not count.
func TestMixedFolder(t *testing.T) {
	files := fstest.MapFS{
		"in/a.json":             {Data: []byte(`{"data":{"workbooks":[{"id":"w1","name":"A"}]}}`)},
		"in/b.json":             {Data: []byte(`{"format":"darkroom-tableau-snapshot/1","site":{"name":"Snap"},"metadata":{"workbooks":[{"id":"w1","name":"B"}]}}`)},
		"in/c.json":             {Data: []byte(`{"data":{"workbooks":[{"id":"w1","name":"C","luid":"l"}]}}`)},
		"in/deep/er/d.jsonl":    {Data: []byte(`{"data":{"workbooks":[{"id":"w2","name":"D"}]}}` + "\n" + `{"data":{"workbooks":[{"id":"w2","luid":"m"}]}}`)},
		"in/.hidden/e.json":     {Data: []byte(`broken`)},
		"in/deep/.hidden.json":  {Data: []byte(`broken`)},
		"in/deep/er/readme.txt": {Data: []byte(`broken`)},
	}
	load := func() (got []string) {
		sites, err := Load(context.Background(), []string{"in"}, Options{FS: files})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sites {
			for _, w := range s.Workbooks {
				got = append(got, s.Name+":"+w.Name+":"+w.LUID)
			}
			for _, why := range s.Partial {
				got = append(got, s.Name+" "+why)
			}
			if why := s.IncompleteLists["sheets"]; why != "" {
				got = append(got, s.Name+" sheets: "+why)
			}
		}
		return got
	}
	if diff := cmp.Diff([]string{"Snap:B:", "in:A:l", "in:D:m"}, load()); diff != "" {
		t.Error(diff)
	}

	// What is not Tableau's is left out and leaves no gap.
	files["in/deep/manifest.json"] = &fstest.MapFile{Data: []byte(`{"metadata":{"dbt_schema_version":"https://schemas.getdbt.com/dbt/manifest/v12.json"}}`)}
	foreign := "in left out in/deep/manifest.json: looks like a dbt artifact (manifest v12); give it to darkroom as the dbt project, not as a Tableau site"
	if diff := cmp.Diff([]string{"Snap:B:", "in:A:l", "in:D:m", foreign}, load()); diff != "" {
		t.Error(diff)
	}

	// A file that breaks off, or whose end is wrong, is left out whole, and may have had anything.
	files["in/deep/manifest.json"] = &fstest.MapFile{Data: []byte(`{"data":`)}
	files["in/broken.json"] = &fstest.MapFile{Data: []byte(`{"data":{"workbooks":[{"id":"w3","name":"E"},7]}}`)}
	if diff := cmp.Diff([]string{
		"Snap:B:", "in:A:l", "in:D:m",
		"in left out in/broken.json: at data.workbooks[1] (byte 45): expected an object, found a number; save the answer as the server gave it, without aliases",
		"in left out in/deep/manifest.json: at byte 8: the JSON ends in the middle: the file is cut off; save the answer again",
		"in sheets: a file that belongs to it was left out",
	}, load()); diff != "" {
		t.Error(diff)
	}

	for _, name := range []string{"in/a.json", "in/c.json", "in/deep/er/d.jsonl"} {
		delete(files, name)
	}
	got := load()
	if len(got) != 3 || got[0] != "Snap:B:" || !strings.HasPrefix(got[1], "Snap left out in/broken.json: ") {
		t.Error("a snapshot says what was left out next to it", got)
	}
	delete(files, "in/b.json")
	sites, err := Load(context.Background(), []string{"in"}, Options{FS: files})
	if err == nil || len(sites) != 0 {
		t.Errorf("nothing but broken files: %d sites, error %v", len(sites), err)
	}
}

// Answers come one by one, in lists, as pages and as JSON lines; all are read alike.
func TestSeveralAnswersInAFile(t *testing.T) {
	one, two := `{"data":{"workbooks":[{"id":"w1","name":"A"}]}}`, `{"data":{"workbooksConnection":{"nodes":[{"id":"w2","name":"B"}],"totalCount":2}}}`
	read := func(text string) *model.Site {
		sites, err := Load(t.Context(), []string{"in.json"}, Options{FS: fstest.MapFS{"in.json": {Data: []byte(text)}}})
		if err != nil || len(sites) != 1 {
			t.Fatalf("%s: %d sites, error %v", text, len(sites), err)
		}
		return sites[0]
	}
	want := sitetest.Dump(read(`[` + one + `,` + two + `]`))
	for _, text := range []string{
		`{"pages":[` + one + `,` + two + `]}`, one + two, one + "\r\n" + two + "\n", one + "\n\n[" + two + "]",
		`[{"pages":[` + one + `]},` + two + `]`, `{"pages":[` + one + `,null,` + two + `]}`,
	} {
		if diff := cmp.Diff(want, sitetest.Dump(read(text))); diff != "" {
			t.Errorf("%s\n%s", text, diff)
		}
	}
	if n := len(read(one + two).Workbooks); n != 2 {
		t.Error(n, "workbooks")
	}
	failed := read(`{"pages":[` + one + `,{"errors":[{"message":"too long"}],"data":null}]}`)
	if len(failed.Workbooks) != 1 || len(failed.Partial) == 0 || failed.IncompleteLists["dashboards"] == "" {
		t.Error("a page that failed is a gap", sitetest.Dump(failed))
	}
}

// A count that was asked for without its objects says nothing of what is missing, nor
// that the objects were asked for.
func TestCountsAlone(t *testing.T) {
	const count = `{"totalCount":12,"pageInfo":{"hasNextPage":true}}`
	read := func(text string) *model.Site {
		sites, err := Load(t.Context(), []string{"in.json"}, Options{FS: fstest.MapFS{"in.json": {Data: []byte(text)}}})
		if err != nil || len(sites) != 1 {
			t.Fatalf("%s: %d sites, error %v", text, len(sites), err)
		}
		return sites[0]
	}
	const plain = `{"data":{"workbooks":[{"id":"w","name":"W"`
	const rest = `,"upstreamTables":[{"id":"t","name":"orders"`
	want := sitetest.Dump(read(plain + rest + `}]}]}}`))
	for _, text := range []string{
		plain + rest + `,"columnsConnection":` + count + `}]}]}}`,
		plain + `,"dashboardsConnection":` + count + `,"sheetsConnection":` + count + rest + `}]}]}}`,
		plain + rest + `}]}],"dashboardsConnection":` + count + `}}`,
	} {
		if diff := cmp.Diff(want, sitetest.Dump(read(text))); diff != "" {
			t.Errorf("%s\n%s", text, diff)
		}
	}
	if s := read(plain + `,"dashboardsConnection":{"totalCount":12,"nodes":[]}}]}}`); len(s.Partial) == 0 {
		t.Error("with its objects it does say that they are missing")
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
		for _, text := range [][]byte{data, disktest.Gzip(t, data)} {
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
