package lineage

import (
	"testing"

	"darkroom/model"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/selector"
)

// Dashboards are below what they read, and only their own method means them.
func TestSelection(t *testing.T) {
	g := build(t, []*model.Project{lineagetest.Shop()}, lineagetest.Tower("fct", "rpt", "nowhere"))
	u := g.Selectable(lineagetest.Nodes(lineagetest.Shop()))
	for expr, want := range map[string]string{
		"fct":                   "fct",
		"+fct":                  "orders stg fct",
		"1+fct":                 "stg fct",
		"fct+":                  "fct rpt on fct on rpt",
		"fct+1":                 "fct rpt on fct",
		"+rpt+":                 "orders stg fct rpt dim on rpt",
		"source:raw":            "orders",
		"source:raw.orders+1":   "orders stg",
		"f*":                    "fct",
		"tag:daily,f?t":         "fct",
		"stg dim":               "stg dim",
		"path:models/marts,dim": "dim",
		"resource_type:source":  "orders",
		"a+":                    "a b", // a cycle, which only hand-made data can have
		"nothing":               "",
		"+":                     "",
		"on*":                   "",
		"dashboard:on?rpt":      "on rpt",
		"1+dashboard:on?rpt":    "rpt on rpt",
		"package:*,dashboard:*": "",
	} {
		spec, err := selector.Read(expr, "")
		if err != nil {
			t.Fatal(err)
		}
		found, err := u.Find(spec)
		if err != nil {
			t.Fatal(err)
		}
		in := g.Selected(found)
		var ids []ID
		for id := range ID(g.Len()) {
			if in.Has(id) {
				ids = append(ids, id)
			}
		}
		if got := g.names(ids); got != want {
			t.Errorf("%q selects %q, want %q", expr, got, want)
		}
		if in.All() || in.Has(None) {
			t.Errorf("%q selects everything", expr)
		}
	}
	if all := (Selection{}); !all.All() || !all.Has(None) || !all.Has(0) {
		t.Error("no selection is not everything")
	}
}

// What is only excluded leaves the other dashboards.
func TestSelectionWithout(t *testing.T) {
	g := build(t, []*model.Project{lineagetest.Shop()}, lineagetest.Tower("fct", "dim"))
	spec, err := selector.Read("", "fct+")
	if err != nil {
		t.Fatal(err)
	}
	found, err := g.Selectable(lineagetest.Nodes(lineagetest.Shop())).Find(spec)
	if err != nil {
		t.Fatal(err)
	}
	in := g.Selected(found)
	for _, d := range g.Dashboards() {
		if in.Has(d.ID) != (d.Dashboard.Name == "on dim") {
			t.Errorf("%s: %v", d.Dashboard.Name, in.Has(d.ID))
		}
	}
	if has, known := in.HasID(g.Projects[0], "model.shop.fct"); has || !known {
		t.Error(has, known)
	}
	if has, known := in.HasID(g.Projects[0], "exposure.shop.planned"); has || known {
		t.Error(has, known)
	}
}
