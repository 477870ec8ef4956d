package subgraph

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/declared"
	"darkroom/model/growth"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
)

// built is a graph of models, named in order with their parents, and of dashboards.
func built(t testing.TB, site *model.Site, models ...string) *lineage.Graph {
	t.Helper()
	p := &model.Project{Name: "shop", Adapter: "postgres"}
	for _, m := range models {
		name, parents, _ := strings.Cut(m, ":")
		r := model.Resource{
			ID: "model.shop." + name, Kind: model.KindModel, Name: name, Common: &model.Common{Package: "shop", Materialized: "table", Database: "shop", Schema: "marts"},
			Extra: &model.ResourceExtra{Identifier: name, RelationName: `"shop"."marts"."` + name + `"`},
		}
		for up := range strings.FieldsSeq(parents) {
			r.DependsOn = append(r.DependsOn, "model.shop."+up)
		}
		p.Resources = append(p.Resources, r)
	}
	var sites []*model.Site
	if site != nil {
		sites = append(sites, site)
	}
	g, err := lineage.Build(t.Context(), []*model.Project{p}, sites, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func at(t testing.TB, g *lineage.Graph, name string) Root {
	t.Helper()
	id, ok := g.Resource("model.shop." + name)
	if !ok {
		t.Fatalf("no model %s", name)
	}
	return Root{Node: id}
}

// shown are the nodes and edges as text: "a b +2", "a>b".
func shown(g *lineage.Graph, s *Subgraph) (nodes, edges string) {
	names := make([]string, len(s.Nodes))
	for i, n := range s.Nodes {
		switch {
		case n.Exposure != nil:
			names[i] = "exposure:" + n.Exposure.Name
		case n.Fold != FoldNone:
			names[i] = fmt.Sprintf("+%d", n.Count)
		case g.Node(n.ID).Dashboard != nil:
			names[i] = g.Node(n.ID).Dashboard.Title()
		default:
			names[i] = g.Node(n.ID).Resource.Name
		}
	}
	var pairs []string
	for _, e := range s.Edges {
		pairs = append(pairs, names[e[0]]+">"+names[e[1]])
	}
	slices.Sort(pairs)
	return strings.Join(names, " "), strings.Join(pairs, " ")
}

func TestHops(t *testing.T) {
	g := built(t, nil, "a", "b:a", "c:b", "d:c a", "e:d", "other")
	for _, c := range []struct {
		up, down     int
		nodes, edges string
	}{
		{-1, -1, "a b c d e", "a>b a>d b>c c>d d>e"},
		{0, 0, "c", ""},
		{1, 0, "b c", "b>c"},
		{0, 1, "c d", "c>d"},
		{2, 1, "a b c d", "a>b a>d b>c c>d"}, // the edge beside the root, too
	} {
		nodes, edges := shown(g, Around(g, []Root{at(t, g, "c")}, Options{Up: c.up, Down: c.down}))
		if nodes != c.nodes || edges != c.edges {
			t.Errorf("%d up, %d down: %s; %s", c.up, c.down, nodes, edges)
		}
	}
	nodes, _ := shown(g, Around(g, []Root{at(t, g, "b"), at(t, g, "other"), at(t, g, "b")}, Options{Up: 0, Down: 0}))
	if nodes != "b other" {
		t.Errorf("two roots: %s", nodes)
	}
}

func TestChainsAreCollapsed(t *testing.T) {
	g := built(t, nil, "a", "b:a", "c:b", "d:c", "e:d a")
	s := Around(g, []Root{at(t, g, "a")}, Options{Up: -1, Down: -1, Collapse: true})
	if nodes, edges := shown(g, s); nodes != "a e +3" || edges != "+3>e a>+3 a>e" {
		t.Errorf("%s; %s", nodes, edges)
	}
	if s.Total != 5 || len(s.Nodes[2].Folded) != 3 || s.Nodes[2].Fold != FoldChain {
		t.Errorf("%+v", s.Nodes[2])
	}
	// The root stays, and a chain that was opened.
	if nodes, _ := shown(g, Around(g, []Root{at(t, g, "c")}, Options{Up: -1, Down: -1, Collapse: true})); nodes != "a b c d e" {
		t.Errorf("around c: %s", nodes)
	}
	if nodes, _ := shown(g, Around(g, []Root{at(t, g, "a")}, Options{Up: -1, Down: -1, Collapse: true, Open: map[string]bool{s.Nodes[2].Key: true}})); nodes != "a b c d e" {
		t.Errorf("opened: %s", nodes)
	}
}

func TestSiblingsAreCounted(t *testing.T) {
	site := lineagetest.Tower("b", "b", "b", "b", "c")
	for i := range site.Dashboards {
		site.Dashboards[i].Name, site.Dashboards[i].LUID, site.Dashboards[i].Views = fmt.Sprintf("d%d", i), fmt.Sprintf("d%d", i), i
	}
	g := built(t, site, "a", "b:a", "c:a")
	s := Around(g, []Root{at(t, g, "a")}, Options{Up: -1, Down: -1, Siblings: 2})
	if nodes, edges := shown(g, s); nodes != "a b c d3 d4 +3" || edges != "a>b a>c b>+3 b>d3 c>d4" {
		t.Errorf("%s; %s", nodes, edges)
	}
	if s.Total != 8 {
		t.Errorf("total %d", s.Total)
	}
	if nodes, _ := shown(g, Around(g, []Root{at(t, g, "a")}, Options{Up: -1, Down: -1, NoDashboards: true})); nodes != "a b c" {
		t.Errorf("without dashboards: %s", nodes)
	}
	opened := Around(g, []Root{at(t, g, "a")}, Options{Up: -1, Down: -1, Siblings: 2, Open: map[string]bool{s.Nodes[5].Key: true}})
	if nodes, _ := shown(g, opened); nodes != "a b c d0 d1 d2 d3 d4" {
		t.Errorf("opened: %s", nodes)
	}
}

// An exposure is behind what it depends on, unless it is for a dashboard that is there.
func TestExposures(t *testing.T) {
	g := built(t, lineagetest.Tower("b"), "a", "b:a")
	g.Projects[0].Exposures = []model.Exposure{
		{ID: "exposure.shop.notebook", Name: "notebook", Enabled: true, DependsOn: []string{"model.shop.b", "model.shop.a"}},
		{ID: "exposure.shop.off", Name: "off", DependsOn: []string{"model.shop.b"}},
		{ID: "exposure.shop.same", Name: "same", Enabled: true, LUID: "luid-b", DependsOn: []string{"model.shop.b"}},
	}
	if nodes, edges := shown(g, Around(g, []Root{at(t, g, "b")}, Options{Up: -1, Down: -1})); nodes != "a b on b exposure:notebook" || edges != "a>b a>exposure:notebook b>exposure:notebook b>on b" {
		t.Errorf("%s; %s", nodes, edges)
	}
	x := &declared.Of(g).All[0]
	if nodes, _ := shown(g, Around(g, []Root{{Node: lineage.None, Exposure: x}}, Options{Up: 1, Down: -1, NoDashboards: true})); nodes != "a b exposure:notebook" {
		t.Errorf("around the exposure: %s", nodes)
	}
}

// However large the graph is, what is drawn is not, and nothing is lost: what is not
// visible is counted.
func TestMuchIsCounted(t *testing.T) {
	wide := []string{"root"}
	for i := range 2000 {
		wide = append(wide, fmt.Sprintf("w%d:root", i))
	}
	deep := []string{"root"}
	for i := range 2000 { // no two have the same parents, and all have children
		before := "root"
		if i > 0 {
			before = fmt.Sprintf("w%d", i-1)
		}
		deep = append(deep, fmt.Sprintf("w%d:%s", i, before))
	}
	mesh := []string{"root"}
	for i := range 1500 {
		mesh = append(mesh, fmt.Sprintf("m%d:root", i), fmt.Sprintf("n%d:m%d m%d", i, i, max(i-1, 0)))
	}
	for name, models := range map[string][]string{"wide": wide, "deep": deep, "mesh": mesh} {
		g := built(t, nil, models...)
		for _, root := range []string{"root", strings.Split(models[len(models)-1], ":")[0]} {
			for _, most := range []int{0, 60, 9999} {
				s := Around(g, []Root{at(t, g, root)}, Options{Up: -1, Down: -1, Nodes: most})
				all := 0
				for _, n := range s.Nodes {
					all += max(n.Count, 1)
				}
				if len(s.Nodes) > Most || most == 60 && len(s.Nodes) > most || all != s.Total {
					t.Errorf("%s around %s: %d nodes for %d of %d", name, root, len(s.Nodes), all, s.Total)
				}
			}
		}
	}
}

func TestWorkGrowsWithWhatIsReached(t *testing.T) {
	growth.Check(t, 1000, func(n int) growth.Run {
		models := []string{"root"}
		for i := range n {
			models = append(models, fmt.Sprintf("m%d:root", i), fmt.Sprintf("n%d:m%d", i, i))
		}
		g := built(t, nil, models...)
		declared.Of(g)
		root := at(t, g, "root")
		return func() int {
			Around(g, []Root{root}, Options{Up: -1, Down: -1})
			return 0
		}
	})
}
