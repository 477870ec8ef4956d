package health

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/model/growth"
	"darkroom/model/lineage"
	"darkroom/model/modeltest"
	"darkroom/model/outlook"
)

// now is when the tests judge; day is that many days before.
var now = time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)

func day(days int) time.Time { return now.AddDate(0, 0, -days) }

// world is raw.orders → eph (ephemeral) → stg → fct, with seed countries → fct and a
// metric on fct. Everything is described, built yesterday, tested and fresh.
func world() *model.Project {
	ok := func(status string) model.Run { return model.Run{Status: status, EndedAt: day(1), Seconds: 2} }
	r := func(kind model.Kind, name, materialized string, parents ...string) model.Resource {
		return model.Resource{ID: kind.String() + ".shop." + name, Kind: kind, Name: name, Common: &model.Common{Package: "shop", Materialized: materialized}, Extra: &model.ResourceExtra{Description: "said"}, DependsOn: parents}
	}
	source := r(model.KindSource, "orders", "")
	modeltest.Common(&source).SourceName, source.ChecksFreshness = "raw", true
	return &model.Project{
		Name: "shop", Adapter: "postgres",
		Resources: []model.Resource{
			source, r(model.KindModel, "eph", "ephemeral", source.ID), r(model.KindModel, "stg", "view", "model.shop.eph"),
			r(model.KindSeed, "countries", "seed"), r(model.KindModel, "fct", "table", "model.shop.stg", "seed.shop.countries"), r(model.KindMetric, "revenue", "", "model.shop.fct"),
		},
		Tests: []model.Test{{ID: "test.shop.stg_unique", Name: "stg_unique", DependsOn: []string{"model.shop.stg"}}, {ID: "test.shop.rel", Name: "rel", DependsOn: []string{"model.shop.fct", "seed.shop.countries"}}},
		Runs: map[string]model.Run{
			"model.shop.stg": ok("success"), "model.shop.fct": ok("success"), "seed.shop.countries": ok("success"),
			"test.shop.stg_unique": ok("pass"), "test.shop.rel": ok("pass"),
		},
		Freshness: map[string]model.Freshness{source.ID: {Status: "pass", CheckedAt: day(1)}},
	}
}

// change is what is not as in world.
type change func(*model.Project)

func run(name, status string) change {
	return func(p *model.Project) {
		r := p.Runs[name]
		r.Status = status
		p.Runs[name] = r
	}
}

func norun(names ...string) change {
	return func(p *model.Project) {
		for _, n := range names {
			delete(p.Runs, n)
		}
	}
}

func norunsAtAll(p *model.Project) { p.Runs = nil }

func built(name string, days int) change {
	return func(p *model.Project) {
		r := p.Runs[name]
		r.EndedAt = day(days)
		p.Runs[name] = r
	}
}

func fresh(status string, days int) change {
	return func(p *model.Project) {
		p.Freshness["source.shop.orders"] = model.Freshness{Status: status, CheckedAt: day(days)}
	}
}

func unchecked(p *model.Project) { p.Freshness = nil }

func unjudged(p *model.Project) { unchecked(p); p.Resources[0].ChecksFreshness = false }

func resource(at int, f func(*model.Resource)) change {
	return func(p *model.Project) { f(&p.Resources[at]) }
}

func undescribedOne(r *model.Resource) { modeltest.Extra(r).Description = "" }

func untested(p *model.Project) { p.Tests = nil }

