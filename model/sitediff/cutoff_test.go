package sitediff

import (
	"testing"

	"darkroom/model"
)

// What was cut off on either side is reported as a gap, never as a change in Tableau.
func TestCutOffAltersNothing(t *testing.T) {
	site := func(change func(*model.Site)) *model.Site {
		s := &model.Site{
			Server: "https://tableau.example.com", Name: "acme",
			Workbooks:  []model.Workbook{{ID: "w", LUID: "w", Name: "Book", Owner: model.User{Name: "Sales Ops"}, Tags: []string{"core"}}},
			Dashboards: []model.Dashboard{{ID: "d", LUID: "d", Name: "Sales", WorkbookID: "w", SheetIDs: []string{"s"}, Tags: []string{"core"}}},
			Sheets:     []model.Sheet{{ID: "s", Name: "S", WorkbookID: "w", DatasourceIDs: []string{"e"}}},
			Datasources: []model.Datasource{
				{ID: "e", Name: "E", WorkbookID: "w", HasExtract: true, TableIDs: []string{"t"}},
				{ID: "p", LUID: "p", Name: "P", Published: true, Certified: true, TableIDs: []string{"t"}},
			},
			Tables: []model.Table{{ID: "t", Name: "orders", FullName: "[marts].[orders]", Place: &model.Place{Database: "shop", ConnectionType: "postgres"}}},
		}
		change(s)
		return s
	}
	whole := site(func(*model.Site) {})
	cut := site(func(s *model.Site) {
		s.Workbooks[0].Owner, s.Workbooks[0].Tags, s.Workbooks[0].Incomplete = model.User{}, nil, "cut"
		s.Dashboards[0].Tags, s.Dashboards[0].Incomplete = nil, "cut"
		for i := range s.Datasources {
			d := &s.Datasources[i]
			d.HasExtract, d.Certified, d.TableIDs, d.Incomplete = false, false, nil, "cut"
		}
	})
	unindexed := site(func(s *model.Site) { s.IncompleteLists = map[string]string{model.EveryList: "cut"} })
	for name, pair := range map[string][2]*model.Site{
		"cut off now": {whole, cut}, "no longer cut off": {cut, whole}, "not indexed now": {whole, unindexed}, "indexed now": {unindexed, whole},
	} {
		if d, err := Compare(t.Context(), pair[0], pair[1]); err != nil || len(d.Altered) > 0 {
			t.Errorf("%s: %+v", name, d.Altered)
		}
	}
}
