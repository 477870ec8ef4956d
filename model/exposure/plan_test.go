package exposure_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
)

// Every rule of the pre-flight: what is written, or by which rule it is not.
func TestParents(t *testing.T) {
	mesh := &model.Project{Name: "mesh"}
	foreign := exposure.Parent{Resource: &model.Resource{ID: "model.mesh.far", Kind: model.KindModel, Name: "far", Common: &model.Common{Package: "mesh"}}, Project: mesh}
	sameButProd := exposure.Parent{Resource: &model.Resource{ID: "model.shop.gone", Kind: model.KindModel, Name: "gone"}, Project: &model.Project{Name: "shop"}}
	tests := map[string]struct {
		version string
		ids     []string
		extra   []exposure.Parent
		want    string // calls joined by blank
		codes   []exposure.Code
	}{
		"model":                     {ids: []string{"model.shop.fct_orders"}, want: "ref('fct_orders')"},
		"seed and snapshot":         {ids: []string{"snapshot.shop.history", "seed.shop.countries"}, want: "ref('countries') ref('history')"},
		"ephemeral is legal":        {ids: []string{"model.shop.light"}, want: "ref('light')"},
		"other package":             {ids: []string{"model.lib.calendar"}, want: "ref('lib', 'calendar')"},
		"name in two packages":      {ids: []string{"model.shop.twice"}, want: "ref('shop', 'twice')"},
		"number version":            {ids: []string{"model.shop.customers.v2"}, want: "ref('customers', v=2)"},
		"text version":              {ids: []string{"model.shop.cohorts.v2024q1"}, want: "ref('cohorts', v='2024q1')"},
		"version zero":              {ids: []string{"model.shop.zero.v0"}, want: "ref('zero', v='0')"},
		"version before 1.5":        {version: "1.4.9", ids: []string{"model.shop.customers.v2"}, codes: []exposure.Code{exposure.CodeVersion}},
		"source":                    {ids: []string{"source.shop.crm.account"}, want: "source('crm', 'account')"},
		"source of a package":       {ids: []string{"source.lib.geo.cities"}, want: "source('geo', 'cities')"},
		"shadowed source":           {ids: []string{"source.lib.crm.account"}, codes: []exposure.Code{exposure.CodeAmbiguous}},
		"apostrophe":                {ids: []string{"model.shop.it's"}, want: `ref("it's")`},
		"both quotes":               {ids: []string{`model.shop.both'"`}, codes: []exposure.Code{exposure.CodeUnquotable}},
		"private":                   {ids: []string{"model.shop.secret"}, codes: []exposure.Code{exposure.CodePrivate}},
		"private blocks the rest":   {ids: []string{"model.shop.fct_orders", "model.shop.secret"}, codes: []exposure.Code{exposure.CodePrivate}},
		"every problem is reported": {ids: []string{"model.shop.off", "model.shop.secret"}, codes: []exposure.Code{exposure.CodeDisabled, exposure.CodePrivate}},
		"metric":                    {ids: []string{"metric.shop.revenue"}, codes: []exposure.Code{exposure.CodeKind}},
		"missing":                   {ids: []string{"model.shop.nowhere"}, codes: []exposure.Code{exposure.CodeUnresolvable}},
		"only in another manifest":  {extra: []exposure.Parent{sameButProd}, codes: []exposure.Code{exposure.CodeUnresolvable}},
		"other root project":        {extra: []exposure.Parent{foreign}, codes: []exposure.Code{exposure.CodeElsewhere}},
		"other root beside ours":    {ids: []string{"model.shop.fct_orders"}, extra: []exposure.Parent{foreign}, want: "ref('fct_orders')"},
		"same parent twice":         {ids: []string{"model.shop.fct_orders", "model.shop.fct_orders"}, want: "ref('fct_orders')"},
		"nothing":                   {codes: []exposure.Code{exposure.CodeNoParents}},
		"nil resource":              {extra: []exposure.Parent{{}}, codes: []exposure.Code{exposure.CodeNoParents}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if tt.version == "" {
				tt.version = "1.12.6"
			}
			p := exposuretest.Shop(tt.version)
			c := exposuretest.Candidate(p, exposuretest.LUIDA, "Sales", tt.ids...)
			c.Parents = append(c.Parents, tt.extra...)
			plan := exposuretest.PlanOf(p, c)
			var codes []exposure.Code
			for _, r := range plan.Refusals {
				codes = append(codes, r.Code)
				if r.Title != "Sales" || r.Key != exposuretest.LUIDA || r.Rule == "" || r.Fix == "" {
					t.Errorf("refusal says too little: %+v", r)
				}
			}
			slices.Sort(codes)
			if diff := cmp.Diff(tt.codes, codes); diff != "" {
				t.Fatalf("codes (-want +got):\n%s", diff)
			}
			if tt.want == "" {
				return
			}
			if got := strings.Join(plan.Exposures[0].DependsOn, " "); got != tt.want {
				t.Errorf("depends_on = %s, want %s", got, tt.want)
			}
		})
	}
}

