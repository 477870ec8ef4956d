package sitediff_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/modeltest"
	"darkroom/model/sitediff"
)

// company is a site with one of everything that darkroom shows. It has two workbooks; the
// first has three dashboards on a published and an embedded data source.
func company(change func(*model.Site)) *model.Site {
	ann := model.User{LUID: "u1", Name: "Ann", Username: "ann", Email: "ann@a.example"}
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	s := &model.Site{
		Server: "https://a.example", ContentURL: "acme", Name: "Acme",
		Containers: []model.Container{{LUID: "p1", Name: "Finance", Owner: ann}, {LUID: "p2", ParentLUID: "p1", Name: "Close", Owner: ann}},
		Workbooks: []model.Workbook{
			{
				ID: "w1", LUID: "W1", Name: "Month", Description: "Monthly.", ContainerLUID: "p2", ContainerName: "Close",
				PageID: "7", Owner: ann, Tags: []string{"board"}, CreatedAt: day, UpdatedAt: day,
			},
			{ID: "w2", LUID: "W2", Name: "Week", ContainerLUID: "p1", ContainerName: "Fin", PersonalSpace: true, Owner: ann, UpdatedAt: day},
		},
		Datasources: []model.Datasource{
			{
				ID: "e1", Name: "Orders+", WorkbookID: "w1", TableIDs: []string{"t1"}, HasExtract: true, ExtractRefreshedAt: day,
				ParentIDs: []string{"s1"}, Connections: []model.Connection{{Type: "sqlproxy", DatasourceName: "Sales"}},
			},
			{
				ID: "s1", LUID: "S1", Name: "Sales", Published: true, ContainerLUID: "p1", ContentURL: "Sales", TableIDs: []string{"t3"},
				FlowIDs: []string{"f1"}, Certified: true, Owner: ann, UpdatedAt: day,
			},
			{ID: "e2", Name: "Other", WorkbookID: "w2", TableIDs: []string{"t1"}},
		},
		Tables: []model.Table{
			{
				ID: "t1", Name: "orders", FullName: "[marts].[orders]", Place: &model.Place{Database: "dwh", ConnectionType: "postgres", Connection: model.ConnectionInfo{Server: "db.example", DBName: "dwh", InitialSQL: "set x = 1"}},
			},
			{
				ID: "t2", Kind: model.CustomSQLTable, Name: "Late", Extra: &model.TableExtra{Query: "select * from marts.late", DatasourceIDs: []string{"e1"}}, Place: &model.Place{Database: "dwh", ConnectionType: "postgres"},
			},
			{ID: "t3", Name: "sales", Place: &model.Place{Schema: "marts", Database: "dwh", ConnectionType: "postgres"}},
			{ID: "t4", Name: "raw", Place: &model.Place{Schema: "raw", Database: "dwh", ConnectionType: "postgres"}},
		},
		Flows:       []model.Flow{{ID: "f1", LUID: "F1", Name: "Prep", ContainerName: "Finance", TableIDs: []string{"t4"}}},
		Collections: []model.Collection{{LUID: "c1", Name: "Monday", Owner: ann, DashboardIDs: []string{"d0"}}},
	}
	for i := range 4 {
		id, book, source := fmt.Sprint(i), "w1", "e1"
		if i == 3 {
			book, source = "w2", "e2"
		}
		s.Sheets = append(s.Sheets, model.Sheet{ID: "x" + id, Name: "Sheet " + id, WorkbookID: book, DatasourceIDs: []string{source}})
		s.Dashboards = append(s.Dashboards, model.Dashboard{
			ID: "d" + id, LUID: "L" + id, DocumentViewID: "v" + id, Name: "Dash " + id, Path: "Book/D" + id, WorkbookID: book,
			SheetIDs: []string{"x" + id}, Views: 50, UpdatedAt: day, CreatedAt: day,
		})
	}
	s.Sheets[0].TableIDs = []string{"t1"}
	if change != nil {
		change(s)
	}
	return s
}

// lines are what was altered, "kind name, name: what".
func lines(d sitediff.Diff) []string {
	var out []string
	for _, a := range d.Altered {
		var names []string
		for _, t := range a.Things {
			names = append(names, t.Name)
		}
		for _, what := range a.What {
			out = append(out, d.Tool.Noun(a.Things[0].Kind).One+" "+strings.Join(names, ", ")+": "+what)
		}
	}
	return out
}

