package affected

import (
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/change"
	"darkroom/model/impact"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
)

// A column that is gone comes with the dashboards that use it themselves, and with how many
// may, as far as columns were fetched.
func TestRemovedColumnsNameTheirDashboards(t *testing.T) {
	for name, test := range map[string]struct {
		edit func(*model.Site)
		want string
	}{
		"used":                   {func(*model.Site) {}, "column discount removed (used by on fct)"},
		"used and unknown":       {func(s *model.Site) { s.Sheets[1].Columns.Known = false }, "column discount removed (used by on fct; unknown of 1 other)"},
		"used by none":           {func(s *model.Site) { s.Sheets[0].Columns.At = nil }, "column discount removed (no dashboard uses it)"},
		"not fetched":            {func(s *model.Site) { s.Columns = nil }, "column discount removed"},
		"used by one, by number": {func(s *model.Site) { s.Sheets[1].Columns.At = []int32{1} }, "column discount removed (used by on fct, on fct too)"},
	} {
		t.Run(name, func(t *testing.T) {
			s := lineagetest.Tower("fct", "fct")
			s.Dashboards[1].Name, s.Dashboards[1].LUID = "on fct too", "luid-2"
			s.Columns = []model.TableColumn{{TableID: "t0", Name: "discount"}, {TableID: "t1", Name: "discount"}}
			s.Sheets[0].Columns = model.SheetColumns{Known: true, At: []int32{0}}
			s.Sheets[1].Columns.Known = true
			test.edit(s)
			g, err := lineage.Build(t.Context(), []*model.Project{lineagetest.Shop()}, []*model.Site{s}, lineage.Options{})
			if err != nil {
				t.Fatal(err)
			}
			id, _ := g.Resource("model.shop.fct")
			a := Answer{Graph: g, Report: impact.Of(g, []lineage.ID{id}, impact.Known{}), Changes: &change.Set{By: "state", Changes: []change.Change{
				{ID: "model.shop.fct", Type: "model", Name: "fct", What: []string{"body"}, Columns: []change.Column{{Name: "discount", Removed: true}}},
			}}}
			if got := a.changed()[0].what; got != "SQL; "+test.want {
				t.Errorf("%q, want %q", got, "SQL; "+test.want)
			}
			if page := a.Markdown(); !strings.Contains(page, test.want) {
				t.Errorf("Markdown without it:\n%s", page)
			}
		})
	}
}
