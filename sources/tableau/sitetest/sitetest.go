// Package sitetest compares what a reader understood of files with goldens, and checks
// what holds for every site. The tests of the readers use it.
package sitetest

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
)

// Goldens reads every file or folder in testdata/sites as one site; its golden says all
// that was understood. update writes the goldens instead. stem is a file's name without
// its ending; check is called with every site.
func Goldens(t *testing.T, update bool, load func(path string) ([]*model.Site, error), stem func(name string) string, check func(*testing.T, *model.Site)) {
	t.Helper()
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
			sites, err := load(filepath.Join("testdata", "sites", name))
			if err != nil || len(sites) != 1 {
				t.Fatalf("%d sites, error %v", len(sites), err)
			}
			check(t, sites[0])
			golden := filepath.Join("testdata", "sites", stem(name)+".golden")
			got := Dump(sites[0])
			if update {
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

// Dump prints a site, one object a line, without what is empty.
func Dump(s *model.Site) string {
	var out strings.Builder
	fmt.Fprintf(&out, "site %s\n", fieldsOf(reflect.ValueOf(*s), "File", "Partial", "Tool"))
	for _, p := range s.Partial {
		fmt.Fprintf(&out, "partial %s\n", p)
	}
	v := reflect.ValueOf(*s)
	for _, name := range []string{"Containers", "Workbooks", "Dashboards", "Sheets", "Datasources", "Tables", "Flows", "Collections", "Columns"} {
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
		case []int32:
			out = append(out, fmt.Sprintf("%s=%v", name, x))
		case []string:
			out = append(out, fmt.Sprintf("%s=%q", name, x))
		default:
			switch f.Kind() {
			case reflect.Pointer:
				out = append(out, fieldsOf(f.Elem()))
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

// Check asserts what holds for every site: ids are there and unique, and
// every link leads somewhere.
func Check(t *testing.T, s *model.Site) {
	t.Helper()
	check(t, s, false)
}

// CheckFiles is Check for sites read from files, where a sheet can mention a data source
// that its file does not have.
func CheckFiles(t *testing.T, s *model.Site) {
	t.Helper()
	check(t, s, true)
}

func check(t *testing.T, s *model.Site, mentioned bool) {
	t.Helper()
	x := model.NewSiteIndex(s)
	if len(x.Workbook) != len(s.Workbooks) || len(x.Dashboard) != len(s.Dashboards) || len(x.Sheet) != len(s.Sheets) ||
		len(x.Datasource) != len(s.Datasources) || len(x.Table) != len(s.Tables) || len(x.Flow) != len(s.Flows) {
		t.Error("an id is not unique")
	}
	l := links{T: t, SiteIndex: x, mentioned: mentioned}
	l.checkViews(s)
	l.checkSources(s)
	for _, c := range s.Collections {
		l.lead("collection", c.WorkbookIDs, l.isWorkbook)
		l.lead("collection", c.DashboardIDs, func(id string) bool { return x.Dashboard[id] != nil })
		l.lead("collection", c.DatasourceIDs, l.isSource)
	}
	for _, w := range s.Workbooks {
		x.ContainerPath(w.ContainerLUID, w.ContainerName)
	}
}

// links checks that ids lead somewhere.
type links struct {
	*testing.T
	*model.SiteIndex
	mentioned bool // a sheet may name a data source that is not there
}

func (l links) isSheet(id string) bool    { return l.Sheet[id] != nil }
func (l links) isSource(id string) bool   { return l.Datasource[id] != nil }
func (l links) isTable(id string) bool    { return l.Table[id] != nil }
func (l links) isFlow(id string) bool     { return l.Flow[id] != nil }
func (l links) isWorkbook(id string) bool { return l.Workbook[id] != nil }

func (l links) lead(what string, ids []string, known func(string) bool) {
	l.Helper()
	seen := map[string]bool{}
	for _, id := range ids {
		if id == "" || !known(id) || seen[id] {
			l.Errorf("%s: link to %q is empty, repeated or leads nowhere", what, id)
		}
		seen[id] = true
	}
}

func (l links) leadToWorkbook(what, id string) {
	l.Helper()
	if id != "" {
		l.lead(what, []string{id}, l.isWorkbook)
	}
}

func (l links) checkViews(s *model.Site) {
	l.Helper()
	for _, d := range s.Dashboards {
		l.lead("dashboard", d.SheetIDs, l.isSheet)
		l.lead("dashboard", d.DatasourceIDs, l.isSource)
		l.lead("dashboard", d.TableIDs, l.isTable)
		l.leadToWorkbook("dashboard", d.WorkbookID)
		s.DashboardURL(l.Workbook[d.WorkbookID], &d)
	}
	for _, d := range s.Sheets {
		l.lead("sheet", d.DatasourceIDs, func(id string) bool { return l.mentioned || l.isSource(id) })
		l.lead("sheet", d.TableIDs, l.isTable)
		l.leadToWorkbook("sheet", d.WorkbookID)
		l.checkColumns(s, &d)
	}
}

// checkColumns asserts that a sheet's columns are in order and of the site, and that a
// reason says why they are not all.
func (l links) checkColumns(s *model.Site, sheet *model.Sheet) {
	l.Helper()
	last := int32(-1)
	for _, at := range sheet.Columns.At {
		if at <= last || int(at) >= len(s.Columns) {
			l.Fatalf("sheet %q: columns %v of %d", sheet.ID, sheet.Columns.At, len(s.Columns))
		}
		if last = at; s.Columns[at].Name == "" {
			l.Errorf("sheet %q: a column without a name", sheet.ID)
		}
	}
	if c := sheet.Columns; c.Known && c.Why != "" || !c.Known && len(c.At) > 0 && c.Why == "" {
		l.Errorf("sheet %q: %+v", sheet.ID, c)
	}
}

func (l links) checkSources(s *model.Site) {
	l.Helper()
	for _, d := range s.Datasources {
		l.lead("data source", d.ParentIDs, l.isSource)
		l.lead("data source", d.TableIDs, l.isTable)
		l.lead("data source", d.FlowIDs, l.isFlow)
		l.leadToWorkbook("data source", d.WorkbookID)
	}
	for _, d := range s.Tables {
		l.lead("table", d.DatasourceIDs(), l.isSource)
		l.lead("table", d.SheetIDs(), l.isSheet)
		l.lead("table", d.UpstreamTableIDs(), l.isTable)
		l.lead("table", d.FlowIDs(), l.isFlow)
	}
	for _, d := range s.Flows {
		l.lead("flow", d.TableIDs, l.isTable)
		l.lead("flow", d.DatasourceIDs, l.isSource)
		l.lead("flow", d.ParentIDs, l.isFlow)
	}
}
