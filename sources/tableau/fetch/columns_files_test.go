package fetch_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/workbooktest"
)

// speechless is a snapshot whose metadata has no columns, and no tables of the data sources at
// even places, or of all.
func speechless(t *testing.T, data []byte, all bool) []byte {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	metadata := doc["metadata"].(map[string]any)
	for i, d := range metadata["embeddedDatasources"].([]any) {
		if all || i%2 == 0 {
			d.(map[string]any)["upstreamTables"] = []any{}
		}
	}
	for _, s := range metadata["sheets"].([]any) {
		s.(map[string]any)["upstreamTables"] = []any{}
	}
	doc["columns"].(map[string]any)["sheets"] = map[string]any{}
	out, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What the metadata lacks of a workbook's columns is in its file: the two say the same. Fields
// of published data sources, whose files are not at hand, stay unknown.
func TestColumnsOfDownloadedFilesAgree(t *testing.T) {
	exact := 0
	for seed := range uint64(24) {
		m := workbooktest.New(rand.New(rand.NewPCG(seed, 7)), true)
		files := m.Files()
		truth := workbooktest.InGraph(t, load(t, m.Snapshot()))
		r := newRig(t, speechless(t, m.Snapshot(), seed%2 == 0), tableautest.Options{
			RESTVersion: "3.28", Files: map[string]tableautest.File{"luid-w": {Data: files["site/Book.twb"].Data}},
		})
		r.opt.Columns, r.opt.Download = true, true
		_, data := r.fetch(t)
		if _, again := r.fetch(t); !bytes.Equal(data, again) {
			t.Fatalf("seed %d: two runs give different bytes", seed)
		}
		got := workbooktest.InGraph(t, load(t, data))
		if len(files) == 1 { // no published data source
			if d := cmp.Diff(truth, got); d != "" {
				t.Fatalf("seed %d: the metadata (-), the file (+)\n%s", seed, d)
			}
		}
		for name, d := range got {
			for _, c := range d.Columns {
				if !contains(truth[name].Columns, c) {
					t.Errorf("seed %d: %s does not use %s", seed, name, c)
				}
			}
			if len(files) == 1 {
				exact += len(d.Columns)
			}
		}
	}
	if exact == 0 {
		t.Error("no column is used: the workbooks show nothing")
	}
}

// Columns of files are kept from sync to sync, asked for where an older snapshot lacks them,
// and left out where they are not asked for. Nothing is lost where a file cannot be had again.
func TestColumnsOfFilesAreKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "acme.json.gz")
	used := func(s *model.Site) (out []string) {
		index := model.NewSiteIndex(s)
		for _, at := range index.Sheet["s2"].Columns.At {
			out = append(out, index.Table[s.Columns[at].TableID].FullName+"."+s.Columns[at].Name)
		}
		return out
	}
	tables := []string{"[marts].[orders]", "([marts].[customers])", "([marts].[regions])", "marts.returns"}
	for i, step := range []struct {
		download, columns, there bool
		downloads, kept          int
		want                     []string
	}{
		{true, false, true, 2, 0, nil},
		{false, true, true, 0, 2, nil}, // as an older darkroom left it
		{true, true, false, 0, 2, nil},
		{true, true, true, 1, 1, []string{"[marts].[targets].goal"}},
		{true, true, true, 0, 2, []string{"[marts].[targets].goal"}},
		{false, true, true, 0, 2, []string{"[marts].[targets].goal"}},
		{false, false, true, 0, 2, nil},
	} {
		files := goodFiles(t)
		book := testFile(t, "used.twb")
		book = bytes.Replace(book, []byte("name='t' table='[marts].[targets]' type='table' />"), []byte("name='t' table='[marts].[targets]' type='table' />"+
			"<metadata-records><metadata-record class='column'><remote-name>goal</remote-name><local-name>[goal]</local-name><parent-name>[t]</parent-name></metadata-record></metadata-records>"), 1)
		files["wl-1"] = tableautest.File{Data: book}
		if !step.there {
			files["wl-1"] = tableautest.File{Data: []byte("<html>")}
		}
		j, _ := job(t, file, october, files, step.download)
		j.Options.Columns = step.columns
		res := sync(t, j)
		want(t, res.Site, "Used", tables...)
		if d := cmp.Diff(step.want, used(res.Site)); d != "" || res.Snapshot.Downloaded != step.downloads || res.Snapshot.Kept != step.kept {
			t.Errorf("step %d: %d downloaded, %d kept, partial %q\n%s", i, res.Snapshot.Downloaded, res.Snapshot.Kept, res.Snapshot.Partial, d)
		}
		if (res.Site.Columns != nil) != step.columns {
			t.Errorf("step %d: columns of the site %v", i, res.Site.Columns)
		}
	}
}

// Where the Metadata API is off, sheets have the columns that their files say, and no others.
func TestColumnsWithoutMetadataAPI(t *testing.T) {
	r, alone := without(t, tableautest.MetadataForbidden, allFiles...)
	r.opt.Columns = true
	_, data := r.fetch(t)
	got := load(t, data)
	say := func(s *model.Site, sheet *model.Sheet) []string {
		index, out := model.NewSiteIndex(s), []string{sheet.Columns.Why}
		for _, at := range sheet.Columns.At {
			table := index.Table[s.Columns[at].TableID]
			out = append(out, table.FullName+table.Name+"."+s.Columns[at].Name)
		}
		slices.Sort(out[1:])
		return out
	}
	known := 0
	for _, w := range got.Workbooks {
		want := map[string][]string{}
		file := alone[w.LUID]
		for i := range file.Sheets {
			want[file.Sheets[i].Name] = say(file, &file.Sheets[i])
		}
		for i := range got.Sheets {
			s := &got.Sheets[i]
			if s.WorkbookID != w.ID {
				continue
			}
			if d := cmp.Diff(want[s.Name], say(got, s)); d != "" {
				t.Errorf("%s: sheet %q: file (-), site (+):\n%s", w.Name, s.Name, d)
			}
			if s.Columns.Known {
				known += len(s.Columns.At)
			}
		}
	}
	if known == 0 {
		t.Error("no column is known: the files show nothing")
	}
}

// What an interrupted sync left of files counts for one that asks for the same of them.
func TestResumedWithAndWithoutColumns(t *testing.T) {
	for _, first := range []bool{false, true} {
		r := downloading(t, goodFiles(t))
		r.opt.Columns = !first
		_, whole := r.fetch(t)
		r.opt.Scratch, r.opt.Parallel, r.opt.Columns = filepath.Join(t.TempDir(), "x.partial"), 1, first
		ctx, cancel := context.WithCancel(t.Context())
		r.opt.Progress = func(p fetch.Progress) {
			if p.Stage == "workbook files" {
				cancel()
			}
		}
		if _, err := fetch.Fetch(ctx, r.client, r.opt); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		r.opt.Progress, r.opt.Columns = nil, !first
		s, data := r.fetch(t)
		if !s.Resumed || !bytes.Equal(whole, data) {
			t.Errorf("columns first %t: resumed %t, same %t", first, s.Resumed, bytes.Equal(whole, data))
		}
	}
}
