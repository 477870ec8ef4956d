package explorer

import (
	"context"
	"fmt"
	"sync"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/screentest"
)

// city is a graph of 100,000 models, 400,000 edges and 5,000 dashboards.
var city = sync.OnceValue(func() *lineage.Graph {
	p := &model.Project{Name: "city", Adapter: "postgres"}
	for i := range 100_000 {
		name := fmt.Sprintf("fct_orders_revenue_%06d", i)
		r := model.Resource{
			ID: "model.city." + name, Kind: model.KindModel, Name: name, Common: &model.Common{Package: "city", Materialized: "table", Database: "city", Schema: "marts"},
			Extra: &model.ResourceExtra{Identifier: name, RelationName: `"city"."marts"."` + name + `"`}, Path: fmt.Sprintf("models/area_%02d/team_%02d/%s.sql", i%20, i%60, name),
		}
		for k := 1; k <= 4 && i >= 100; k++ {
			r.DependsOn = append(r.DependsOn, fmt.Sprintf("model.city.fct_orders_revenue_%06d", (i-100*k+k*7919*i)%i))
		}
		p.Resources = append(p.Resources, r)
	}
	s := &model.Site{Name: "city", Server: "https://tableau.example.com"}
	for i := range 5000 {
		id := fmt.Sprint(i)
		if i%10 == 0 {
			s.Workbooks = append(s.Workbooks, model.Workbook{ID: "w" + fmt.Sprint(i/10), Name: "Workbook " + id, ContainerName: fmt.Sprint("Project ", i%7)})
		}
		ds := model.Datasource{ID: "e" + id, WorkbookID: "w" + fmt.Sprint(i/10)}
		for k := range 3 {
			name := fmt.Sprintf("fct_orders_revenue_%06d", (i*37+k*991)%100_000)
			ds.TableIDs = append(ds.TableIDs, name+id)
			s.Tables = append(s.Tables, model.Table{ID: name + id, Name: name, Place: &model.Place{Schema: "marts", Database: "city", ConnectionType: "postgres"}, FullName: "[marts].[" + name + "]"})
		}
		s.Datasources = append(s.Datasources, ds)
		s.Sheets = append(s.Sheets, model.Sheet{ID: "s" + id, DatasourceIDs: []string{"e" + id}})
		s.Dashboards = append(s.Dashboards, model.Dashboard{ID: "d" + id, LUID: fmt.Sprintf("%08d", i), Name: "Revenue by region " + id, WorkbookID: ds.WorkbookID, SheetIDs: []string{"s" + id}, Views: i})
	}
	g, err := lineage.Build(context.Background(), []*model.Project{p}, []*model.Site{s}, lineage.Options{})
	if err != nil {
		panic(err)
	}
	return g
})

// cityApp is the explorer on it, everything open.
func cityApp(b *testing.B) (*App, *screentest.Screen) {
	b.Helper()
	a := New(&fake{}, options())
	a.setGraph(a.prepare(city(), a.host.Book, a.views...))
	a.host.Book, a.loading = curate.New(nil), loadState{}
	s := screentest.New(b, a, 200, 50)
	a.loading.active = false
	a.setGraph(a.prepare(city(), a.host.Book, a.views...))
	return a, s
}

func BenchmarkCity(b *testing.B) {
	a, s := cityApp(b)
	run := func(name string, f func()) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
		})
	}
	run("prepare", func() { a.prepare(city(), a.host.Book, a.views...) }) // in the background
	next := a.prepare(city(), a.host.Book, a.views...)
	run("graph", func() { a.setGraph(next) })
	s.Press("=")
	run("graph-all-open", func() { a.setGraph(next) })
	run("frame", func() { a.View() })
	run("key-and-frame", func() { s.Press("down"); a.View() })
	run("fold-and-frame", func() { s.Press("g", "left"); a.View(); s.Press("right"); a.View() })
	run("sort-next-and-frame", func() { s.Press("s"); a.View() })
	run("sort-all-open", func() { s.Press("=", "S"); a.View() })
	run("group-by-schema", func() { s.Press("b", "s", "c", "h", "enter"); a.View() })
	run("group-by-folder", func() { s.Press("b", "f", "o", "l", "enter"); a.View() })
	s.Press("2", "f")
	run("flat-frame", func() { s.Press("down"); a.View() })
	run("flat-sort", func() { s.Press("S"); a.View() })
	run("flat-include-all-and-undo", func() { s.Press("G", "C", "y"); a.View(); s.Press("u"); a.View() })
	s.Press("f", "1")
	for _, text := range []string{"r", "region 49", "revnueord", "zqxj", "-49 -owner:x"} {
		run("filter-"+text, func() { a.setFilter(""); a.setFilter(text); a.View() })
	}
	a.setFilter("")
	run("filter-cleared", func() { a.setFilter("r"); a.setFilter(""); a.View() })
	s.Press("/")
	letter := func(r rune) tea.Cmd { // on the screen, and then asked for
		_, cmd := a.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
		var find tea.Cmd
		screentest.Each(cmd, func(msg tea.Msg) { _, find = a.Update(msg) })
		a.View()
		return find
	}
	run("letter-drawn", func() { letter('r'); s.Press("ctrl+u") })
	run("letters-found", func() { // each of four, among all and then among what is left
		for _, r := range "reve" {
			s.Send(letter(r)())
			a.View()
		}
		s.Press("ctrl+u")
	})
	s.Press("esc")
	run("tick-all-and-undo", func() { s.Press("g", "space"); a.View(); s.Press("u"); a.View() })
}