func TestAltered(t *testing.T) {
	const all = "dashboard Dash 0, Dash 1, Dash 2: "
	for name, test := range map[string]struct {
		change func(*model.Site)
		want   []string
	}{
		"a workbook's owner":  {func(s *model.Site) { s.Workbooks[0].Owner.Name = "Bea" }, []string{"workbook Month: owner Ann → Bea"}},
		"only the address":    {func(s *model.Site) { s.Workbooks[0].Owner.Email = "b@b" }, []string{"workbook Month: owner Ann ann@a.example → Ann b@b"}},
		"two workbooks alike": {func(s *model.Site) { s.Workbooks[0].Owner.Name, s.Workbooks[1].Owner.Name = "Bea", "Bea" }, []string{"workbook Month, Week: owner Ann → Bea"}},
		"a project's owner":   {func(s *model.Site) { s.Containers[1].Owner.Name = "Bea" }, []string{"container Finance / Close: owner Ann → Bea"}},
		"tags":                {func(s *model.Site) { s.Workbooks[0].Tags = []string{"c", "d"} }, []string{"workbook Month: tags added: c, d", "workbook Month: tags removed: board"}},
		"a dashboard's tags":  {func(s *model.Site) { s.Dashboards[1].Tags = []string{"c"} }, []string{"dashboard Dash 1: tags added: c"}},
		"a description":       {func(s *model.Site) { s.Workbooks[0].Description = "" }, []string{"workbook Month: description removed"}},
		"hidden":              {func(s *model.Site) { s.Dashboards[1].LUID, s.Dashboards[1].Path = "", "" }, []string{"dashboard Dash 1: now hidden in its workbook"}},
		"one table":           {func(s *model.Site) { s.Datasources[2].TableIDs = []string{"t1", "t3"} }, []string{"dashboard Dash 3: reads 1 more table: dwh.marts.sales"}},
		"another table behind a published source": {func(s *model.Site) { s.Datasources[1].TableIDs = []string{"t1"} }, []string{
			all + "no longer reads 1 table: dwh.marts.sales",
			"published data source Sales: reads 1 more table: dwh.marts.orders", "published data source Sales: no longer reads 1 table: dwh.marts.sales",
			"published data source Sales: the initial SQL of \"orders\" is new",
		}},
		"custom SQL": {func(s *model.Site) { s.Tables[1].Own().Query += " where true" }, []string{all + `custom SQL "Late" changed`}},
		"custom SQL with another table": {func(s *model.Site) { s.Tables[1].Own().Query = "select * from marts.early" }, []string{
			all + "reads 1 more table: dwh.marts.early", all + "no longer reads 1 table: dwh.marts.late", all + `custom SQL "Late" changed`,
		}},
		"ids of a new publication": {func(s *model.Site) {
			s.Tables[1].ID, s.Datasources[0].ID = "t2b", "e1b"
			s.Tables[1].Own().DatasourceIDs = []string{"e1b"}
			for i := range 3 {
				s.Sheets[i].DatasourceIDs = []string{"e1b"}
			}
		}, nil},
		"another warehouse": {func(s *model.Site) { modeltest.Place(&s.Tables[2]).ConnectionType = "redshift" }, []string{
			all + "connection of dwh.marts.sales postgres → redshift", "published data source Sales: connection of dwh.marts.sales postgres → redshift",
		}},
		"names hidden": {func(s *model.Site) {
			s.Tables[2].Name, s.Tables[2].FullName, modeltest.Place(&s.Tables[2]).Schema, s.Tables[2].Redacted = "", "", "", true
		}, []string{
			all + "no longer reads 1 table: dwh.marts.sales", all + "names of 1 table hidden",
			all + "gap: The BI tool hides the names of a table: the account may not see its database",
			"published data source Sales: no longer reads 1 table: dwh.marts.sales", "published data source Sales: names of 1 table hidden",
			"published data source Sales: gap: The BI tool hides the names of a table: the account may not see its database",
		}},
		"fields":                   {func(s *model.Site) { s.Sheets[0].TableIDs = []string{"t3"} }, []string{"dashboard Dash 0: now uses fields of dwh.marts.sales", "dashboard Dash 0: no longer uses fields of dwh.marts.orders"}},
		"a sheet":                  {func(s *model.Site) { s.Sheets[3].Name = "Other" }, []string{"dashboard Dash 3: reaches its tables another way"}},
		"live":                     {func(s *model.Site) { s.Datasources[0].HasExtract = false }, []string{`workbook Month: "Orders+" is now live`}},
		"certification":            {func(s *model.Site) { s.Datasources[1].Certified = false }, []string{"published data source Sales: no longer certified"}},
		"a published source moves": {func(s *model.Site) { s.Datasources[1].ContainerLUID = "p2" }, []string{"published data source Sales: container Finance → Finance / Close"}},
		"embedded": {func(s *model.Site) {
			s.Datasources = append(s.Datasources, model.Datasource{ID: "e3", Name: "Aside", WorkbookID: "w2"})
		}, []string{`workbook Week: embedded data sources added: "Aside"`}},
		"a collection": {func(s *model.Site) { s.Collections[0].WorkbookIDs = []string{"w2"} }, []string{`collection Monday: contents added: workbook "Week"`}},
		"a published source has another name": {func(s *model.Site) { s.Datasources[1].Name = "Sold" }, []string{
			all + `now goes through published data source "Sold"`, all + `no longer goes through published data source "Sales"`,
			"published data source Sold: name Sales → Sold",
		}},
		"another site": {func(s *model.Site) { s.ContentURL = "emea" }, []string{"site Acme: site acme → emea"}},
	} {
		got := compare(t, company(nil), company(test.change))
		if d := cmp.Diff(test.want, lines(got)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if len(got.New)+len(got.Gone) > 0 || got.Empty() != (test.want == nil) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Names that are hidden, or show again, alter nothing; they are counted.
func TestHiddenNamesAlterNothing(t *testing.T) {
	hidden := company(func(s *model.Site) {
		for i := range s.Workbooks {
			w := &s.Workbooks[i]
			w.Name, w.Description, w.Owner, w.PageID = "", "", model.User{}, ""
		}
		for i := range s.Dashboards {
			s.Dashboards[i].Name, s.Dashboards[i].Path = "", ""
		}
		for i := range s.Datasources {
			s.Datasources[i].Name, s.Datasources[i].Owner = "", model.User{}
		}
		for i := range s.Sheets {
			s.Sheets[i].Name = ""
		}
	})
	for _, d := range []sitediff.Diff{compare(t, company(nil), hidden), compare(t, hidden, company(nil))} {
		if len(d.Altered)+len(d.Appeared)+len(d.Vanished)+len(d.Renamed)+len(d.Moved) > 0 {
			t.Errorf("%+v", d)
		}
	}
	var hides []string
	for _, c := range compare(t, company(nil), hidden).Counts {
		if c.New < c.Old {
			hides = append(hides, c.Words)
		}
	}
	if d := cmp.Diff([]string{"names of workbooks", "names of dashboards", "names of data sources"}, hides); d != "" {
		t.Error(d)
	}
}

// What permissions hide is not reported one by one: neither when it is hidden nor when
// it shows again. Only the counts say how much there is.
func TestAlteredIsNotHidden(t *testing.T) {
	hidden := company(func(s *model.Site) {
		s.Workbooks[0] = model.Workbook{ID: "w1", LUID: "W1"}
		for _, i := range []int{0, 1} { // an embedded source and a published one
			d := &s.Datasources[i]
			d.Name, d.Certified, d.HasExtract, d.Owner, d.ContainerLUID, d.ContainerName = "", false, false, model.User{}, "", ""
		}
		s.Collections[0].Name = ""
	})
	for i, d := range []sitediff.Diff{compare(t, company(nil), hidden), compare(t, hidden, company(nil))} {
		for _, line := range lines(d) {
			if !strings.HasPrefix(line, "dashboard ") {
				t.Error(line)
			}
		}
		if len(d.Renamed)+len(d.Moved)+len(d.Appeared)+len(d.Vanished) > 0 || i == 0 && d.Empty() {
			t.Errorf("%+v", d)
		}
	}
}

func TestAppearedAndVanished(t *testing.T) {
	d := compare(t, company(nil), company(func(s *model.Site) {
		s.Datasources[1].LUID, s.Collections[0].LUID = "S9", "c9"
	}))
	source, list := sitediff.Thing{Kind: "published data source", Name: "Sales", Place: "Finance"}, sitediff.Thing{Kind: "collection", Name: "Monday"}
	want := []sitediff.Thing{source, list}
	if diff := cmp.Diff([][]sitediff.Thing{want, want}, [][]sitediff.Thing{d.Appeared, d.Vanished}); diff != "" {
		t.Error(diff)
	}
}

// What changes all the time is counted and not reported as a change; a jump in views is.
func TestDrift(t *testing.T) {
	d := compare(t, company(nil), company(func(s *model.Site) {
		s.Dashboards[0].Views, s.Dashboards[1].Views, s.Dashboards[2].Views = 500, 5, 51
		s.Dashboards[2].UpdatedAt = time.Now()
		s.Datasources[0].ExtractRefreshedAt = time.Now()
	}))
	want := sitediff.Drift{Views: 3, Soared: []string{"Dash 0"}, Sank: []string{"Dash 1"}, Refreshed: 1, SavedAgain: 1}
	if diff := cmp.Diff(want, d.Drift); diff != "" || !d.Empty() {
		t.Errorf("%s%+v", diff, d)
	}
}

// Every value of a site is changed, one at a time: the change is reported, counted as
// drift, or on the list of what darkroom does not show.
func TestEveryShownChangeIsReported(t *testing.T) {
	unshown := map[string]string{
		"Container.LUID":            "an identity",
		"User.LUID":                 "an identity",
		"User.Username":             "used when the name is missing",
		"Workbook.LUID":             "an identity",
		"Workbook.CreatedAt":        "not shown",
		"Workbook.UpdatedAt":        "the dashboard's is",
		"Workbook.ContainerLUID":    "a project that is missing has no name to report",
		"Workbook.ContainerName":    "used when the project's own name is missing",
		"Dashboard.ID":              "an identity where there is no LUID",
		"Dashboard.DocumentViewID":  "an identity where there is no LUID",
		"Dashboard.CreatedAt":       "not shown",
		"Sheet.WorkbookID":          "the dashboard's counts",
		"Datasource.ContentURL":     "part of an address that is not shown",
		"Datasource.UpdatedAt":      "not shown",
		"Connection.Type":           "not needed where Tableau names the parents",
		"Connection.DatasourceName": "the same",
		"Table.ID":                  "an identity; the data sources that name it are reported",
		"Flow.LUID":                 "an identity",
		"Flow.ContainerName":        "not shown",
	}
	met := map[string]bool{}
	for n := 0; ; n++ {
		at := ""
		later := company(func(s *model.Site) { at = alterNth(reflect.ValueOf(s).Elem(), n) })
		if at == "" {
			break
		}
		met[at] = true
		d := compare(t, company(nil), later)
		if d.Empty() && reflect.ValueOf(d.Drift).IsZero() && unshown[at] == "" {
			t.Errorf("%s (value %d) changed and nothing is reported", at, n)
		}
	}
	for at := range unshown {
		if !met[at] {
			t.Errorf("%s is on the list but is not a value of a site", at)
		}
	}
}

// alterNth changes the nth value below v that is not empty, and names its field; ""
// when there are fewer.
func alterNth(v reflect.Value, n int) string {
	at := ""
	var walk func(v reflect.Value, field string)
	walk = func(v reflect.Value, field string) {
		if at != "" {
			return
		}
		day, isTime := v.Interface().(time.Time)
		switch {
		case v.IsZero():
		case v.Kind() == reflect.Pointer:
			walk(v.Elem(), field)
		case isTime, v.Kind() != reflect.Struct && v.Kind() != reflect.Slice:
			if n--; n >= 0 {
				return
			}
			at = field
			switch {
			case isTime:
				v.Set(reflect.ValueOf(day.Add(time.Hour)))
			case v.Kind() == reflect.String:
				v.SetString(v.String() + "2")
			case v.Kind() == reflect.Bool:
				v.SetBool(!v.Bool())
			case v.CanInt():
				v.SetInt(v.Int() + 1)
			default:
				v.SetUint(v.Uint() + 1)
			}
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i), v.Type().Name()+"."+v.Type().Field(i).Name)
			}
		default:
			for i := range v.Len() {
				walk(v.Index(i), field)
			}
		}
	}
	walk(v, "")
	return at
}

