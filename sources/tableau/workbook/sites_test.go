package workbook

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
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
			golden := filepath.Join("testdata", "sites", baseName(name)+".golden")
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
	fmt.Fprintf(&out, "site %s\n", fieldsOf(reflect.ValueOf(*s)))
	for _, name := range []string{"Workbooks", "Dashboards", "Sheets", "Datasources", "Tables"} {
		list := reflect.ValueOf(*s).FieldByName(name)
		for i := range list.Len() {
			fmt.Fprintf(&out, "%s %s\n", strings.ToLower(strings.TrimSuffix(name, "s")), fieldsOf(list.Index(i)))
		}
	}
	return out.String()
}

// fieldsOf prints the fields of a struct that say something; lists of structs
// are the caller's.
func fieldsOf(v reflect.Value) string {
	var out []string
	for i := range v.NumField() {
		f, name := v.Field(i), v.Type().Field(i).Name
		switch {
		case f.IsZero(), name == "File", name == "Tool", name == "Views":
		case f.Kind() == reflect.Struct:
			out = append(out, name+"{"+fieldsOf(f)+"}")
		case f.Kind() == reflect.Slice && f.Type().Elem().Kind() == reflect.Struct && name != "Connections":
		default:
			out = append(out, fmt.Sprintf("%s=%q", name, fmt.Sprint(f.Interface())))
		}
	}
	return strings.Join(out, " ")
}

// checkSite asserts what holds for every site: unique ids, no repeated links,
// and links that lead somewhere.
func checkSite(t *testing.T, s *model.Site) {
	t.Helper()
	x := model.NewSiteIndex(s)
	if len(x.Workbook) != len(s.Workbooks) || len(x.Dashboard) != len(s.Dashboards) || len(x.Sheet) != len(s.Sheets) ||
		len(x.Datasource) != len(s.Datasources) || len(x.Table) != len(s.Tables) {
		t.Error("an id stands twice")
	}
	links := func(from string, ids []string, known func(string) bool) {
		seen := map[string]bool{}
		for _, id := range ids {
			if seen[id] {
				t.Errorf("%q links to %q twice", from, id)
			}
			if seen[id] = true; !known(id) {
				t.Errorf("%q links to %q, which is not there", from, id)
			}
		}
	}
	sheet := func(id string) bool { return x.Sheet[id] != nil }
	source := func(id string) bool { return x.Datasource[id] != nil }
	table := func(id string) bool { return x.Table[id] != nil }
	for i := range s.Dashboards {
		d := &s.Dashboards[i]
		links(d.ID, d.SheetIDs, sheet)
		if x.Workbook[d.WorkbookID] == nil || d.Views != -1 || d.LUID != "" || d.DocumentViewID != "" {
			t.Errorf("dashboard %+v", d)
		}
	}
	for i := range s.Sheets {
		links(s.Sheets[i].ID, s.Sheets[i].TableIDs, table)
	}
	for i := range s.Datasources {
		d := &s.Datasources[i]
		links(d.ID, d.TableIDs, table)
		links(d.ID, d.ParentIDs, source)
		if d.Published == (d.WorkbookID != "") {
			t.Errorf("data source %+v", d)
		}
	}
	for i := range s.Tables {
		links(s.Tables[i].ID, s.Tables[i].DatasourceIDs, source)
	}
}
