package fetch_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/walk"
	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/trust/trusttest"
)

// quiet is a site with little metadata: two workbooks with two data
// sources each behind which nothing is known, a published data source with hidden
// tables, and one workbook and one data source that are complete.
func quiet(t testing.TB, updated string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/quiet.json")
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Replace(data, []byte(`"updatedAt":"2026-10-01T00:00:00Z"`), []byte(`"updatedAt":"`+updated+`"`), 1)
}

const october = "2026-10-01T00:00:00Z"

func testFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "workbook", "testdata", "sites", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const orders = `<datasource formatted-name='x'><connection class='postgres' dbname='shop' server='db'>
	<relation name='o' table='[marts].[orders]' type='table' /></connection></datasource>`

func packed(t testing.TB, name string, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	w, err := zw.Create(name)
	if err == nil {
		_, err = w.Write(data)
	}
	if err = errors.Join(err, zw.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// goodFiles are the files of quiet; their names do not matter.
func goodFiles(t testing.TB) map[string]tableautest.File {
	return map[string]tableautest.File{
		"wl-1": {Name: "../../../etc/evil.twbx", Data: packed(t, "Sales.twb", testFile(t, "used.twb"))},
		"pl-1": {Name: "", Data: []byte(orders)},
	}
}

func downloading(t testing.TB, files map[string]tableautest.File) *rig {
	t.Helper()
	r := newRig(t, quiet(t, october), tableautest.Options{Files: files})
	r.opt.Download = true
	return r
}

// reads lists what a dashboard reads and what is missing from that.
func reads(s *model.Site, name string) (out []string) {
	for i := range s.Dashboards {
		if d := &s.Dashboards[i]; d.Name == name {
			r, _ := walk.New(s).Dashboard(context.Background(), d)
			for _, read := range r.Reads {
				text := read.Table.FullName
				if read.SQL != nil {
					text = strings.Join(read.SQL.Parts, ".")
				}
				if !read.Used {
					text = "(" + text + ")"
				}
				out = append(out, text)
			}
			for _, gap := range r.Gaps {
				out = append(out, gap.Reason.String())
			}
		}
	}
	return out
}

func want(t *testing.T, s *model.Site, dashboard string, expected ...string) {
	t.Helper()
	if d := cmp.Diff(expected, reads(s, dashboard)); d != "" {
		t.Errorf("%s: want (-), got (+):\n%s", dashboard, d)
	}
}

func TestDownload(t *testing.T) {
	r := downloading(t, goodFiles(t))
	s, data := r.fetch(t)
	got := load(t, data)
	if len(s.Partial)+len(got.Partial) > 0 || s.Downloaded != 2 || s.Kept != 0 {
		t.Errorf("%d files, partial %q %q", s.Downloaded, s.Partial, got.Partial)
	}
	want(t, got, "Used", "[marts].[orders]", "([marts].[customers])", "([marts].[regions])", "marts.returns")
	want(t, got, "Ops", "[marts].[orders]")
	want(t, got, "Told", "[marts].[facts]")
	if n := r.Stats().Requests[tableautest.Download]; n != 2 {
		t.Errorf("%d downloads", n)
	}
	if _, again := r.fetch(t); !bytes.Equal(data, again) {
		t.Error("two runs give different bytes")
	}
	r.opt.Download = false
	_, data = r.fetch(t)
	want(t, load(t, data), "Used", "no_lineage")
	if n := r.Stats().Requests[tableautest.Download]; n != 4 {
		t.Errorf("%d downloads without being asked", n-4)
	}
}

// What is not a workbook is reported by name; all others are as complete as before.
func TestFilesThatCannotBeRead(t *testing.T) {
	whole := packed(t, "Sales.twb", testFile(t, "used.twb"))
	bomb := packed(t, "Sales.twb", []byte("<workbook>"+strings.Repeat(" ", 40<<20)+"</workbook>"))
	for name, test := range map[string]struct {
		data []byte
		gap  string
	}{
		"a web page":      {[]byte("<!DOCTYPE html><title>Sign in</title>"), "a web page: Sign in"},
		"a page in XML":   {[]byte("<?xml version='1.0'?>\n<html xmlns='x'><title>Sign in</title></html>"), "a web page: Sign in"},
		"JSON":            {[]byte(`{"a":1}`), "cannot download"},
		"nothing":         {[]byte{}, "the answer is empty"},
		"binary data":     {[]byte("\x00\x01\x02"), "cannot download"},
		"half an archive": {whole[:len(whole)/2], "damaged or cut off"},
		"half a file":     {testFile(t, "used.twb")[:900], "the file ends in the middle"},
		"a bomb":          {bomb, "than it is: a bomb"},
		"another archive": {packed(t, "../../x.txt", []byte("x")), "no .twb and no .tds"},
		"a data source":   {[]byte(orders), "something else"},
		"another XML":     {[]byte("<tsResponse/>"), "neither a workbook nor a data source"},
		"entities":        {[]byte("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><workbook>&b;</workbook>"), "the XML is damaged"},
		"too many tables": {manyTables(), "more than 16 MB"},
		"too deep":        {[]byte(strings.Repeat("<workbook>", 600)), "nested more than"},
	} {
		t.Run(name, func(t *testing.T) {
			files := goodFiles(t)
			files["wl-1"] = tableautest.File{Name: "x", Data: test.data}
			r := downloading(t, files)
			s, data := r.fetch(t)
			got := load(t, data)
			if !contains(got.Partial, test.gap) || !contains(got.Partial, `file of workbook "Sales"`) {
				t.Errorf("partial: %q", got.Partial)
			}
			if got := strings.Join(append(s.Partial, s.Notes...), ""); strings.ContainsAny(got, "\x1b\x00\n") {
				t.Errorf("control characters: %q", got)
			}
			want(t, got, "Used", "no_lineage")
			want(t, got, "Ops", "[marts].[orders]")
		})
	}
}

func manyTables() []byte {
	var b bytes.Buffer
	b.WriteString("<workbook><datasources><datasource name='a'><connection class='postgres' server='db'>")
	for i := range 60_000 {
		fmt.Fprintf(&b, "<relation type='text' name='%d'>select %0300d</relation>", i, i)
	}
	b.WriteString("</connection></datasource></datasources></workbook>")
	return b.Bytes()
}

// A large file is not a problem; 100 MB take a few seconds.
func TestLargeFile(t *testing.T) {
	size := 30 << 20
	if testing.Short() {
		size = 5 << 20
	}
	text := testFile(t, "used.twb")
	filler := bytes.Repeat([]byte("<thumbnail name='x'>abcdefghijklmnopqrstuvwxyz</thumbnail>\n"), size/60)
	text = bytes.Replace(text, []byte("</workbook>"), append(filler, "</workbook>"...), 1)
	files := goodFiles(t)
	files["wl-1"] = tableautest.File{Data: text}
	r := downloading(t, files)
	s, data := r.fetch(t)
	if len(s.Partial) > 0 {
		t.Errorf("partial: %q", s.Partial)
	}
	want(t, load(t, data), "Used", "[marts].[orders]", "([marts].[customers])", "([marts].[regions])", "marts.returns")
}

// What an interrupted sync has downloaded is not downloaded again.
func TestResumedDownloads(t *testing.T) {
	files := goodFiles(t)
	r := downloading(t, files)
	_, whole := r.fetch(t)
	r.opt.Scratch, r.opt.Parallel = filepath.Join(t.TempDir(), "x.partial"), 1
	ctx, cancel := context.WithCancel(context.Background())
	r.opt.Progress = func(p fetch.Progress) {
		if p.Stage == "workbook files" {
			cancel()
		}
	}
	before := r.Stats().Requests[tableautest.Download]
	if _, err := fetch.Fetch(ctx, r.client, r.opt); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	r.opt.Progress = nil
	s, data := r.fetch(t)
	if n := r.Stats().Requests[tableautest.Download] - before; n > 3 || !s.Resumed || !bytes.Equal(whole, data) {
		t.Errorf("%d downloads, resumed %t, same %t", n, s.Resumed, bytes.Equal(whole, data))
	}
	dir, _ := filepath.Glob(filepath.Dir(r.opt.Scratch) + "/*")
	if len(dir) > 0 {
		t.Errorf("left behind: %q", dir)
	}
}

// job is a sync of quiet against a server of its own.
func job(t *testing.T, file, updated string, files map[string]tableautest.File, download bool) (fetch.Job, *tableautest.Server) {
	t.Helper()
	s := tableautest.New(tableautest.Options{Snapshots: [][]byte{quiet(t, updated)}, Files: files})
	j := move(t, file, quiet(t, updated), tableautest.Switches{})
	j.API.Server, j.API.Site, j.Options.ContentURL, j.Options.Download = trusttest.Server(t, s.Serve(t)), "acme", "acme", download
	return j, s
}

// A later sync keeps the facts of files that have not changed, and says
// what it drops.
func TestFilesAreKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "acme.json.gz")
	linked := []string{"[marts].[orders]", "([marts].[customers])", "([marts].[regions])", "marts.returns"}

	j, _ := job(t, file, october, goodFiles(t), false)
	res := sync(t, j)
	want(t, res.Site, "Used", "no_lineage")
	if !contains(res.Snapshot.Notes, "from Tableau's metadata: 3; darkroom sync --download") {
		t.Errorf("notes: %q", res.Snapshot.Notes)
	}

	broken := goodFiles(t)
	broken["wl-1"] = tableautest.File{Data: []byte("<x/>")}
	j, _ = job(t, file, october, broken, true)
	if res = sync(t, j); !res.Written || !contains(res.Snapshot.Partial, `file of workbook "Sales"`) {
		t.Fatalf("a file that cannot be read blocks the others: %q", res.Refused)
	}
	want(t, res.Site, "Ops", "[marts].[orders]")

	j, s := job(t, file, october, goodFiles(t), true)
	if res = sync(t, j); res.Snapshot.Downloaded != 1 || res.Snapshot.Kept != 1 || s.Stats().Requests[tableautest.Download] != 1 {
		t.Errorf("%d downloaded, %d kept", res.Snapshot.Downloaded, res.Snapshot.Kept)
	}
	want(t, res.Site, "Used", linked...)

	j, s = job(t, file, october, goodFiles(t), false)
	if res = sync(t, j); !res.Written || res.Snapshot.Kept != 2 || s.Stats().Requests[tableautest.Download] != 0 || !res.Diff.Empty() {
		t.Errorf("plain: kept %d, %+v", res.Snapshot.Kept, res.Diff)
	}
	want(t, res.Site, "Used", linked...)
	want(t, res.Site, "Ops", "[marts].[orders]")
	if contains(res.Snapshot.Notes, "--download") || contains(res.Snapshot.Notes, "nor the file") {
		t.Errorf("notes: %q", res.Snapshot.Notes)
	}

	j, _ = job(t, file, "2026-11-01T00:00:00Z", broken, true)
	if res = sync(t, j); res.Written || !contains(res.Refused, "file of workbook") {
		t.Errorf("trouble with a file that was known goes unnoticed: %q", res.Refused)
	}

	broken["wl-1"] = tableautest.File{Data: []byte("<workbook/>")}
	j, _ = job(t, filepath.Join(t.TempDir(), "other.json.gz"), october, broken, true)
	if res = sync(t, j); len(res.Snapshot.Partial) > 0 || !contains(res.Snapshot.Notes, `and from the file: workbook "Sales"`) {
		t.Errorf("a file without the data source: %q", res.Snapshot.Notes)
	}

	j, _ = job(t, file, "2026-11-01T00:00:00Z", goodFiles(t), false)
	res = sync(t, j)
	want(t, res.Site, "Used", "no_lineage")
	want(t, res.Site, "Ops", "[marts].[orders]")
	if !contains(res.Snapshot.Notes, "are dropped: 1; darkroom sync --download") {
		t.Errorf("notes: %q", res.Snapshot.Notes)
	}
	if !slices.Contains(res.Diff.GoneTables, "[marts].[customers]") {
		t.Errorf("--diff says nothing of it: %q", res.Diff.GoneTables)
	}
}
