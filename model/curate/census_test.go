package curate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/lineage"
)

// twoSites has the dashboards a (certified source), b (one certified, one not), c
// (no published source) and p (personal space) on s1, and d on s2, of which
// another file brought e.
func twoSites() []*model.Site {
	views := func(names ...string) (out []model.Dashboard) {
		for _, n := range names {
			out = append(out, model.Dashboard{ID: n, LUID: n, Name: "Title " + n, WorkbookID: "w" + n, SheetIDs: []string{"s" + n}, Views: -1})
		}
		return out
	}
	s1 := &model.Site{
		Server: "https://host", ContentURL: "s1", Dashboards: views("a", "b", "c", "p"),
		Containers: []model.Container{{LUID: "p1", Name: "Sales"}, {LUID: "p2", Name: "archive", ParentLUID: "p1"}},
		Workbooks:  []model.Workbook{{ID: "wa", Name: "W\xff", ContainerLUID: "p1"}, {ID: "wc", Name: "W", ContainerLUID: "p2"}, {ID: "wp", PersonalSpace: true}},
		Sheets: []model.Sheet{
			{ID: "sa", DatasourceIDs: []string{"ea"}},
			{ID: "sb", DatasourceIDs: []string{"ea", "bad"}},
			{ID: "sc", DatasourceIDs: []string{"ec", "lost"}},
		},
		Datasources: []model.Datasource{
			{ID: "ea", ParentIDs: []string{"good"}},
			{ID: "ec", ParentIDs: []string{"ec"}},
			{ID: "good", Published: true, Certified: true},
			{ID: "bad", Published: true},
		},
	}
	return []*model.Site{
		s1,
		{Server: "https://host", ContentURL: "s2", Dashboards: views("d")},
		{Server: "https://host", ContentURL: "s2", Dashboards: views("e"), Partial: []string{"a page failed"}},
	}
}

func TestTakeAndDefaults(t *testing.T) {
	notPersonal := func(d *lineage.Dashboard) bool { return !SubjectOf(d).PersonalSpace }
	g, err := lineage.Build(t.Context(), nil, twoSites(), lineage.Options{InScope: notPersonal})
	if err != nil {
		t.Fatal(err)
	}
	want := Census{
		Places: map[string]Place{
			"a": {"Title a", "Sales", "W\ufffd", "host/s1"},
			"b": {"Title b", "", "", "host/s1"},
			"c": {"Title c", "Sales / archive", "W", "host/s1"},
			"d": {"Title d", "", "", "host/s2"},
			"e": {"Title e", "", "", "host/s2"},
		},
		Hidden:   map[string]bool{"p": true},
		Complete: map[string]bool{"host/s1": true, "host/s2": false},
	}
	if diff := cmp.Diff(want, Take(g)); diff != "" {
		t.Error(diff)
	}
	yes := true
	got := Defaults(g, []Rule{{Certified: &yes, Decide: Included}})
	if diff := cmp.Diff(map[string]Default{"a": {Included, 1, ""}, "c": {Excluded, 0, "it is in an archive"}}, got); diff != "" {
		t.Error(diff)
	}
}
