package ledger

import (
	"fmt"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
)

// bigTower has n dashboards on three of n/2 tables each; every tenth table is in
// another database.
func bigTower(n int) (*model.Project, *model.Site) {
	p := &model.Project{Name: "big", Adapter: "postgres"}
	s := &model.Site{Name: "tower", Workbooks: []model.Workbook{{ID: "w", Name: "Book"}}}
	for i := range n / 2 {
		name := fmt.Sprint("m", i)
		p.Resources = append(p.Resources, model.Resource{
			ID: "model.big." + name, Kind: model.KindModel, Name: name, Common: &model.Common{Package: "big", Database: "shop", Schema: "marts"}, Extra: &model.ResourceExtra{Identifier: name, RelationName: `"shop"."marts"."` + name + `"`},
		})
		database := "shop"
		if i%10 == 0 {
			database = "prod"
		}
		s.Tables = append(s.Tables, model.Table{ID: "t" + name, Name: name, Place: &model.Place{Schema: "marts", Database: database, ConnectionType: "postgres"}, FullName: "[marts].[" + name + "]"})
	}
	for i := range n {
		id := fmt.Sprint(i)
		ds := model.Datasource{ID: "e" + id, Name: id, WorkbookID: "w"}
		for k := range 3 {
			ds.TableIDs = append(ds.TableIDs, fmt.Sprint("tm", (i*7+k*13)%(n/2)))
		}
		s.Datasources = append(s.Datasources, ds)
		s.Sheets = append(s.Sheets, model.Sheet{ID: "s" + id, Name: id, WorkbookID: "w", DatasourceIDs: []string{ds.ID}})
		s.Dashboards = append(s.Dashboards, model.Dashboard{ID: "d" + id, LUID: "luid-" + id, Name: id, WorkbookID: "w", SheetIDs: []string{"s" + id}})
	}
	return p, s
}

func BenchmarkLedger(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		p, s := bigTower(n)
		g, err := lineage.Build(b.Context(), []*model.Project{p}, []*model.Site{s}, lineage.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				count(g)
			}
		})
		b.Run(fmt.Sprint("preview-", n), func(b *testing.B) {
			c := Fixes(g, Of(g).Groups[0].Dashboards[0].Rows[0].Link)[0]
			for b.Loop() {
				if e, err := PreviewFix(g, c); err != nil || e.Tables == 0 {
					b.Fatal(e, err)
				}
			}
		})
		if n == 100_000 {
			b.Run("build", func(b *testing.B) {
				for b.Loop() {
					lineage.Build(b.Context(), []*model.Project{p}, []*model.Site{s}, lineage.Options{})
				}
			})
		}
	}
}
