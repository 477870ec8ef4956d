package fetch_test

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/walk"
	"darkroom/sources/tableau"
	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/workbook"
)

// library is a site of workbook files: one workbook for each, with the dashboards
// that REST would list. It gives the site and what the files say by themselves.
func library(t testing.TB, names ...string) (snapshot []byte, files map[string]tableautest.File, alone map[string]*model.Site) {
	t.Helper()
	type object = map[string]any
	var books, dashboards []object
	files, alone = map[string]tableautest.File{}, map[string]*model.Site{}
	for _, name := range names {
		path := filepath.Join("..", "workbook", "testdata", "sites", name)
		sites, err := workbook.Load(context.Background(), []string{path}, workbook.Options{})
		if err != nil {
			t.Fatal(err)
		}
		luid := "wb-" + name
		alone[luid] = sites[0]
		files[luid] = tableautest.File{Data: testFile(t, name)}
		books = append(books, object{
			"id": "x" + luid, "luid": luid, "name": name, "projectName": "P", "projectLuid": "p-1", "updatedAt": october,
			"owner": object{"luid": "u-1", "username": "ann"}, "tags": []object{{"name": "daily"}},
		})
		for _, d := range sites[0].Dashboards {
			if d.Name != "Hidden" { // REST lists no hidden view
				dashboards = append(dashboards, object{
					"id": "x" + luid + d.Name, "luid": luid + "/" + d.Name, "name": d.Name, "path": "W/" + d.Name, "workbook": object{"id": "x" + luid},
				})
			}
		}
	}
	snapshot, err := json.Marshal(object{
		"format": "darkroom-tableau-snapshot/1", "server": "https://tableau.example.com", "site": object{"contentUrl": "acme", "name": "Acme"},
		"metadata": object{"workbooks": books, "dashboards": dashboards},
	})
	if err != nil {
		t.Fatal(err)
	}
	return snapshot, files, alone
}

// without is a rig whose server has no Metadata API.
func without(t testing.TB, off tableautest.MetadataOff, names ...string) (*rig, map[string]*model.Site) {
	t.Helper()
	snapshot, files, alone := library(t, names...)
	r := newRig(t, snapshot, tableautest.Options{Files: files, Switches: tableautest.Switches{Metadata: off}})
	r.opt.Download = true
	return r, alone
}

var allFiles = []string{"connections.twb", "joins.twb", "legacy.twb", "sql.twb", "twins.twb", "used.twb", "views.twb"}

// Where the Metadata API is off, dashboards read what their files say by
// themselves, under the identity that REST gives them.
func TestMetadataAPIOff(t *testing.T) {
	for name, off := range map[string]tableautest.MetadataOff{"not there": tableautest.MetadataNotFound, "turned off": tableautest.MetadataForbidden} {
		t.Run(name, func(t *testing.T) {
			r, alone := without(t, off, allFiles...)
			s, data := r.fetch(t)
			got := load(t, data)
			if !contains(s.Notes, "the Metadata API is off") || s.Downloaded != len(allFiles) || len(got.Workbooks) != len(allFiles) {
				t.Fatalf("%d files, %d workbooks, notes %q, partial %q", s.Downloaded, len(got.Workbooks), s.Notes, got.Partial)
			}
			for i := range got.Workbooks {
				w := &got.Workbooks[i]
				if w.Owner.LUID != "u-1" || len(w.Tags) != 1 || w.ContainerName != "P" {
					t.Errorf("workbook %+v", w)
				}
				compareReads(t, alone[w.LUID], got, w)
			}
			if _, again := r.fetch(t); !bytes.Equal(data, again) {
				t.Error("two runs give different bytes")
			}
		})
	}
}