func graphOf(t testing.TB, projects ...*model.Project) *lineage.Graph {
	g, err := lineage.Build(t.Context(), projects, nil, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

const (
	stg, fct, seed, eph = "model.shop.stg", "model.shop.fct", "seed.shop.countries", "model.shop.eph"
	unique, rel         = "test.shop.stg_unique", "test.shop.rel"
)

// Each row is the world with some changes, and what an exposure on fct, fct itself and
// the source are then by the rules of dbt's documents; catalog is the exposure by those of
// its Catalog where that differs. says is the first finding of the exposure.
func TestRules(t *testing.T) {
	for name, c := range map[string]struct {
		changes                          []change
		exposure, fct, source, says, cat string
	}{
		"all is well":                          {nil, "healthy", "healthy", "healthy", "", ""},
		"no-op is fine":                        {[]change{run(stg, "no-op")}, "healthy", "healthy", "healthy", "", ""},
		"reused is fine":                       {[]change{run(fct, "reused")}, "healthy", "healthy", "healthy", "", ""},
		"an error":                             {[]change{run(fct, "error")}, "degraded", "degraded", "healthy", "fct failed", ""},
		"a failure":                            {[]change{run(fct, "fail")}, "degraded", "degraded", "healthy", "fct failed", ""},
		"a runtime error":                      {[]change{run(fct, "runtime error")}, "degraded", "degraded", "healthy", "fct failed", ""},
		"an error further up":                  {[]change{run(stg, "error")}, "degraded", "healthy", "healthy", "stg failed", ""},
		"an error of a seed":                   {[]change{run(seed, "error")}, "degraded", "healthy", "healthy", "countries failed", ""},
		"skipped after an error":               {[]change{run(stg, "error"), run(fct, "skipped")}, "degraded", "caution", "healthy", "stg failed", ""},
		"skipped":                              {[]change{run(fct, "skipped")}, "caution", "caution", "healthy", "fct was skipped", "healthy"},
		"skipped further up":                   {[]change{run(stg, "skipped")}, "caution", "healthy", "healthy", "stg was skipped", "healthy"},
		"partial success":                      {[]change{run(fct, "partial success")}, "caution", "caution", "healthy", "fct was built in part", ""},
		"partial success further up":           {[]change{run(stg, "partial success")}, "caution", "healthy", "healthy", "stg was built in part", ""},
		"an unknown word":                      {[]change{run(fct, "vaporized")}, "unknown", "unknown", "healthy", "", ""},
		"a failed test":                        {[]change{run(rel, "fail")}, "degraded", "degraded", "healthy", "test rel on", ""},
		"an erring test":                       {[]change{run(rel, "error")}, "degraded", "degraded", "healthy", "test rel on", ""},
		"a failed test further up":             {[]change{run(unique, "fail")}, "degraded", "healthy", "healthy", "test stg_unique on stg failed", ""},
		"a test that warned":                   {[]change{run(rel, "warn")}, "caution", "caution", "healthy", "test rel on", ""},
		"a test that warned further up":        {[]change{run(unique, "warn")}, "caution", "healthy", "healthy", "test stg_unique on stg warned", ""},
		"a skipped test":                       {[]change{run(unique, "skipped")}, "caution", "healthy", "healthy", "test stg_unique on stg was skipped", "healthy"},
		"a test without result":                {[]change{norun(unique, rel)}, "healthy", "healthy", "healthy", "", ""},
		"a test that says success":             {[]change{run(rel, "success")}, "healthy", "healthy", "healthy", "", ""},
		"a failed test, and one that warned":   {[]change{run(rel, "warn"), run(unique, "fail")}, "degraded", "caution", "healthy", "test stg_unique on stg failed", ""},
		"a source that warns":                  {[]change{fresh("warn", 1)}, "caution", "caution", "caution", "raw.orders may be stale", ""},
		"a source that is stale":               {[]change{fresh("error", 1)}, "degraded", "degraded", "degraded", "raw.orders is stale", ""},
		"a source whose check crashed":         {[]change{fresh("runtime error", 1)}, "degraded", "degraded", "degraded", "raw.orders is stale", ""},
		"a check long ago":                     {[]change{fresh("pass", 31)}, "caution", "degraded", "caution", "raw.orders was last checked on 2026-05-30", "healthy"},
		"a check just not too long ago":        {[]change{fresh("pass", 30)}, "healthy", "healthy", "healthy", "", ""},
		"a warning long ago":                   {[]change{fresh("warn", 31)}, "caution", "degraded", "caution", "raw.orders", ""},
		"an error long ago":                    {[]change{fresh("error", 31)}, "degraded", "degraded", "degraded", "raw.orders is stale", ""},
		"never checked":                        {[]change{unchecked}, "unknown", "unknown", "unknown", "", ""},
		"never checked, and an error":          {[]change{unchecked, run(stg, "error")}, "degraded", "unknown", "unknown", "stg failed", ""},
		"never checked, and a warning":         {[]change{unchecked, run(rel, "warn")}, "caution", "caution", "unknown", "test rel", ""},
		"never checked and undescribed":        {[]change{unchecked, resource(0, undescribedOne)}, "unknown", "unknown", "unknown", "", ""},
		"an odd word of a check":               {[]change{fresh("maybe", 1)}, "unknown", "unknown", "unknown", "", ""},
		"no freshness rule":                    {[]change{unjudged}, "healthy", "healthy", "caution", "", ""},
		"no freshness rule, yet checked":       {[]change{resource(0, func(r *model.Resource) { r.ChecksFreshness = false })}, "healthy", "healthy", "healthy", "", ""},
		"no freshness rule, nothing run":       {[]change{unjudged, norunsAtAll}, "unknown", "unknown", "caution", "", ""},
		"nothing run":                          {[]change{norunsAtAll}, "unknown", "unknown", "healthy", "", ""},
		"nothing run or checked":               {[]change{norunsAtAll, unchecked}, "unknown", "unknown", "unknown", "", ""},
		"nothing run, a stale source":          {[]change{norunsAtAll, fresh("error", 1)}, "degraded", "degraded", "degraded", "raw.orders is stale", ""},
		"one not in the results":               {[]change{norun(stg)}, "unknown", "healthy", "healthy", "", ""},
		"one not in the results, one failed":   {[]change{norun(stg), run(fct, "error")}, "degraded", "degraded", "healthy", "fct failed", ""},
		"one not in the results, one skipped":  {[]change{norun(stg), run(fct, "skipped")}, "caution", "caution", "healthy", "fct was skipped", "unknown"},
		"fct not in the results":               {[]change{norun(fct)}, "unknown", "unknown", "healthy", "", ""},
		"fct not in the results, undescribed":  {[]change{norun(fct), resource(4, undescribedOne)}, "unknown", "unknown", "healthy", "", ""},
		"a skipped ephemeral model":            {[]change{run(eph, "skipped")}, "healthy", "healthy", "healthy", "", ""},
		"an ephemeral model with an error":     {[]change{run(eph, "error")}, "healthy", "healthy", "healthy", "", ""},
		"no description":                       {[]change{resource(4, undescribedOne)}, "healthy", "caution", "healthy", "", ""},
		"a source without description":         {[]change{resource(0, undescribedOne)}, "healthy", "healthy", "caution", "", ""},
		"no tests":                             {[]change{untested}, "healthy", "caution", "healthy", "", ""},
		"no tests, and an error":               {[]change{untested, run(fct, "error")}, "degraded", "degraded", "healthy", "fct failed", ""},
		"built long ago":                       {[]change{built(fct, 31)}, "healthy", "caution", "healthy", "", ""},
		"built just not too long ago":          {[]change{built(fct, 30)}, "healthy", "healthy", "healthy", "", ""},
		"a seed of long ago":                   {[]change{built(seed, 300)}, "healthy", "healthy", "healthy", "", ""},
		"a unit test":                          {[]change{func(p *model.Project) { p.Runs["unit_test.shop.fct.x"] = model.Run{Status: "fail"} }}, "healthy", "healthy", "healthy", "", ""},
		"an operation":                         {[]change{func(p *model.Project) { p.Runs["operation.shop.hook"] = model.Run{Status: "error"} }}, "healthy", "healthy", "healthy", "", ""},
		"an exposure that is no-op":            {[]change{func(p *model.Project) { p.Runs["exposure.shop.x"] = model.Run{Status: "no-op"} }}, "healthy", "healthy", "healthy", "", ""},
		"everything at once":                   {[]change{run(fct, "skipped"), run(stg, "error"), run(rel, "warn"), fresh("warn", 40), run(unique, "fail")}, "degraded", "degraded", "caution", "stg failed", ""},
		"a result without a time":              {[]change{func(p *model.Project) { p.Runs[fct] = model.Run{Status: "success"} }}, "healthy", "healthy", "healthy", "", ""},
		"a test of two, failed":                {[]change{func(p *model.Project) { p.Tests[1].DependsOn = []string{stg, fct} }, run(rel, "fail")}, "degraded", "degraded", "healthy", "test rel on", ""},
		"a test of the source failed":          {[]change{func(p *model.Project) { p.Tests[0].DependsOn = []string{"source.shop.orders"} }, run(unique, "fail")}, "degraded", "healthy", "degraded", "test stg_unique on raw.orders failed", ""},
		"a test of the ephemeral model failed": {[]change{func(p *model.Project) { p.Tests[0].DependsOn = []string{eph} }, run(unique, "fail")}, "degraded", "healthy", "healthy", "test stg_unique on eph failed", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := world()
			for _, change := range c.changes {
				change(p)
			}
			g := graphOf(t, p)
			at := func(id string) lineage.ID {
				n, ok := g.Resource(id)
				if !ok {
					t.Fatal(id)
				}
				return n
			}
			for _, catalog := range []bool{false, true} {
				h, err := New(t.Context(), g, Options{Now: now, Catalog: catalog})
				if err != nil {
					t.Fatal(err)
				}
				rep := h.ReportOver(at(fct))
				if catalog {
					if want := c.exposure; c.cat != "" && rep.State.String() != c.cat || c.cat == "" && rep.State.String() != want {
						t.Errorf("by the Catalog: %s", rep.State)
					}
					continue
				}
				first := ""
				if len(rep.Findings) > 0 {
					first = rep.Findings[0].Sentence()
				}
				if rep.State.String() != c.exposure || !strings.HasPrefix(first, c.says) || (c.says == "") != (first == "") {
					t.Errorf("the exposure is %s (%q), want %s (%q)", rep.State, first, c.exposure, c.says)
				}
				if got := h.State(at(fct)); got.String() != c.fct {
					t.Errorf("fct is %s, want %s", got, c.fct)
				}
				if got := h.State(at("source.shop.orders")); got.String() != c.source {
					t.Errorf("the source is %s, want %s", got, c.source)
				}
				for _, id := range []string{fct, stg, seed, "source.shop.orders", eph, "metric.shop.revenue"} {
					one := h.Report(at(id))
					worst := Unknown
					for _, f := range one.Findings {
						worst = max(worst, f.Means)
					}
					if wrong := max(worst, Healthy); one.State > Healthy && wrong != one.State || one.State <= Healthy && worst > Healthy {
						t.Errorf("%s is %s, and its worst finding means %s", id, one.State, worst)
					}
				}
			}
		})
	}
}

func TestIgnored(t *testing.T) {
	p := world()
	for _, change := range []change{resource(4, undescribedOne), resource(0, undescribedOne), untested, built(fct, 40), fresh("pass", 40)} {
		change(p)
	}
	g := graphOf(t, p)
	id, _ := g.Resource(fct)
	for _, c := range []struct {
		ignore []Ignorable
		want   string
	}{
		{nil, "source_check_old model_old model_without_tests no_description"},
		{[]Ignorable{IgnoreTests}, "source_check_old model_old no_description"},
		{[]Ignorable{IgnoreAge}, "model_without_tests no_description"},
		{[]Ignorable{IgnoreDescription, IgnoreAge}, "model_without_tests"},
		{[]Ignorable{IgnoreDescription, IgnoreTests, IgnoreAge}, ""},
	} {
		h, err := New(context.Background(), g, Options{Now: now, Ignore: c.ignore})
		if err != nil {
			t.Fatal(err)
		}
		rep := h.Report(id)
		var codes []string
		for _, f := range rep.Findings {
			codes = append(codes, f.Code)
		}
		if got := strings.Join(codes, " "); got != c.want || (c.want == "") != (rep.State == Healthy) {
			t.Errorf("without %v: %s (%s), want %s", c.ignore, got, rep.State, c.want)
		}
		if h.Over(id) != Caution {
			t.Error("what is ignored concerns models and sources, not exposures")
		}
	}
}

// A report counts what could be known, and names what is not, and why something was
// skipped.
func TestReport(t *testing.T) {
	p := world()
	run(stg, "skipped")(p)
	run(fct, "skipped")(p)
	run(seed, "error")(p)
	norun(unique)(p)
	unchecked(p)
	g := graphOf(t, p)
	h, err := New(t.Context(), g, Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	id, _ := g.Resource("metric.shop.revenue")
	rep := h.ReportOver(id)
	if got := rep.Coverage(); got != "3 of 4 ancestors in these results" || rep.TestsKnown != 2 || rep.Tests != 3 || len(rep.Missing) != 1 || rep.Missing[0].FullName() != "raw.orders" {
		t.Errorf("%s, tests %d of %d, missing %v", got, rep.TestsKnown, rep.Tests, rep.Missing)
	}
	var said []string
	for _, f := range rep.Findings {
		said = append(said, f.Sentence())
	}
	want := "countries failed; fct was skipped because countries failed; stg was skipped"
	if got := strings.Join(said, "; "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if !rep.Newest.Equal(day(1)) || rep.Took == 0 {
		t.Errorf("newest %v, %v s", rep.Newest, rep.Took)
	}
}

// What another project builds has its result there.
func TestTwoProjects(t *testing.T) {
	shop := world()
	other := &model.Project{Name: "other", Adapter: "postgres", Resources: []model.Resource{
		{ID: fct, Kind: model.KindModel, Name: "fct", Common: &model.Common{Package: "shop", Materialized: "table"}, External: true},
		{ID: "model.other.rpt", Kind: model.KindModel, Name: "rpt", Common: &model.Common{Package: "other", Materialized: "table"}, DependsOn: []string{fct}},
	}, Runs: map[string]model.Run{"model.other.rpt": {Status: "success"}}}
	run(stg, "error")(shop)
	for _, projects := range [][]*model.Project{{shop, other}, {other, shop}} {
		g := graphOf(t, projects...)
		h, err := New(t.Context(), g, Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		id, _ := g.Resource("model.other.rpt")
		if rep := h.ReportOver(id); rep.State != Degraded || rep.Findings[0].Sentence() != "stg failed" || rep.Known != rep.Ancestors {
			t.Errorf("%s, %s, %v", rep.State, rep.Coverage(), rep.Findings)
		}
	}
}

// The states of all nodes from one pass are those of a walk from each.
func TestOnePass(t *testing.T) {
	p := world()
	run(stg, "error")(p)
	p.Resources[1].DependsOn = append(p.Resources[1].DependsOn, fct) // a cycle
	g := graphOf(t, p)
	h, err := New(t.Context(), g, Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	for id := range lineage.ID(g.Len()) {
		want := h.own[id]
		for _, up := range g.Ancestors(-1, id) {
			want |= h.own[up]
		}
		if h.all[id] != want {
			t.Errorf("%s: %b, want %b", g.Node(id).Resource.ID, h.all[id], want)
		}
	}
}

// deep is a project of n models, each on the four before it.
func deep(n int) *model.Project {
	p := &model.Project{Name: "deep", Runs: map[string]model.Run{}}
	for i := range n {
		r := model.Resource{ID: fmt.Sprintf("model.deep.m%d", i), Kind: model.KindModel, Name: "m", Common: &model.Common{Package: "deep", Materialized: "table"}}
		for j := max(0, i-4); j < i; j++ {
			r.DependsOn = append(r.DependsOn, fmt.Sprintf("model.deep.m%d", j))
		}
		p.Resources = append(p.Resources, r)
		p.Runs[r.ID] = model.Run{Status: "success"}
		p.Tests = append(p.Tests, model.Test{ID: fmt.Sprintf("test.deep.t%d", i), DependsOn: []string{r.ID}})
	}
	return p
}

// One pass, however many layers there are.
func TestGrowth(t *testing.T) {
	growth.Check(t, 200, func(n int) growth.Run {
		p := deep(n)
		g := graphOf(t, p)
		return func() int {
			h, err := New(t.Context(), g, Options{Now: now})
			if err != nil || h.Over(lineage.ID(n-1)) != Healthy {
				t.Fatal(err, h.Over(lineage.ID(n-1)))
			}
			return 0
		}
	})
}

// over is an exposure of a deep project with these parents.
func over(p *model.Project, at ...int) *outlook.Entry {
	e := &outlook.Entry{In: p}
	for _, i := range at {
		e.DependsOn = append(e.DependsOn, p.Resources[i].ID)
	}
	return e
}

// Exposures with the same parents have one report: what is upstream of them is walked once.
func TestReportsAreShared(t *testing.T) {
	growth.Check(t, 100, func(n int) growth.Run {
		p := deep(n)
		g := graphOf(t, p)
		h, err := New(t.Context(), g, Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		before := g.Visits()
		return func() int {
			entries := []*outlook.Entry{over(p, n-2, n-1), over(p, n-3)}
			for range n {
				entries = append(entries, over(p, n-1, n-2))
			}
			reports, err := h.EntryReports(t.Context(), entries)
			if err != nil {
				t.Fatal(err)
			}
			first, other := reports[0], reports[1]
			for _, rep := range reports[2:] {
				if rep != first {
					t.Fatal("the same parents have two reports")
				}
			}
			if other == first || other.Ancestors != n-2 || first.Ancestors != n {
				t.Fatalf("%d and %d ancestors", first.Ancestors, other.Ancestors)
			}
			return g.Visits() - before
		}
	})
}
