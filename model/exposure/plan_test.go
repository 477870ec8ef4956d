package exposure

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
)

// Every rule of the pre-flight: what is written, or by which rule it is not.
func TestParents(t *testing.T) {
	mesh := &model.Project{Name: "mesh"}
	foreign := Parent{Resource: &model.Resource{ID: "model.mesh.far", Kind: model.KindModel, Name: "far", Package: "mesh"}, Project: mesh}
	sameButProd := Parent{Resource: &model.Resource{ID: "model.shop.gone", Kind: model.KindModel, Name: "gone"}, Project: &model.Project{Name: "shop"}}
	tests := map[string]struct {
		version string
		ids     []string
		extra   []Parent
		want    string // calls joined by blank
		codes   []Code
	}{
		"model":                    {ids: []string{"model.shop.fct_orders"}, want: "ref('fct_orders')"},
		"seed and snapshot":        {ids: []string{"snapshot.shop.history", "seed.shop.countries"}, want: "ref('countries') ref('history')"},
		"ephemeral is legal":       {ids: []string{"model.shop.light"}, want: "ref('light')"},
		"other package":            {ids: []string{"model.lib.calendar"}, want: "ref('lib', 'calendar')"},
		"name in two packages":     {ids: []string{"model.shop.twice"}, want: "ref('shop', 'twice')"},
		"number version":           {ids: []string{"model.shop.customers.v2"}, want: "ref('customers', v=2)"},
		"text version":             {ids: []string{"model.shop.cohorts.v2024q1"}, want: "ref('cohorts', v='2024q1')"},
		"version zero":             {ids: []string{"model.shop.zero.v0"}, want: "ref('zero', v='0')"},
		"version before 1.5":       {version: "1.4.9", ids: []string{"model.shop.customers.v2"}, codes: []Code{CodeVersion}},
		"source":                   {ids: []string{"source.shop.crm.account"}, want: "source('crm', 'account')"},
		"source of a package":      {ids: []string{"source.lib.geo.cities"}, want: "source('geo', 'cities')"},
		"shadowed source":          {ids: []string{"source.lib.crm.account"}, codes: []Code{CodeAmbiguous}},
		"apostrophe":               {ids: []string{"model.shop.it's"}, want: `ref("it's")`},
		"both quotes":              {ids: []string{`model.shop.both'"`}, codes: []Code{CodeUnquotable}},
		"private":                  {ids: []string{"model.shop.secret"}, codes: []Code{CodePrivate}},
		"private blocks the rest":  {ids: []string{"model.shop.fct_orders", "model.shop.secret"}, codes: []Code{CodePrivate}},
		"every problem is told":    {ids: []string{"model.shop.off", "model.shop.secret"}, codes: []Code{CodeDisabled, CodePrivate}},
		"metric":                   {ids: []string{"metric.shop.revenue"}, codes: []Code{CodeKind}},
		"missing":                  {ids: []string{"model.shop.nowhere"}, codes: []Code{CodeUnresolvable}},
		"only in another manifest": {extra: []Parent{sameButProd}, codes: []Code{CodeUnresolvable}},
		"other root project":       {extra: []Parent{foreign}, codes: []Code{CodeElsewhere}},
		"other root beside ours":   {ids: []string{"model.shop.fct_orders"}, extra: []Parent{foreign}, want: "ref('fct_orders')"},
		"same parent twice":        {ids: []string{"model.shop.fct_orders", "model.shop.fct_orders"}, want: "ref('fct_orders')"},
		"nothing":                  {codes: []Code{CodeNoParents}},
		"nil resource":             {extra: []Parent{{}}, codes: []Code{CodeNoParents}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if tt.version == "" {
				tt.version = "1.12.6"
			}
			p := shop(tt.version)
			c := cand(p, luidA, "Sales", tt.ids...)
			c.Parents = append(c.Parents, tt.extra...)
			plan := planOf(p, c)
			var codes []Code
			for _, r := range plan.Refusals {
				codes = append(codes, r.Code)
				if r.Title != "Sales" || r.Key != luidA || r.Rule == "" || r.Cure == "" {
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
	p := shop("1.12.6")
	c := cand(p, luidA, "Sales", "model.shop.fct_orders")
	c.Parents = append(c.Parents, Parent{Resource: &model.Resource{ID: "model.mesh.far"}, Project: &model.Project{Name: "mesh"}})
	e := planOf(p, c).Exposures[0]
	if e.Elsewhere != 1 || len(e.Notes) != 1 {
		t.Errorf("elsewhere = %d, notes = %q", e.Elsewhere, e.Notes)
	}
	// The same resource through another project's pointer, but known here.
	c.Parents = []Parent{{Resource: &model.Resource{ID: "model.lib.calendar"}, Project: &model.Project{Name: "lib"}}}
	if e = planOf(p, c).Exposures[0]; e.DependsOn[0] != "ref('lib', 'calendar')" || e.Elsewhere != 0 {
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
			p := shop(tt.version)
			c := cand(p, luidA, "Sales", "model.shop.fct_orders")
			c.Workbook.Owner = tt.user
			opt := Options{Project: p, File: ourFile, OwnerName: "Team", OwnerEmail: "team@x.org"}
			if tt.refused {
				opt.OwnerName, opt.OwnerEmail = "", ""
			}
			plan := NewPlan([]Candidate{c}, Known{}, opt)
			if tt.refused {
				if len(plan.Refusals) != 1 || plan.Refusals[0].Code != CodeNoOwner {
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
	p := shop("1.12.6")
	byURL := cand(p, luidA, "Weekly", "model.shop.fct_orders")
	byURL.URL = "HTTPS://bi.example.com/#/site/acme/views/W/Weekly"
	byLUID := cand(p, "DDDDDDDD-0000-4000-8000-000000000000", "Off", "model.shop.fct_orders")
	byLUID.Key = strings.ToLower(byLUID.Key)
	for _, c := range []Candidate{byURL, byLUID} {
		plan := planOf(p, c)
		if len(plan.Exposures) != 0 || len(plan.Refusals) != 1 || plan.Refusals[0].Code != CodeDeclared ||
			!strings.Contains(plan.Refusals[0].Rule, "in models/hand.yml") {
			t.Errorf("%s: %+v", c.Dashboard.Name, plan)
		}
	}
	// In our own file it is the entry to update, not a rival.
	p.Exposures[1].Path = ourFile
	if plan := planOf(p, byLUID); len(plan.Exposures) != 1 || plan.Exposures[0].Name != "switched_off" {
		t.Errorf("own entry: %+v", plan)
	}
	known := Known{Entries: []Declared{{Name: "mine", URL: byURL.URL, File: ourFile}}}
	byURL.URL += "/"
	p.Exposures = nil
	plan := NewPlan([]Candidate{byURL}, known, Options{Project: p, File: ourFile})
	if len(plan.Refusals) != 1 || !strings.Contains(plan.Refusals[0].Rule, "mine in "+ourFile) {
		t.Errorf("hand-written in our file: %+v", plan)
	}
}

// Nothing in, or only hollow things in: no panic, a reason for each.
func TestHollowInput(t *testing.T) {
	if plan := NewPlan(nil, Known{}, Options{}); len(plan.Exposures)+len(plan.Refusals) != 0 {
		t.Errorf("empty input: %+v", plan)
	}
	plan := NewPlan([]Candidate{{}, {Key: "k", Parents: []Parent{{}}}}, Known{}, Options{})
	if len(plan.Exposures) != 0 || len(plan.Refusals) < 2 {
		t.Errorf("hollow candidates: %+v", plan)
	}
	p := shop("")
	c := Candidate{Key: "host/view", Dashboard: &model.Dashboard{Name: "?"}, Parents: []Parent{parent(p, "model.shop.fct_orders")}}
	plan = NewPlan([]Candidate{c}, Known{}, Options{Project: p, OwnerName: "Team"})
	if len(plan.Exposures) != 1 || plan.Exposures[0].Name != "dashboard" || plan.Exposures[0].Meta.Key != "host/view" {
		t.Errorf("no site, no workbook: %+v", plan)
	}
}

func TestDialect(t *testing.T) {
	tests := map[string]struct {
		version, schema string
		want            dialect
	}{
		"release":     {"1.12.6", "", 1012},
		"beta":        {"1.5.0b3", "", 1005},
		"minor beta":  {"1.10b1", "", 1010},
		"fusion":      {"2.0.0-beta.2", "", 2000},
		"schema":      {"", "https://schemas.getdbt.com/dbt/manifest/v7.json", 1003},
		"schema v12":  {"", "https://schemas.getdbt.com/dbt/manifest/v12.json", newest},
		"nothing":     {"", "", newest},
		"nonsense":    {"x.y", "z", newest},
		"not a minor": {"1.", "", newest},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := dialectOf(&model.Project{DbtVersion: tt.version, SchemaVersion: tt.schema}); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}
