// Package exposuretest has the project, the dashboards and the edits by hand that the tests of
// exposure and of its merge share. Nothing but tests imports it.
package exposuretest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/modeltest"
)

// LUIDs of dashboards.
const (
	LUIDA = "3f9c1a2b-0000-4000-8000-00000000000a"
	LUIDB = "77aa10ff-0000-4000-8000-00000000000b"
	LUIDC = "77aa10ff-1111-4000-8000-00000000000c" // first eight digits of LUIDB
	LUIDD = "dddddddd-1111-4000-8000-00000000000d"
)

// OurFile is where the plans of the tests write.
const OurFile = "models/exposures/tableau.yml"

// Shop is a project with one resource for each rule of the pre-flight.
func Shop(version string) *model.Project {
	m := func(pkg, name string, edit func(*model.Resource)) model.Resource {
		r := model.Resource{ID: "model." + pkg + "." + name, Kind: model.KindModel, Name: name, Common: &model.Common{Package: pkg, Materialized: "table"}}
		if edit != nil {
			edit(&r)
		}
		return r
	}
	source := func(pkg, source, table string) model.Resource {
		return model.Resource{ID: "source." + pkg + "." + source + "." + table, Kind: model.KindSource, Common: &model.Common{SourceName: source, Package: pkg}, Name: table}
	}
	versioned := func(v string, text bool) func(*model.Resource) {
		return func(r *model.Resource) { r.ID += ".v" + v; modeltest.Versions(r).This = v; r.VersionText = text }
	}
	return &model.Project{
		Name: "shop", DbtVersion: version,
		Resources: []model.Resource{
			m("shop", "fct_orders", nil),
			m("shop", "secret", func(r *model.Resource) { modeltest.Common(r).Access = "private"; modeltest.Common(r).Group = "finance" }),
			m("shop", "light", func(r *model.Resource) { modeltest.Common(r).Materialized = "ephemeral" }),
			m("shop", "customers", versioned("2", false)),
			m("shop", "cohorts", versioned("2024q1", true)),
			m("shop", "zero", versioned("0", false)),
			m("shop", "twice", nil),
			m("lib", "twice", nil),
			m("lib", "calendar", nil),
			m("shop", "it's", nil),
			m("shop", `both'"`, nil),
			{ID: "seed.shop.countries", Kind: model.KindSeed, Name: "countries", Common: &model.Common{Package: "shop"}},
			{ID: "snapshot.shop.history", Kind: model.KindSnapshot, Name: "history", Common: &model.Common{Package: "shop"}},
			{ID: "metric.shop.revenue", Kind: model.KindMetric, Name: "revenue", Common: &model.Common{Package: "shop"}},
			source("shop", "crm", "account"),
			source("lib", "crm", "account"),
			source("lib", "geo", "cities"),
		},
		Disabled: []model.Resource{m("shop", "off", nil)},
		Exposures: []model.Exposure{
			{Name: "weekly", Package: "shop", Path: "models/hand.yml", URL: "https://bi.example.com/t/acme/views/W/Weekly?:iid=1", Enabled: true},
			{Name: "switched_off", Package: "shop", Path: "models/hand.yml", LUID: "dddddddd-0000-4000-8000-000000000000"},
			{Name: "taken", Package: "shop", Path: "models/hand.yml"},
		},
	}
}

// Tableau is the tool of the fixtures, as far as exposures need it.
var Tableau = &model.Tool{Name: "Tableau", Key: "tableau", Words: map[model.Part]model.Noun{model.PartContainer: {One: "project"}, model.PartWorkbook: {One: "workbook"}}}

// Candidate is a dashboard of the workbook "Sales" with the given parents.
func Candidate(p *model.Project, luid, title string, ids ...string) exposure.Candidate {
	c := exposure.Candidate{
		Key:  luid,
		Site: &model.Site{Tool: Tableau, Server: "https://bi.example.com", ContentURL: "acme"},
		Workbook: &model.Workbook{
			LUID: "11112222-0000-4000-8000-000000000000", Name: "Sales",
			Owner: model.User{Name: "Owner One", Email: "one@example.com"},
		},
		Dashboard:     &model.Dashboard{LUID: luid, Name: title},
		ContainerPath: []string{"Finance", "EMEA"},
		URL:           "https://bi.example.com/#/site/acme/views/Sales/" + luid[:8],
	}
	for _, id := range ids {
		c.Parents = append(c.Parents, Parent(p, id))
	}
	return c
}

