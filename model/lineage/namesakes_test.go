package lineage

import (
	"slices"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/match"
	"darkroom/model/modeltest"
	"darkroom/model/selector"
)

// in is the shop in another folder and database.
func in(root, database string) *model.Project {
	p := lineagetest.Shop()
	p.Root = root
	for i := range p.Resources {
		r := &p.Resources[i]
		modeltest.Extra(r).RelationName = ""
		modeltest.Common(r).Database = database
	}
	p.Exposures = []model.Exposure{{ID: "exposure.shop.x", Name: "x", Package: "shop", DependsOn: []string{"model.shop.fct"}}}
	return p
}

// TestNamesakes: two projects of one name have a node each, and no edge between them.
func TestNamesakes(t *testing.T) {
	east, west := in("/work/east", "shop"), in("/work/west", "west")
	site := lineagetest.Tower("fct", "rpt")
	modeltest.Place(&site.Tables[1]).Database = "west"
	g, err := Build(t.Context(), []*model.Project{east, west}, []*model.Site{site}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := len(east.Resources) + len(west.Resources); g.Resources() != want {
		t.Errorf("%d nodes, want %d", g.Resources(), want)
	}
	for i, p := range []*model.Project{east, west} {
		d := g.Dashboards()[i]
		up := g.Upstream(d.ID)
		if len(up) != 1 || g.Node(up[0]).Project != p {
			t.Fatalf("%s: %v", d.Title(), up)
		}
		for _, id := range append(g.Ancestors(-1, d.ID), g.Descendants(-1, up...)...) {
			if n := g.Node(id); n.Dashboard == nil && n.Project != p {
				t.Errorf("%s leads to %s of the other project", d.Title(), n.Resource.ID)
			}
		}
	}
	one, _ := g.ResourceIn(east, "model.shop.fct")
	two, _ := g.ResourceIn(west, "model.shop.fct")
	first, _ := g.Resource("model.shop.fct")
	if one == two || first != one {
		t.Errorf("nodes %d and %d, the first is %d", one, two, first)
	}

	east2, west2 := lineagetest.Nodes(east), lineagetest.Nodes(west)
	g.Distinguish(east, east2)
	g.Distinguish(west, west2)
	spec, err := selector.Read("fct+", "")
	if err != nil {
		t.Fatal(err)
	}
	found, err := g.Selectable(append(east2, west2...)).Find(spec)
	if err != nil {
		t.Fatal(err)
	}
	sel := g.Selected(found)
	for _, p := range []*model.Project{east, west} {
		rpt, _ := g.ResourceIn(p, "model.shop.rpt")
		if has, known := sel.HasID(p, "exposure.shop.x"); !sel.Has(rpt) || !has || !known {
			t.Errorf("of %s: %v, %v, %v", p.Root, sel.Has(rpt), has, known)
		}
	}
}

// TestOneNode: what is one project, or one table, stays one node.
func TestOneNode(t *testing.T) {
	for name, projects := range map[string][]*model.Project{
		"two targets of a folder":        {in("/work/shop", "dev"), in("/work/shop", "prod")},
		"a manifest without a folder":    {in("/work/shop", "dev"), in("", "prod")},
		"two folders and the same table": {in("/work/east", "shop"), in("/work/west", "SHOP")},
	} {
		g, err := Build(t.Context(), projects, nil, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if want := len(projects[0].Resources); g.Resources() != want {
			t.Errorf("%s: %d nodes, want %d", name, g.Resources(), want)
		}
		if id := g.SelectorID(projects[1], "exposure.shop.x"); (id != "exposure.shop.x") != model.Namesakes(projects[0], projects[1]) {
			t.Errorf("%s: %s", name, id)
		}
	}
}

// TestNamesakesAmbiguous: a name that fits both is a question that names both tables.
func TestNamesakesAmbiguous(t *testing.T) {
	site := lineagetest.Tower("fct")
	modeltest.Place(&site.Tables[0]).Database = ""
	g, err := Build(t.Context(), []*model.Project{in("/work/east", "east"), in("/work/west", "west")}, []*model.Site{site}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	v := g.Dashboards()[0].Links[0].Verdict
	if v.Outcome != match.Ambiguous || len(v.Nodes) != 2 {
		t.Errorf("%v %v", v.Outcome, v.Nodes)
	}
}

func TestProjectTitle(t *testing.T) {
	var projects []*model.Project
	for _, root := range []string{"/a/shop", "/b/shop", "/c/store", "", "/c/other"} {
		projects = append(projects, &model.Project{Name: "shop", Root: root})
	}
	projects[4].Name = "other"
	var got []string
	for _, p := range projects {
		got = append(got, model.ProjectTitle(p, projects))
	}
	if want := []string{"shop (a/shop)", "shop (b/shop)", "shop (store)", "shop", "other"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
