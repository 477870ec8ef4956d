package walk

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
)

// What was cut off is reported as that, with none of the reasons that explain an empty list.
func TestCutOff(t *testing.T) {
	orders, items := db("t1", "MARTS", "ORDERS"), db("t2", "MARTS", "ITEMS")
	halfNamed := model.Table{ID: "t3", Name: "LOST", Place: &model.Place{ConnectionType: "snowflake"}, Extra: &model.TableExtra{Incomplete: "cut"}}
	noLink := orders
	noLink.Own().Incomplete = "cut"
	for _, c := range []struct {
		name string
		site model.Site
		want []string
	}{
		{
			name: "a dashboard without sheets, where its answer was cut off",
			site: model.Site{Dashboards: []model.Dashboard{{ID: "d", Incomplete: "cut"}}},
			want: []string{"gap cut_off: the dashboard's own list"},
		},
		{
			name: "a sheet, and one known by its id only",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s", "s2")},
				Sheets:      []model.Sheet{{ID: "s", Name: "S", DatasourceIDs: list("e"), TableIDs: list("t2"), Incomplete: "cut"}, {ID: "s2", Incomplete: "cut"}},
				Datasources: []model.Datasource{embedded("e", nil, list("t1"))},
				Tables:      []model.Table{orders, items},
			},
			want: []string{
				`[MARTS].[ORDERS]`, `  sheet "S" > embedded "Emb e"`, `[MARTS].[ITEMS]`, `  the dashboard's own list`,
				`gap cut_off: sheet "S"`, `gap cut_off: sheet (name hidden)`,
			},
		},
		{
			name: "neither an extract nor unsupported custom SQL is the reason",
			site: model.Site{
				Dashboards: []model.Dashboard{dashboard("s")},
				Sheets:     []model.Sheet{sheet("s", "e", "f")},
				Datasources: []model.Datasource{
					{ID: "e", Name: "E", HasExtract: true, Incomplete: "cut"},
					{ID: "f", Name: "F", UnsupportedCustomSQL: true, TableIDs: list("t1"), Incomplete: "cut"},
				},
				Tables: []model.Table{orders},
			},
			want: []string{
				`[MARTS].[ORDERS]`, `  sheet "S" > embedded "F"`,
				`gap cut_off: sheet "S" > embedded "E"`, `gap cut_off: sheet "S" > embedded "F"`,
			},
		},
		{
			name: "a published data source that the cut list lacks",
			site: model.Site{
				Dashboards: []model.Dashboard{dashboard("s")},
				Sheets:     []model.Sheet{sheet("s", "e")},
				Datasources: []model.Datasource{
					embedded("e", list("p"), nil), {ID: "p", Published: true, Incomplete: "cut"},
				},
			},
			want: []string{`gap cut_off: sheet "S" > embedded "Emb e"`},
		},
		{
			name: "one name of a published data source, and perhaps not the only one",
			site: model.Site{
				IncompleteLists: map[string]string{"publishedDatasources": "cut"},
				Dashboards:      []model.Dashboard{dashboard("s")},
				Sheets:          []model.Sheet{sheet("s", "e")},
				Datasources: []model.Datasource{
					{ID: "e", Name: "E", Connections: []model.Connection{{Type: "sqlproxy", DatasourceName: "Pub p"}}},
					published("p", nil, list("t1")),
				},
				Tables: []model.Table{orders},
			},
			want: []string{`gap cut_off: sheet "S" > embedded "E"`},
		},
		{
			name: "half of a table's name does not count; a complete one with a link cut off does",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "e")},
				Datasources: []model.Datasource{embedded("e", nil, list("t1", "t3"))},
				Tables:      []model.Table{noLink, halfNamed},
			},
			want: []string{
				`[MARTS].[ORDERS]`, `  sheet "S" > embedded "Emb e"`,
				`gap cut_off: sheet "S" > embedded "Emb e"`, `gap cut_off: sheet "S" > embedded "Emb e"`,
			},
		},
		{
			name: "custom SQL without its database is not read",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "e")},
				Datasources: []model.Datasource{embedded("e", nil, list("c"))},
				Tables: []model.Table{
					{ID: "c", Kind: model.CustomSQLTable, Name: "Q", Extra: &model.TableExtra{Query: "select * from marts.orders", UpstreamTableIDs: list("t1"), Incomplete: "cut"}},
					orders,
				},
			},
			want: []string{
				`[MARTS].[ORDERS]`, `  sheet "S" > embedded "Emb e" > custom SQL "Q"`,
				`gap cut_off: sheet "S" > embedded "Emb e" > custom SQL "Q"`,
			},
		},
		{
			name: "a flow and a virtual connection",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "p")},
				Datasources: []model.Datasource{{ID: "p", LUID: "p", Name: "P", Published: true, TableIDs: list("v"), FlowIDs: list("f")}},
				Tables:      []model.Table{{ID: "v", Kind: model.VirtualConnectionTable, Name: "V", Extra: &model.TableExtra{VirtualConnection: "VC", Incomplete: "cut"}}},
				Flows:       []model.Flow{{ID: "f", Name: "F", Incomplete: "cut"}},
			},
			want: []string{
				`gap cut_off: sheet "S" > published "P" > virtual connection "VC"`, `gap cut_off: sheet "S" > published "P" > flow "F"`,
			},
		},
		{
			name: "a virtual connection whose table was not fetched", // it is named, by its id
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "p")},
				Datasources: []model.Datasource{{ID: "p", LUID: "p", Name: "P", Published: true, TableIDs: list("v")}},
				Tables: []model.Table{
					{ID: "v", Kind: model.VirtualConnectionTable, Name: "V", Extra: &model.TableExtra{VirtualConnection: "VC", UpstreamTableIDs: list("t")}},
					{ID: "t", Extra: &model.TableExtra{Incomplete: "cut"}},
				},
			},
			want: []string{`gap cut_off: sheet "S" > published "P" > virtual connection "VC"`},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := walked(t, New(&c.site), &c.site.Dashboards[0])
			if d := cmp.Diff(c.want, lines(res)); d != "" {
				t.Error(d)
			}
			for _, g := range res.Gaps {
				if !strings.HasSuffix(g.Text, ": cut; tables may be missing; sync again") {
					t.Errorf("%q", g.Text)
				}
			}
		})
	}
}
