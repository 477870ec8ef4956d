package tableau

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/sources/tableau/document"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Every file or folder in testdata/sites is one site; its golden says all that
// was understood.
func TestSites(t *testing.T) {
	entries, err := os.ReadDir("testdata/sites")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasSuffix(name, ".golden") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", "sites", name)
			sites, err := Load(context.Background(), []string{path}, Options{})
			if err != nil || len(sites) != 1 {
				t.Fatalf("%d sites, error %v", len(sites), err)
			}
			checkSite(t, sites[0])
			golden := filepath.Join("testdata", "sites", document.BaseName(name)+".golden")
			got := dump(sites[0])
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// dump prints a site, one object a line, without what is empty.
func dump(s *model.Site) string {
	var out strings.Builder
	fmt.Fprintf(&out, "site %s\n", fieldsOf(reflect.ValueOf(*s), "File", "Partial"))
	for _, p := range s.Partial {
		fmt.Fprintf(&out, "partial %s\n", p)
	}
	v := reflect.ValueOf(*s)
	for _, name := range []string{"Containers", "Workbooks", "Dashboards", "Sheets", "Datasources", "Tables", "Flows", "Collections"} {
		for i := range v.FieldByName(name).Len() {
			fmt.Fprintf(&out, "%s %s\n", strings.ToLower(strings.TrimSuffix(name, "s")), fieldsOf(v.FieldByName(name).Index(i)))
		}
	}
	return out.String()
}

func fieldsOf(v reflect.Value, skip ...string) string {
	var out []string
	for i := range v.NumField() {
		f, name := v.Field(i), v.Type().Field(i).Name
		if f.IsZero() || strings.Contains(strings.Join(skip, " "), name) {
			continue
		}
		switch x := f.Interface().(type) {
		case time.Time:
			out = append(out, name+"="+x.UTC().Format(time.RFC3339))
		case string:
			out = append(out, fmt.Sprintf("%s=%q", name, x))
		case []string:
			out = append(out, fmt.Sprintf("%s=%q", name, x))
		default:
			switch f.Kind() {
			case reflect.Struct:
				out = append(out, fmt.Sprintf("%s={%s}", name, fieldsOf(f)))
			case reflect.Slice:
				if name == "Connections" {
					out = append(out, fmt.Sprintf("%s=%q", name, x))
				}
			default:
				out = append(out, fmt.Sprintf("%s=%v", name, x))
			}
		}
	}
	return strings.Join(out, " ")
}

// checkSite asserts what holds for every site: ids are there and unique, and
// every link leads somewhere.
func checkSite(t *testing.T, s *model.Site) {
	t.Helper()
	x := model.NewSiteIndex(s)
	if len(x.Workbook) != len(s.Workbooks) || len(x.Dashboard) != len(s.Dashboards) || len(x.Sheet) != len(s.Sheets) ||
		len(x.Datasource) != len(s.Datasources) || len(x.Table) != len(s.Tables) || len(x.Flow) != len(s.Flows) {
		t.Error("an id is not unique")
	}
	lead := func(what string, ids []string, known func(string) bool) {
		t.Helper()
		seen := map[string]bool{}
		for _, id := range ids {
			if id == "" || !known(id) || seen[id] {
				t.Errorf("%s: link to %q is empty, repeated or leads nowhere", what, id)
			}
			seen[id] = true
		}
	}
	isSheet := func(id string) bool { return x.Sheet[id] != nil }
	isSource := func(id string) bool { return x.Datasource[id] != nil }
	isTable := func(id string) bool { return x.Table[id] != nil }
	isFlow := func(id string) bool { return x.Flow[id] != nil }
	isWorkbook := func(id string) bool { return x.Workbook[id] != nil }
	some := func(id string) []string {
		if id == "" {
			return nil
		}
		return []string{id}
	}
	for _, d := range s.Dashboards {
		lead("dashboard", d.SheetIDs, isSheet)
		lead("dashboard", d.DatasourceIDs, isSource)
		lead("dashboard", d.TableIDs, isTable)
		lead("dashboard", some(d.WorkbookID), isWorkbook)
		model.DashboardURL(s, x.Workbook[d.WorkbookID], &d)
	}
	for _, d := range s.Sheets {
		lead("sheet", d.DatasourceIDs, isSource)
		lead("sheet", d.TableIDs, isTable)
		lead("sheet", some(d.WorkbookID), isWorkbook)
	}
	for _, d := range s.Datasources {
		lead("data source", d.ParentIDs, isSource)
		lead("data source", d.TableIDs, isTable)
		lead("data source", d.FlowIDs, isFlow)
		lead("data source", some(d.WorkbookID), isWorkbook)
	}
	for _, d := range s.Tables {
		lead("table", d.DatasourceIDs, isSource)
		lead("table", d.SheetIDs, isSheet)
		lead("table", d.UpstreamTableIDs, isTable)
		lead("table", d.FlowIDs, isFlow)
	}
	for _, d := range s.Flows {
		lead("flow", d.TableIDs, isTable)
		lead("flow", d.DatasourceIDs, isSource)
		lead("flow", d.ParentIDs, isFlow)
	}
	isDashboard := func(id string) bool { return x.Dashboard[id] != nil }
	for _, c := range s.Collections {
		lead("collection", c.WorkbookIDs, isWorkbook)
		lead("collection", c.DashboardIDs, isDashboard)
		lead("collection", c.DatasourceIDs, isSource)
	}
	for _, w := range s.Workbooks {
		x.ContainerPath(w.ContainerLUID, w.ContainerName)
	}
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

// Gzip is told by its first bytes, whatever the name; a byte order mark is
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
		if diff := cmp.Diff(dump(sites[0]), dump(s)); diff != "" {
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
