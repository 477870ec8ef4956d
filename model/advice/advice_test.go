package advice

import (
	"slices"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/modeltest"
)

var today = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

func codes(found []Finding) []string {
	out := []string{}
	for _, f := range found {
		out = append(out, f.Code)
	}
	return out
}

func TestOn(t *testing.T) {
	table := model.Resource{Kind: model.KindModel, Name: "m", Common: &model.Common{Materialized: "table", Access: "public"}}
	with := func(change func(*model.Resource)) *model.Resource {
		r := table
		change(&r)
		return &r
	}
	for name, test := range map[string]struct {
		parent  *model.Resource
		popular bool
		want    []string
	}{
		"a public table":        {&table, true, nil},
		"deprecated yesterday":  {with(func(r *model.Resource) { modeltest.Versions(r).Deprecation = today.AddDate(0, 0, -1) }), true, []string{"deprecated"}},
		"deprecated tomorrow":   {with(func(r *model.Resource) { modeltest.Versions(r).Deprecation = today.AddDate(0, 0, 1) }), true, nil},
		"a source":              {&model.Resource{Kind: model.KindSource, Common: &model.Common{SourceName: "raw"}, Name: "m"}, true, []string{"source"}},
		"a seed":                {&model.Resource{Kind: model.KindSeed, Common: &model.Common{Materialized: "seed", Access: "protected"}}, true, nil},
		"ephemeral":             {with(func(r *model.Resource) { modeltest.Common(r).Materialized = "ephemeral" }), true, []string{"ephemeral"}},
		"a view that is opened": {with(func(r *model.Resource) { modeltest.Common(r).Materialized = "view" }), true, []string{"view"}},
		"a view that is not":    {with(func(r *model.Resource) { modeltest.Common(r).Materialized = "view" }), false, nil},
		"a materialized view":   {with(func(r *model.Resource) { modeltest.Common(r).Materialized = "materialized_view" }), true, nil},
		"protected":             {with(func(r *model.Resource) { modeltest.Common(r).Access = "protected" }), true, []string{"not_public"}},
		"before dbt 1.5":        {with(func(r *model.Resource) { modeltest.Common(r).Access = "" }), true, nil},
		"several": {with(func(r *model.Resource) {
			modeltest.Versions(r).Deprecation = today.AddDate(-9, 0, 0)
			modeltest.Common(r).Access = "private"
			modeltest.Common(r).Materialized = "view"
		}), true, []string{"deprecated", "view", "not_public"}},
	} {
		if got := codes(On(test.parent, test.popular, today)); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestPopular(t *testing.T) {
	for views, want := range map[int]bool{-1: true, 0: false, popularViews - 1: false, popularViews: true} {
		if Popular(views) != want {
			t.Errorf("%d views: %v", views, !want)
		}
	}
}

// Every row has all its texts, and a code of its own.
func TestRows(t *testing.T) {
	seen := map[string]bool{}
	for i, r := range rows {
		if r.Code == "" || r.Label == "" || r.Title == "" || r.Advice == "" || seen[r.Code] || (r.says == nil) != (i >= len(rows)-2) {
			t.Errorf("row %d: %+v", i, r)
		}
		seen[r.Code] = true
	}
}

// TestList: a parent is one entry however many dashboards read it, and the lines count
// each dashboard once.
func TestList(t *testing.T) {
	shop := lineagetest.Shop()
	for i := range shop.Resources {
		if r := &shop.Resources[i]; r.Name == "stg" || r.Name == "fct" {
			modeltest.Versions(r).Deprecation = today.AddDate(-1, 0, 0)
		}
	}
	site := lineagetest.Tower("stg", "stg", "fct", "rpt")
	for i := range site.Dashboards {
		site.Dashboards[i].Views = popularViews
	}
	g, err := lineage.Build(t.Context(), []*model.Project{shop}, []*model.Site{site}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := func(lineage.ID) bool { return true }
	l := Of(g, today, all)
	for _, f := range Exposure("orphan of mine", "orphan_of_mine", 0) {
		l.Add(f, "orphan of mine")
	}
	if found := Exposure("good", "", 1); found != nil {
		t.Errorf("%+v", found)
	}
	var got []string
	for _, e := range l.Entries() {
		got = append(got, e.Code+" "+e.Node())
	}
	want := []string{"deprecated model.shop.fct", "deprecated model.shop.stg", "view model.shop.stg", "name ", "no_parents "}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if n := len(l.Entries()[1].Dashboards); n != 2 {
		t.Errorf("%d dashboards on stg", n)
	}
	lines := []string{
		"Models past their deprecation date: fct (2025-11-30), stg (2025-11-30) (dashboards: 3)",
		"Views under popular dashboards: stg (dashboards: 2)",
		"Exposures whose names dbt refuses: orphan of mine",
		"Exposures without parents: orphan of mine",
	}
	if got := l.Lines(); !slices.Equal(got, lines) {
		t.Errorf("%q", got)
	}
	if n := len(Of(g, today, func(lineage.ID) bool { return false })); n != 0 {
		t.Errorf("%d findings on nothing", n)
	}
	fct, _ := g.Resource("model.shop.fct")
	dim, _ := g.Resource("model.shop.dim")
	if got := codes(Resource(g, fct, today)); !slices.Equal(got, []string{"deprecated"}) {
		t.Errorf("on fct: %v", got)
	}
	if got := Resource(g, dim, today); got != nil {
		t.Errorf("no dashboard reads dim: %v", got)
	}
}