func TestElsewhereIsCounted(t *testing.T) {
	p := exposuretest.Shop("1.12.6")
	c := exposuretest.Candidate(p, exposuretest.LUIDA, "Sales", "model.shop.fct_orders")
	c.Parents = append(c.Parents, exposure.Parent{Resource: &model.Resource{ID: "model.mesh.far"}, Project: &model.Project{Name: "mesh"}})
	e := exposuretest.PlanOf(p, c).Exposures[0]
	if e.Elsewhere != 1 {
		t.Errorf("elsewhere = %d", e.Elsewhere)
	}
	// The same resource through another project's pointer, but known here.
	c.Parents = []exposure.Parent{{Resource: &model.Resource{ID: "model.lib.calendar"}, Project: &model.Project{Name: "lib"}}}
	if e = exposuretest.PlanOf(p, c).Exposures[0]; e.DependsOn[0] != "ref('lib', 'calendar')" || e.Elsewhere != 0 {
		t.Errorf("installed package: %v, %d elsewhere", e.DependsOn, e.Elsewhere)
	}
}

func TestOwner(t *testing.T) {
	tests := map[string]struct {
		version     string
		user        model.User
		name, email string // expected
		refused     bool
	}{
		"both":                   {"1.12.6", model.User{Name: "A", Email: "a@x.org"}, "A", "a@x.org", false},
		"name only":              {"1.5.0", model.User{Name: "A"}, "A", "", false},
		"name only, old":         {"1.4.9", model.User{Name: "A"}, "A", "team@x.org", false},
		"user name is an e-mail": {"1.4.9", model.User{Name: "A", Username: "a@x.org"}, "A", "a@x.org", false},
		"domain user":            {"1.9.0", model.User{Username: `CORP\a`}, `CORP\a`, "", false},
		"nobody":                 {"1.12.6", model.User{}, "Team", "team@x.org", false},
		"no e-mail at all":       {"1.4.9", model.User{Email: "not an address"}, "", "", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := exposuretest.Shop(tt.version)
			c := exposuretest.Candidate(p, exposuretest.LUIDA, "Sales", "model.shop.fct_orders")
			c.Workbook.Owner = tt.user
			opt := exposure.Options{Project: p, File: exposuretest.OurFile, OwnerName: "Team", OwnerEmail: "team@x.org"}
			if tt.refused {
				opt.OwnerName, opt.OwnerEmail = "", ""
			}
			plan := exposuretest.Plan([]exposure.Candidate{c}, exposure.Known{}, opt)
			if tt.refused {
				if len(plan.Refusals) != 1 || plan.Refusals[0].Code != exposure.CodeNoOwner {
					t.Fatalf("refusals = %+v", plan.Refusals)
				}
				return
			}
			if e := plan.Exposures[0]; e.OwnerName != tt.name || e.OwnerEmail != tt.email {
				t.Errorf("owner = %q, %q", e.OwnerName, e.OwnerEmail)
			}
		})
	}
}

