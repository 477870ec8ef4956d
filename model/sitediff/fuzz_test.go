package sitediff_test

import (
	"fmt"
	"testing"

	"darkroom/model"
)

// drawn makes a site in which anything may point at anything, also at nothing.
func drawn(seed []byte) *model.Site {
	const n = 5
	at := 0
	draw := func(below int) int {
		if len(seed) == 0 {
			return 0
		}
		at++
		return (int(seed[at%len(seed)]) + at/len(seed)) % below
	}
	ids := func(kind string) []string {
		out := make([]string, draw(3))
		for i := range out {
			out[i] = fmt.Sprint(kind, draw(n+1)) // the last one does not exist
		}
		return out
	}
	name := func(kind string) string { return []string{"", kind, kind + fmt.Sprint(draw(3)), "\x00"}[draw(4)] }
	luid := func(kind, id string) string { return []string{"", kind + id}[draw(2)] }
	cut := func() string { return []string{"", "", "", "cut"}[draw(4)] }
	s := &model.Site{Server: "https://" + name("s"), ContentURL: name("c"), Name: name("n")}
	if draw(4) == 0 {
		s.IncompleteLists = map[string]string{[]string{model.EveryList, "publishedDatasources"}[draw(2)]: "cut"}
		s.Partial = []string{"cut"}
	}
	for i := range n {
		id := fmt.Sprint(i)
		s.Containers = append(s.Containers, model.Container{LUID: "p" + id, ParentLUID: fmt.Sprint("p", draw(n+1)), Name: name("p"), Owner: model.User{Name: name("o")}})
		s.Workbooks = append(s.Workbooks, model.Workbook{ID: "w" + id, LUID: luid("W", id), Name: name("w"), ContainerLUID: fmt.Sprint("p", draw(n+1)), Tags: ids("t"), Incomplete: cut(), PersonalSpace: draw(5) == 0})
		s.Dashboards = append(s.Dashboards, model.Dashboard{
			ID: "d" + id, LUID: luid("L", id), DocumentViewID: []string{"", "v" + id}[draw(2)], Name: name("d"), WorkbookID: fmt.Sprint("w", draw(n+1)), SheetIDs: ids("s"), TableIDs: ids("t"),
			DatasourceIDs: ids("e"), Tags: ids("x"), Incomplete: cut(), Views: draw(200) - 1, Hidden: draw(3) == 0,
		})
		s.Sheets = append(s.Sheets, model.Sheet{ID: "s" + id, DatasourceIDs: ids("e"), TableIDs: ids("t"), Incomplete: cut()})
		s.Datasources = append(s.Datasources, model.Datasource{ID: "e" + id, LUID: luid("E", id), Name: name("e"), Published: draw(2) == 0, ParentIDs: ids("e"), TableIDs: ids("t"), HasExtract: draw(2) == 0, Incomplete: cut()})
		s.Tables = append(s.Tables, model.Table{ID: "t" + id, Kind: model.TableKind(draw(3)), Name: name("t"), Place: &model.Place{Schema: name("m")}, Extra: &model.TableExtra{Query: name("select * from a."), UpstreamTableIDs: ids("t")}, Redacted: draw(5) == 0})
		s.Collections = append(s.Collections, model.Collection{LUID: name("C"), Name: name("c"), DashboardIDs: ids("d"), WorkbookIDs: ids("w")})
	}
	return s
}

// Any two sites can be compared: one with itself has no changes, and what is new in one
// direction is gone in the other.
func FuzzCompare(f *testing.F) {
	f.Add([]byte("0123456789abcdefghijklmnopqrstuvwxyz"), []byte("0123456789abcdefghijklmnopqrstuvwxyz!"))
	f.Add([]byte{7, 4, 8, 12, 3, 16, 5, 24, 28, 1, 36, 2}, []byte{0, 0, 0, 1, 1, 1, 255, 254, 3, 9, 27, 81})
	f.Add([]byte{}, []byte{1})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		old, now := drawn(a), drawn(b)
		if d := compare(t, old, drawn(a)); !d.Empty() {
			t.Errorf("a site differs from itself: %+v", d)
		}
		there, back := compare(t, old, now), compare(t, now, old)
		if len(there.New) != len(back.Gone) || len(there.Gone) != len(back.New) || len(there.Renamed) != len(back.Renamed) || len(there.Moved) != len(back.Moved) {
			t.Errorf("%d new, %d gone, %d renamed, %d moved; and back %d, %d, %d, %d", len(there.New), len(there.Gone), len(there.Renamed), len(there.Moved),
				len(back.New), len(back.Gone), len(back.Renamed), len(back.Moved))
		}
		there.Worse()
		compare(t, nil, now)
	})
}
