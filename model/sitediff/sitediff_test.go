package sitediff_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/sitediff"
)

func compare(t testing.TB, earlier, later *model.Site) sitediff.Diff {
	t.Helper()
	d, err := sitediff.Compare(t.Context(), earlier, later)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func site(n int, change func(*model.Site)) *model.Site {
	s := &model.Site{
		Server: "https://a", ContentURL: "x",
		Containers: []model.Container{{LUID: "p", Name: "Finance"}, {LUID: "q", Name: "Sales"}},
		Workbooks:  []model.Workbook{{ID: "w", Name: "Close", ContainerLUID: "p"}},
	}
	for i := range n {
		id := fmt.Sprintf("%03d", i)
		s.Dashboards = append(s.Dashboards, model.Dashboard{ID: "d" + id, LUID: "l" + id, Name: "D" + id, WorkbookID: "w"})
		s.Tables = append(s.Tables, model.Table{ID: "t" + id, Name: "T" + id, Place: &model.Place{Schema: "s"}})
	}
	if change != nil {
		change(s)
	}
	return s
}

// collecting adds n collections of that many dashboards to a site.
func collecting(n, dashboards int) func(*model.Site) {
	return func(s *model.Site) {
		for range n {
			c := model.Collection{Name: "C"}
			for i := range dashboards {
				c.DashboardIDs = append(c.DashboardIDs, s.Dashboards[i].ID)
			}
			s.Collections = append(s.Collections, c)
		}
	}
}

// nameless is a site whose first dashboards have hidden names.
func nameless(n, hidden int) *model.Site {
	return site(n, func(s *model.Site) {
		for i := range hidden {
			s.Dashboards[i].Name = ""
		}
	})
}

func TestCompare(t *testing.T) {
	later := site(5, func(s *model.Site) {
		s.Server = "https://b"
		s.Dashboards[0].Name = "Renamed"
		s.Dashboards[1].LUID = "other"
		s.Dashboards[2].ID = "another metadata id"
		s.Workbooks = append(s.Workbooks, model.Workbook{ID: "v", Name: "Pipe", ContainerLUID: "q"})
		s.Dashboards[3].WorkbookID = "v"
		s.Tables[0].ID, s.Tables[1].ID, s.Tables[1].Name = "again", "fresh", "F"
	})
	got := compare(t, site(5, nil), later)
	got.Counts = nil
	at := func(key, name, place string) sitediff.Dashboard {
		return sitediff.Dashboard{Key: key, Name: name, Place: place}
	}
	want := sitediff.Diff{
		New:       []sitediff.Dashboard{at("other", "D001", "Finance / Close")},
		Gone:      []sitediff.Dashboard{at("l001", "D001", "Finance / Close")},
		Renamed:   []sitediff.Change{{Old: at("l000", "D000", "Finance / Close"), New: at("l000", "Renamed", "Finance / Close")}},
		Moved:     []sitediff.Change{{Old: at("l003", "D003", "Finance / Close"), New: at("l003", "D003", "Sales / Pipe")}},
		Altered:   []sitediff.Altered{{Things: []sitediff.Thing{{Kind: "site", Name: "x"}}, What: []string{"server https://a → https://b"}}},
		NewTables: []string{"s.F"}, GoneTables: []string{"s.T001"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if !compare(t, later, later).Empty() || got.Empty() {
		t.Error("Empty")
	}
	if d := compare(t, nil, later); len(d.New) != 5 || len(d.Worse()) > 0 {
		t.Errorf("nothing before: %+v", d)
	}
}

// What permissions hide is not reported as renamed or moved, neither when it is hidden
// nor when it shows again; what is still known is compared.
func TestCompareHidden(t *testing.T) {
	hidden := site(3, func(s *model.Site) {
		for i := range s.Dashboards {
			s.Dashboards[i].Name = ""
		}
		s.Workbooks[0].Name = ""
		s.Workbooks = append(s.Workbooks, model.Workbook{ID: "v", ContainerLUID: "q"}, model.Workbook{ID: "u"})
		s.Dashboards[1].WorkbookID = "v"
		s.Dashboards[2].WorkbookID = "u"
	})
	for _, d := range []sitediff.Diff{compare(t, site(3, nil), hidden), compare(t, hidden, site(3, nil))} {
		if len(d.Renamed) > 0 || len(d.Moved) != 1 || d.Moved[0].New.Key != "l001" {
			t.Errorf("renamed %v, moved %v", d.Renamed, d.Moved)
		}
	}
	d := compare(t, nil, hidden)
	if got := []string{d.New[0].Place, d.New[1].Place, d.New[2].Place}; !cmp.Equal(got, []string{
		"(name hidden)", "Finance / (name hidden)", "Sales / (name hidden)",
	}) {
		t.Error(got)
	}
}

func TestWorse(t *testing.T) {
	partial := func(text string) func(*model.Site) {
		return func(s *model.Site) { s.Partial = []string{text} }
	}
	reading := func(hidden bool) *model.Site {
		return site(20, func(s *model.Site) {
			s.Datasources = []model.Datasource{{ID: "e"}}
			for i := range s.Tables {
				s.Tables[i].Redacted = hidden
				s.Datasources[0].TableIDs = append(s.Datasources[0].TableIDs, s.Tables[i].ID)
			}
		})
	}
	replaced := reading(true)
	replaced.Datasources[0].TableIDs = []string{"of a file"}
	for _, test := range []struct {
		name     string
		old, now *model.Site
		worse    int
	}{
		{"links to hidden tables are replaced", reading(true), replaced, 0},
		{"links lead to hidden tables", reading(false), reading(true), 2},
		{"the last one", site(3, nil), site(0, nil), 2},
		{"view counts refused", site(10, nil), site(10, func(s *model.Site) {
			for i := range s.Dashboards {
				s.Dashboards[i].Views = -1
			}
		}), 1},
		{"collections refused", site(10, collecting(1, 3)), site(10, nil), 3},
		{"what is in them refused", site(10, collecting(2, 2)), site(10, collecting(2, 0)), 1},
		{"one collection fewer", site(10, collecting(4, 2)), site(10, collecting(3, 2)), 0},
		{"owners hidden", site(10, func(s *model.Site) { s.Workbooks[0].Owner.Name = "Ann" }), site(10, nil), 1},
		{"same", site(100, nil), site(100, nil), 0},
		{"more", site(100, nil), site(200, nil), 0},
		{"a tenth fewer", site(100, nil), site(90, nil), 0},
		{"more than a tenth fewer", site(100, nil), site(89, nil), 2},
		{"five of six", site(6, nil), site(1, nil), 2},
		{"five of twenty", site(20, nil), site(15, nil), 0},
		{"half", site(100, nil), site(50, nil), 2},
		{"a new gap", site(100, nil), site(100, partial("x")), 1},
		{"a new gap and one dashboard fewer", site(100, nil), site(99, partial("x")), 3},
		{"the same gap", site(100, partial("cut after 7")), site(100, partial("cut after 91")), 0},
		{"one gap fewer", site(100, partial("x")), site(100, nil), 0},
		{"names of dashboards hidden", site(100, nil), nameless(100, 100), 1},
		{"some names of dashboards hidden", site(100, nil), nameless(100, 11), 1},
		{"few names of dashboards hidden", site(100, nil), nameless(100, 10), 0},
		{"hidden, and as many more", site(100, nil), nameless(200, 100), 1},
		{"names hidden, and before", nameless(100, 100), nameless(100, 100), 0},
		{"names show again", nameless(100, 100), site(100, nil), 0},
		{"the workbook's name hidden", site(3, nil), site(3, func(s *model.Site) { s.Workbooks[0].Name = "" }), 1},
		{"names hidden", site(100, nil), site(100, func(s *model.Site) {
			for i := range s.Tables {
				s.Tables[i].Redacted = i%2 == 0
			}
		}), 1},
	} {
		if got := compare(t, test.old, test.now).Worse(); len(got) != test.worse {
			t.Errorf("%s: %q", test.name, got)
		}
	}
}