func TestDeclaredByHand(t *testing.T) {
	p := exposuretest.Shop("1.12.6")
	byURL := exposuretest.Candidate(p, exposuretest.LUIDA, "Weekly", "model.shop.fct_orders")
	byURL.URL = "HTTPS://bi.example.com/#/site/acme/views/W/Weekly"
	byLUID := exposuretest.Candidate(p, "DDDDDDDD-0000-4000-8000-000000000000", "Off", "model.shop.fct_orders")
	byLUID.Key = strings.ToLower(byLUID.Key)
	for _, c := range []exposure.Candidate{byURL, byLUID} {
		plan := exposuretest.PlanOf(p, c)
		if len(plan.Exposures) != 0 || len(plan.Refusals) != 1 || plan.Refusals[0].Code != exposure.CodeDeclared ||
			!strings.Contains(plan.Refusals[0].Rule, "in models/hand.yml") {
			t.Errorf("%s: %+v", c.Dashboard.Name, plan)
		}
	}
	// In our own file it is the entry to update, not a rival.
	p.Exposures[1].Path = exposuretest.OurFile
	if plan := exposuretest.PlanOf(p, byLUID); len(plan.Exposures) != 1 || plan.Exposures[0].Name != "switched_off" {
		t.Errorf("own entry: %+v", plan)
	}
	known := exposure.Known{Entries: []exposure.Declared{{Name: "mine", URL: byURL.URL, File: exposuretest.OurFile}}}
	byURL.URL += "/"
	p.Exposures = nil
	plan := exposuretest.Plan([]exposure.Candidate{byURL}, known, exposure.Options{Project: p, File: exposuretest.OurFile})
	if len(plan.Refusals) != 1 || !strings.Contains(plan.Refusals[0].Rule, "mine in "+exposuretest.OurFile) {
		t.Errorf("hand-written in our file: %+v", plan)
	}
}

// A plan looks only at what it depends on, however many resources the manifest has.
func TestPlanLeavesTheManifestAlone(t *testing.T) {
	allocations := func(resources int) float64 {
		p := exposuretest.Shop("1.12.6")
		c := exposuretest.Candidate(p, exposuretest.LUIDA, "Sales", "model.shop.fct_orders", "source.shop.crm.account")
		for i := range resources {
			name := fmt.Sprint("more_", i)
			p.Resources = append(p.Resources, model.Resource{ID: "model.shop." + name, Name: name, Common: &model.Common{Package: "shop"}, Kind: model.KindModel})
		}
		return testing.AllocsPerRun(5, func() {
			if plan := exposuretest.PlanOf(p, c); len(plan.Exposures) != 1 {
				t.Fatalf("%+v", plan.Refusals)
			}
		})
	}
	if few, many := allocations(10), allocations(2000); many > few {
		t.Errorf("%.0f allocations with 10 more resources, %.0f with 2000", few, many)
	}
}

// A plan stops with its context.
func TestPlanStops(t *testing.T) {
	p := exposuretest.Shop("1.12.6")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := exposure.NewPlan(ctx, exposuretest.Full(p), exposure.Known{}, exposure.Options{Project: p}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// Nothing in, or only hollow things in: no panic, a reason for each.
func TestHollowInput(t *testing.T) {
	if plan := exposuretest.Plan(nil, exposure.Known{}, exposure.Options{}); len(plan.Exposures)+len(plan.Refusals) != 0 {
		t.Errorf("empty input: %+v", plan)
	}
	plan := exposuretest.Plan([]exposure.Candidate{{}, {Key: "k", Parents: []exposure.Parent{{}}}}, exposure.Known{}, exposure.Options{})
	if len(plan.Exposures) != 0 || len(plan.Refusals) < 2 {
		t.Errorf("hollow candidates: %+v", plan)
	}
	p := exposuretest.Shop("")
	c := exposure.Candidate{Key: "host/view", Dashboard: &model.Dashboard{Name: "?"}, Parents: []exposure.Parent{exposuretest.Parent(p, "model.shop.fct_orders")}}
	plan = exposuretest.Plan([]exposure.Candidate{c}, exposure.Known{}, exposure.Options{Project: p, OwnerName: "Team"})
	if len(plan.Exposures) != 1 || plan.Exposures[0].Name != "dashboard" || plan.Exposures[0].Meta.Key != "host/view" {
		t.Errorf("no site, no workbook: %+v", plan)
	}
}