// Parent is a resource of the project, or one that it does not have.
func Parent(p *model.Project, id string) exposure.Parent {
	for _, list := range [][]model.Resource{p.Resources, p.Disabled} {
		for i := range list {
			if list[i].ID == id {
				return exposure.Parent{Resource: &list[i], Project: p}
			}
		}
	}
	return exposure.Parent{Resource: &model.Resource{ID: id, Kind: model.KindModel}, Project: p}
}

// Full has every field that can be written.
func Full(p *model.Project) []exposure.Candidate {
	a := Candidate(p, LUIDA, "Sales Overview (Übersicht) {{ now }}",
		"model.shop.fct_orders", "model.lib.calendar", "source.shop.crm.account", "model.shop.it's")
	a.Workbook.Description = "What we sold, to whom, and why it matters to everybody who reads this rather long text.\r\n" +
		"Second line: \x1b[31mred\x1b[0m, \"quoted\", 100 % {% raw %}."
	a.Workbook.Tags = []string{"finance", "yes"}
	a.Dashboard.Tags = []string{"finance", " "}
	a.Unmatched = 3
	a.Incomplete = []string{"redacted", "custom_sql", "redacted"}
	b := Candidate(p, LUIDB, "yes", "model.shop.fct_orders")
	b.Workbook.Owner = model.User{Name: "null", Email: "b@example.com"}
	hidden := Candidate(p, LUIDC, "Hidden", "seed.shop.countries")
	hidden.Dashboard.LUID = ""
	hidden.Key = "bi.example.com/acme/view-1"
	return []exposure.Candidate{a, b, hidden}
}

// PlanOf plans dashboards that were never exported.
func PlanOf(p *model.Project, cands ...exposure.Candidate) exposure.Plan {
	return Plan(cands, exposure.Known{}, exposure.Options{Project: p, File: OurFile, Tools: []*model.Tool{Tableau}})
}

// Plan is exposure.NewPlan that nothing stops.
func Plan(cands []exposure.Candidate, known exposure.Known, opt exposure.Options) exposure.Plan {
	plan, err := exposure.NewPlan(context.Background(), cands, known, opt)
	if err != nil {
		panic(err) // there is no other error than that of ctx
	}
	return plan
}

// RandomTitle mixes scripts, controls and words that collide.
func RandomTitle(r *rand.Rand) string {
	words := []string{"Sales", "sales", "Ümsatz", "売上", "مبيعات", "📊", "2024", "-", "_", " ", "{{ x }}", "\x1b[31m", "\u2028", "\xff", "é", "", "yes"}
	var b strings.Builder
	for range r.IntN(4) {
		b.WriteString(words[r.IntN(len(words))])
		if r.IntN(3) == 0 {
			b.WriteRune(rune(r.IntN(0x11000)))
		}
	}
	return b.String()
}

// RandomCandidates have random titles, LUIDs that begin alike, and some parents.
func RandomCandidates(r *rand.Rand, p *model.Project, n int) []exposure.Candidate {
	ids := []string{"model.shop.fct_orders", "model.lib.calendar", "source.shop.crm.account", "model.shop.customers.v2"}
	var out []exposure.Candidate
	for i := range n {
		luid := fmt.Sprintf("%08x-%04x-4000-8000-%012x", r.IntN(3), r.IntN(2), i)
		c := Candidate(p, luid, RandomTitle(r), ids[:1+r.IntN(len(ids))]...)
		c.URL += fmt.Sprint(i)
		c.Workbook.Description = RandomTitle(r) + "\n" + RandomTitle(r)
		c.Dashboard.Tags = []string{RandomTitle(r)}
		out = append(out, c)
	}
	return out
}