func BenchmarkCompareLargeSite(b *testing.B) {
	large := func(table string) *model.Site {
		return company(func(s *model.Site) {
			for i := range 20_000 {
				id, book := fmt.Sprint("n", i), fmt.Sprint("b", i/4)
				if i%4 == 0 {
					s.Workbooks = append(s.Workbooks, model.Workbook{ID: book, LUID: book, Name: book, ContainerLUID: "p1"})
					s.Datasources = append(s.Datasources, model.Datasource{ID: book, Name: book, WorkbookID: book, ParentIDs: []string{"s1"}, TableIDs: []string{table}})
				}
				s.Sheets = append(s.Sheets, model.Sheet{ID: id, Name: id, DatasourceIDs: []string{book}})
				s.Dashboards = append(s.Dashboards, model.Dashboard{ID: id, LUID: id, Name: id, WorkbookID: book, SheetIDs: []string{id}})
			}
		})
	}
	old, now := large("t1"), large("t4")
	for b.Loop() {
		if d := compare(b, old, now); d.AlteredDashboards != 20_000 || len(d.Altered) != 1 {
			b.Fatalf("%d in %d groups", d.AlteredDashboards, len(d.Altered))
		}
	}
}

// What changed is named in the words of the site's tool.
func TestChangesInTheToolsWords(t *testing.T) {
	lumen := &model.Tool{Words: map[model.Part]model.Noun{model.PartContainer: {One: "space"}, model.PartPublished: {One: "dataset"}}}
	later := company(func(s *model.Site) {
		s.Tool, s.Containers[1].Owner.Name, s.Datasources[1].ContainerLUID = lumen, "Bea", "p2"
	})
	want := []string{"dataset Sales: space Finance → Finance / Close", "space Finance / Close: owner Ann → Bea"}
	if got := lines(compare(t, company(nil), later)); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
