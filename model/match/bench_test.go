package match_test

import (
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"darkroom/model"
	"darkroom/model/match"
)

// fleet makes n relations in schemas of about two hundred tables, and twice as
// many Tableau tables of mixed case, a third of which no relation has. What those of a schema
// have in common is shared, as readers of manifests and sites share it.
func fleet(n int) (*model.Project, []match.Table) {
	stems := []string{"orders", "customers", "inventory", "web_sessions", "ledger_entries", "shipments", "returns"}
	p := &model.Project{Name: "shop", Adapter: "snowflake"}
	name := func(i int) (string, string) {
		return fmt.Sprintf("area_%d", i/200), fmt.Sprintf("%s_%s_%d", []string{"fct", "dim", "stg"}[i%3], stems[i%len(stems)], i)
	}
	commons, places := map[string]*model.Common{}, map[string]*model.Place{}
	for i := range n {
		schema, table := name(i)
		if commons[schema] == nil {
			commons[schema] = &model.Common{Package: "shop", Database: "analytics", Schema: schema}
		}
		p.Resources = append(p.Resources, model.Resource{
			ID: "model.shop." + table, Kind: model.KindModel, Name: table, Common: commons[schema],
			Extra: &model.ResourceExtra{Identifier: table, RelationName: "analytics." + schema + "." + table},
		})
	}
	var tables []match.Table
	for i := range 2 * n {
		schema, table := name(i * 7919 % n)
		switch i % 6 {
		case 0:
			table = fmt.Sprintf("upload_%x_%d", i*2654435761%1000003, i) // nothing near
		case 1:
			table = table[:4] + table[5:] // a letter is missing
		case 2, 3:
			schema, table = strings.ToUpper(schema), strings.ToUpper(table)
		}
		if places[schema] == nil {
			places[schema] = &model.Place{Schema: schema, ConnectionType: "snowflake", Database: "ANALYTICS"}
		}
		tables = append(tables, match.Table{ID: fmt.Sprint(i), RawName: table, FullName: "[" + schema + "].[" + table + "]", Place: places[schema]})
	}
	return p, tables
}

func BenchmarkMatch(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		p, tables := fleet(n)
		m := newMatcher(b, match.Config{}, p)
		m.Explain(match.Table{FullName: "a.b.nothing", Place: &model.Place{ConnectionType: "snowflake"}}) // builds what is built late
		kinds := map[string][]match.Table{"all": tables}
		for i := range tables {
			kind := [...]string{"unlike", "slip", "same", "same", "folded", "folded"}[i%6]
			kinds[kind] = append(kinds[kind], tables[i])
		}
		for _, kind := range []string{"all", "same", "folded", "slip", "unlike"} {
			b.Run(fmt.Sprintf("%d/%s", n, kind), func(b *testing.B) {
				b.ReportAllocs()
				matched := 0
				for i := range b.N {
					v := m.Match(kinds[kind][i%len(kinds[kind])])
					if v.Outcome == match.Matched {
						matched++
					}
				}
				b.ReportMetric(100*float64(matched)/float64(b.N), "%matched")
			})
			b.Run(fmt.Sprintf("%d/%s/parallel", n, kind), func(b *testing.B) {
				b.ReportAllocs()
				var workers atomic.Int32
				b.RunParallel(func(pb *testing.PB) {
					tables := kinds[kind]
					for i := int(workers.Add(1)) * len(tables) / runtime.GOMAXPROCS(0); pb.Next(); i++ {
						m.Match(tables[i%len(tables)])
					}
				})
			})
			b.Run(fmt.Sprintf("%d/%s/explained", n, kind), func(b *testing.B) {
				b.ReportAllocs()
				hinted := 0
				for i := range b.N {
					if x := m.Explain(kinds[kind][i%len(kinds[kind])]); len(x.Suggestions) > 0 {
						hinted++
					}
				}
				b.ReportMetric(100*float64(hinted)/float64(b.N), "%hinted")
			})
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		p, _ := fleet(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				newMatcher(b, match.Config{}, p)
			}
		})
		b.Run(fmt.Sprint(n, "/near"), func(b *testing.B) {
			for range b.N {
				newMatcher(b, match.Config{}, p).Explain(match.Table{FullName: "a.b.nothing", Place: &model.Place{ConnectionType: "snowflake"}})
			}
		})
	}
}