// compareReads compares the dashboards of a workbook with those of its file.
func compareReads(t *testing.T, file, site *model.Site, w *model.Workbook) {
	t.Helper()
	got := map[string]*model.Dashboard{}
	for i := range site.Dashboards {
		if d := &site.Dashboards[i]; d.WorkbookID == w.ID {
			got[d.Name] = d
		}
	}
	if len(got) != len(file.Dashboards) {
		t.Errorf("%s: %d dashboards, the file has %d", w.Name, len(got), len(file.Dashboards))
	}
	for i := range file.Dashboards {
		want := &file.Dashboards[i]
		d := got[want.Name]
		if d == nil {
			t.Errorf("%s: no dashboard %q", w.Name, want.Name)
			continue
		}
		if hidden := want.Name == "Hidden"; hidden == (d.LUID == w.LUID+"/"+d.Name) {
			t.Errorf("%s: dashboard %q has the LUID %q", w.Name, d.Name, d.LUID)
		}
		if diff := cmp.Diff(tablesAndGaps(file, want), tablesAndGaps(site, d)); diff != "" {
			t.Errorf("%s: dashboard %q: file (-), site (+):\n%s", w.Name, d.Name, diff)
		}
	}
}

// tablesAndGaps are those of a dashboard.
func tablesAndGaps(s *model.Site, d *model.Dashboard) map[string]bool {
	out := map[string]bool{}
	r, _ := walk.New(s).Dashboard(context.Background(), d)
	for _, read := range r.Reads {
		text := read.Table.FullName + read.Table.Name
		if read.SQL != nil {
			text = strings.Join(read.SQL.Parts, ".")
		}
		out[text] = read.Used
	}
	if len(r.Gaps) > 0 { // why can read otherwise: a data source that the file lacks is one that the site does not report
		out["a gap"] = true
	}
	return out
}

// None of it happens unasked, and what is missing is reported.
func TestMetadataAPIOffWithGaps(t *testing.T) {
	r, _ := without(t, tableautest.MetadataForbidden, allFiles...)
	r.opt.Download = false
	if _, err := fetch.Fetch(context.Background(), r.client, r.opt); err == nil || !strings.Contains(err.Error(), "sync --download") {
		t.Errorf("not asked for: %v", err)
	}
	r.opt.Download = true
	r.Inject(
		tableautest.Fault{On: tableautest.Download, Code: "403004", Times: 2},
		tableautest.Fault{On: tableautest.Datasources, Code: "403004", Times: 1},
	)
	s, data := r.fetch(t)
	if !contains(s.Partial, "may not download: 2") || !contains(s.Partial, "published data sources: not for this account") {
		t.Errorf("partial %q", s.Partial)
	}
	got := load(t, data)
	whole, _ := without(t, tableautest.MetadataForbidden, allFiles...)
	_, data = whole.fetch(t)
	named := func(s *model.Site) (n int) {
		for i := range s.Dashboards {
			if s.Dashboards[i].LUID != "" {
				n++
			}
		}
		return n
	}
	if have, all := named(got), named(load(t, data)); have != all || all == 0 {
		t.Errorf("%d of %d dashboards that REST lists", have, all)
	}
	r.Inject(tableautest.Fault{On: tableautest.Workbooks, Code: "403004", Times: -1})
	if s, _ := r.fetch(t); !contains(s.Partial, "workbooks: not for this account") {
		t.Errorf("without workbooks: partial %q", s.Partial)
	}
}

// A later sync downloads only what was republished.
func TestMetadataAPIOffAgain(t *testing.T) {
	r, _ := without(t, tableautest.MetadataForbidden, allFiles...)
	_, data := r.fetch(t)
	before := r.Stats().Requests[tableautest.Download]
	_, content, err := tableau.Read(t.Context(), "s.json.gz", data)
	if err != nil {
		t.Fatal(err)
	}
	r.opt.Earlier = fetch.EarlierOf(content)
	s, again := r.fetch(t)
	if n := r.Stats().Requests[tableautest.Download] - before; n != 0 || s.Kept != len(allFiles) || !bytes.Equal(data, again) {
		t.Errorf("%d downloads, %d kept, the same bytes: %t", n, s.Kept, bytes.Equal(data, again))
	}
}
