package walk

import (
	"fmt"
	"testing"

	"darkroom/model"
	"darkroom/model/reason"
)

// FuzzLinks walks sites in which anything may point at anything, also at nothing:
// the walk ends, each table is listed once, and routes are bounded.
func FuzzLinks(f *testing.F) {
	f.Add([]byte("0123456789abcdefghijklmnopqrstuvwxyz"))
	f.Add([]byte{7, 4, 8, 12, 3, 16, 5, 24, 28, 1, 36, 2})
	f.Add([]byte{0, 0, 0, 0, 1, 1, 1, 255, 254, 3, 9, 27, 81, 243, 217, 139, 161, 227, 169})
	f.Fuzz(func(t *testing.T, seed []byte) {
		const n = 6
		at := 0
		draw := func() int {
			if len(seed) == 0 {
				return 0
			}
			at++
			return int(seed[at%len(seed)]) + at/len(seed)
		}
		ids := func(kind string) []string {
			out := make([]string, draw()%4)
			for i := range out {
				out[i] = fmt.Sprint(kind, draw()%(n+1)) // the last one does not exist
			}
			return out
		}
		cut := func() string {
			if draw()%4 == 0 {
				return "cut"
			}
			return ""
		}
		var s model.Site
		if draw()%4 == 0 {
			s.IncompleteLists = map[string]string{"publishedDatasources": "cut"}
		}
		for i := range n {
			id := fmt.Sprint(i)
			s.Dashboards = append(s.Dashboards, model.Dashboard{ID: "d" + id, SheetIDs: ids("s"), DatasourceIDs: ids("e"), TableIDs: ids("t"), Incomplete: cut()})
			s.Sheets = append(s.Sheets, model.Sheet{ID: "s" + id, DatasourceIDs: ids("e"), TableIDs: ids("t"), Incomplete: cut()})
			d := model.Datasource{ID: "e" + id, Published: draw()%2 == 0, ParentIDs: ids("e"), TableIDs: ids("t"), FlowIDs: ids("f"), Incomplete: cut()}
			if draw()%3 == 0 {
				d.Connections = []model.Connection{{Type: "sqlproxy"}}
			}
			s.Datasources = append(s.Datasources, d)
			table := model.Table{
				ID: "t" + id, Kind: model.TableKind(draw() % 3), Extra: &model.TableExtra{DatasourceIDs: ids("e"), SheetIDs: ids("s"), UpstreamTableIDs: ids("t"), FlowIDs: ids("f"), Incomplete: cut()},
				Redacted: draw()%5 == 0,
			}
			if draw()%2 == 0 {
				table.Name, table.Own().Query = "n"+id, "with n1 as (select 1) select * from n1, a.n2, n3"
			}
			s.Tables = append(s.Tables, table)
			s.Flows = append(s.Flows, model.Flow{ID: "f" + id, TableIDs: ids("t"), DatasourceIDs: ids("e"), ParentIDs: ids("f"), Incomplete: cut()})
		}
		w := New(&s)
		for i := range s.Dashboards {
			res := walked(t, w, &s.Dashboards[i])
			if d := &s.Dashboards[i]; d.Incomplete != "" && (len(res.Gaps) == 0 || res.Gaps[0].Reason != reason.CutOff) {
				t.Fatalf("%s was cut off and says %q", d.ID, lines(res))
			}
			seen := map[string]bool{}
			for _, r := range res.Reads {
				key := r.Table.ID
				if r.SQL != nil {
					key += fmt.Sprint(r.SQL.Parts)
				}
				if seen[key] {
					t.Fatalf("%s twice in %q", key, lines(res))
				}
				seen[key] = true
				if len(r.Routes) == 0 || len(r.Routes) > maxRoutes {
					t.Fatalf("%s has %d routes", key, len(r.Routes))
				}
			}
			for _, g := range res.Gaps {
				if g.Reason == reason.None || g.Text == "" {
					t.Fatalf("gap without words: %+v", g)
				}
			}
			if len(res.Reads)+len(res.Gaps) == 0 {
				t.Fatalf("dashboard %d says nothing", i)
			}
		}
	})
}
