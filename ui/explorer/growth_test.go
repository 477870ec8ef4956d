package explorer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/growth"
	"darkroom/model/lineage"
	"darkroom/ui/screentest"
)

// grown is a graph of n models, each with four parents, and n/4 dashboards on the last
// of them: in layers of ten, or all on the first ten.
func grown(t testing.TB, n int, layered bool) *lineage.Graph {
	t.Helper()
	p := &model.Project{Name: "city", Adapter: "postgres"}
	s := &model.Site{Name: "city", Server: "https://tableau.example.com"}
	for i := range n {
		name := fmt.Sprint("m", i)
		r := model.Resource{
			ID: "model.city." + name, Kind: model.KindModel, Name: name, Common: &model.Common{Package: "city", Database: "city", Schema: "marts"}, Extra: &model.ResourceExtra{Identifier: name, RelationName: `"city"."marts"."` + name + `"`},
			Path: fmt.Sprintf("models/area_%d/team_%d/%s.sql", i%5, i%20, name),
		}
		from := 0
		if layered {
			from = i/10*10 - 10
		}
		for k := 0; k < 4 && i >= 10; k++ {
			r.DependsOn = append(r.DependsOn, fmt.Sprint("model.city.m", from+(i+3*k)%10))
		}
		p.Resources = append(p.Resources, r)
		if i < n-n/4 {
			continue
		}
		book := fmt.Sprint("w", i/5)
		if i%5 == 0 || len(s.Workbooks) == 0 {
			s.Workbooks = append(s.Workbooks, model.Workbook{ID: book, Name: book, ContainerName: fmt.Sprint("P", i%7)})
		}
		s.Tables = append(s.Tables, model.Table{ID: "t" + name, Name: name, Place: &model.Place{Schema: "marts", Database: "city", ConnectionType: "postgres"}, FullName: "[marts].[" + name + "]"})
		s.Datasources = append(s.Datasources, model.Datasource{ID: "e" + name, WorkbookID: book, TableIDs: []string{"t" + name}})
		s.Sheets = append(s.Sheets, model.Sheet{ID: "s" + name, DatasourceIDs: []string{"e" + name}})
		s.Dashboards = append(s.Dashboards, model.Dashboard{ID: "d" + name, LUID: fmt.Sprintf("%08d", i), Name: "on " + name, WorkbookID: book, SheetIDs: []string{"s" + name}})
	}
	g, err := lineage.Build(t.Context(), []*model.Project{p}, []*model.Site{s}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// A key and its frame take as much in a graph of ten times the size: only the rows on the
// screen are drawn. Counted are allocations, which no load of the machine changes.
func TestAKeyCostsTheSameHoweverLargeTheGraph(t *testing.T) {
	const most = 2_000
	cost := map[string]float64{}
	for _, n := range []int{1_000, 10_000} {
		g := grown(t, n, true)
		a := New(&fake{}, options())
		a.loading.active = false
		a.setGraph(a.prepare(g, curate.New(nil), a.views...))
		s := screentest.New(t, a, 120, 36)
		for name, view := range map[string][]string{"models": {"1", "="}, "dashboards": {"2", "="}, "flat": {"2", "f"}} {
			s.Press(view...).Press("G", "g")
			now := testing.AllocsPerRun(30, func() {
				a.Update(tea.KeyMsg{Type: tea.KeyDown})
				_ = a.View()
			})
			if was, ok := cost[name]; now > most || ok && now > 2*was {
				t.Errorf("%s: %v allocations for a key with %d models, %v with fewer", name, now, n, was)
			}
			cost[name] = now
			if name == "flat" {
				s.Press("f")
			}
		}
	}
}

// What the explorer does for a key grows with the size of the graph, not with the
// square of it, however deep the models lie. (Its background work is the first.)
func TestKeysGrowWithTheGraph(t *testing.T) {
	for _, layered := range []bool{false, true} {
		for _, test := range []struct {
			name string
			do   func(*App, *screentest.Screen)
		}{
			{"graph", func(a *App, _ *screentest.Screen) { a.setGraph(a.prepare(a.host.Graph, a.host.Book, a.views...)) }},
			{"open all", func(_ *App, s *screentest.Screen) { s.Press("="); s.Frame() }},
			{"open all and go down", func(_ *App, s *screentest.Screen) {
				s.Press("=", "G")
				s.Frame()
				s.Press("g")
				for range 5 {
					s.Press("pgdown")
					s.Frame()
				}
			}},
			{"the whole tree as text", func(a *App, _ *screentest.Screen) { Print(a.host.Graph, a.host.Book, true) }},
			{"decide on a range of all rows", func(_ *App, s *screentest.Screen) {
				s.Press("=", "g", "v", "G", "x", "y")
				s.Frame()
				s.Press("u")
				s.Frame()
			}},
			{"group by schema, and back", func(_ *App, s *screentest.Screen) {
				s.Press("b", "s", "c", "h", "enter")
				s.Frame()
				s.Press("b", "f", "o", "l", "enter")
				s.Frame()
			}},
			{"order the open tree by each column", func(_ *App, s *screentest.Screen) {
				s.Press("=")
				for range 9 {
					s.Press("s")
					s.Frame()
				}
			}},
			{"the flat list, ordered, and included down to its end", func(_ *App, s *screentest.Screen) {
				s.Press("f", "G", "C", "y")
				s.Frame()
				s.Press("s", "S")
				s.Frame()
			}},
			{"group dashboards by owner", func(_ *App, s *screentest.Screen) {
				s.Press("2", "b", "o", "w", "n", "enter", "=")
				s.Frame()
			}},
			{"filter, and include what it shows", func(_ *App, s *screentest.Screen) {
				s.Press("/", "m", "enter", "=", "a", "y")
				s.Frame()
			}},
		} {
			t.Run(fmt.Sprintf("%s, layered %v", test.name, layered), func(t *testing.T) {
				growth.Check(t, 200, func(n int) growth.Run {
					g := grown(t, n, layered)
					a := New(&fake{}, options())
					s := screentest.New(t, a, 120, 40)
					a.host.Book, a.loading = curate.New(nil), loadState{}
					a.setGraph(a.prepare(g, a.host.Book, a.views...))
					warm(g)
					before := g.Visits()
					return func() int {
						test.do(a, s)
						return a.host.Graph.Visits() - before
					}
				})
			})
		}
	}
}

// earlier are the keys that come before an action that can be done nowhere without them, by
// its name or what its name begins with.
func earlier(name string) []string {
	for begins, keys := range map[string][]string{
		"filter.next": {"/", "m", "enter"}, "filter.previous": {"/", "m", "enter"},
		"decide.undo": {"space"}, "decide.redo": {"space", "u"}, "diff": {"space"},
		"lineage.": {"L"}, "flat.": {"f"}, "goto.forward": {"t", "["},
	} {
		if strings.HasPrefix(name, begins) {
			return keys
		}
	}
	return nil
}

// ofCommands are the actions that need more than a graph: files, a sync, news, a terminal.
// What most of them do, commands do, too.
func ofCommands() []string {
	return []string{"decide.fix", "impact.changes", "edit", "adopt", "rename", "sync", "sync.show", "exposures.yaml", "inbox.review", "inbox.review-shown", "decide.card", "diff", "browse", "suspend"}
}

// What each action does, in the first view where it can be done, grows with the size of the
// graph, not with the square of it.
func TestActionsGrowWithTheGraph(t *testing.T) {
	for _, act := range Actions() {
		if slices.Contains(ofCommands(), act.Name) {
			continue
		}
		t.Run(act.Name, func(t *testing.T) {
			growth.Check(t, 80, func(n int) growth.Run {
				g := grown(t, n, true)
				a := New(&fake{projects: g.Projects, sites: g.Sites}, options())
				s := screentest.New(t, a, 120, 40)
				if !reach(a, s, act.Name) {
					t.Fatalf("can be done in no view, name what comes before it in earlier: %s\n%s", a.registry.named(act.Name).Refusal(), s.Frame())
				}
				before := a.host.Graph.Visits()
				return func() int {
					screentest.Each(a.registry.named(act.Name).Do(), s.Send)
					s.Frame()
					return a.host.Graph.Visits() - before
				}
			})
		})
	}
}

// reach goes to where an action can be done: down in an open tree or list, or in the
// details.
func reach(a *App, s *screentest.Screen, name string) bool {
	act := a.registry.named(name)
	for _, keys := range [][]string{{"g"}, {"=", "G"}, {"=", "g", "down"}, {"down", "down"}, {"down", "down"}, {"tab"}} {
		for _, v := range a.views {
			s.Press(a.viewNumber(v))
			s.Press(keys...)
			s.Press(earlier(name)...)
			if act.Refusal() == "" {
				return true
			}
		}
	}
	return false
}
