package exposure_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
)

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"Sales Overview (Übersicht)": "sales_overview_ubersicht",
		"Größe & Co":                 "grosse_and_co",
		"2024 Sales":                 "dashboard_2024_sales",
		"__a--b__":                   "a_b",
		"📊🚀":                         "dashboard",
		"":                           "dashboard",
		"销售":                         "xiao_shou",
		"Кириллица":                  "kirillitsa",
		"ﬁnance x²":                  "finance_x2",
		strings.Repeat("long ", 40):  strings.Repeat("long_", 11) + "long",
	} {
		if got := exposure.NameFor(title); got != want {
			t.Errorf("NameFor(%q) = %q, want %q", title, got, want)
		}
	}
}

func names(p exposure.Plan) string {
	var out []string
	for i := range p.Exposures {
		out = append(out, p.Exposures[i].Name)
	}
	return strings.Join(out, " ")
}

func TestNames(t *testing.T) {
	p := exposuretest.Shop("1.12.6")
	c := func(luid, title string) exposure.Candidate {
		return exposuretest.Candidate(p, luid, title, "model.shop.fct_orders")
	}
	opt := exposure.Options{Project: p, File: exposuretest.OurFile}
	tests := map[string]struct {
		known map[string]string
		cands []exposure.Candidate
		want  string
	}{
		"plain":                 {nil, []exposure.Candidate{c(exposuretest.LUIDA, "Sales")}, "sales"},
		"collision marks both":  {nil, []exposure.Candidate{c(exposuretest.LUIDA, "Sales"), c(exposuretest.LUIDB, "SALES!")}, "sales_3f9c1a2b sales_77aa10ff"},
		"eight digits collide":  {nil, []exposure.Candidate{c(exposuretest.LUIDC, "Sales"), c(exposuretest.LUIDB, "Sales")}, "sales_77aa10ff0000 sales_77aa10ff1111"},
		"old name stays":        {map[string]string{exposuretest.LUIDA: "sales"}, []exposure.Candidate{c(exposuretest.LUIDA, "Sales"), c(exposuretest.LUIDB, "Sales")}, "sales sales_77aa10ff"},
		"rename keeps the name": {map[string]string{exposuretest.LUIDA: "sales"}, []exposure.Candidate{c(exposuretest.LUIDA, "Revenue")}, "sales"},
		"hand-written name":     {nil, []exposure.Candidate{c(exposuretest.LUIDA, "Taken")}, "taken_3f9c1a2b"},
		"disabled one's name":   {nil, []exposure.Candidate{c(exposuretest.LUIDA, "Switched off")}, "switched_off_3f9c1a2b"},
		"not exported any more": {map[string]string{exposuretest.LUIDB: "sales"}, []exposure.Candidate{c(exposuretest.LUIDA, "Sales")}, "sales_3f9c1a2b"},
		"title that looks suffixed": {
			nil,
			[]exposure.Candidate{c(exposuretest.LUIDA, "Sales"), c(exposuretest.LUIDB, "Sales"), c("99999999-0000-4000-8000-000000000000", "Sales 3f9c1a2b")},
			"sales_3f9c1a2b0000 sales_3f9c1a2b_99999999 sales_77aa10ff",
		},
		"one name known for two": {map[string]string{exposuretest.LUIDA: "x", exposuretest.LUIDB: "x"}, []exposure.Candidate{c(exposuretest.LUIDA, "Sales"), c(exposuretest.LUIDB, "Sales")}, "sales x"},
		"broken known name":      {map[string]string{exposuretest.LUIDA: "a b\n"}, []exposure.Candidate{c(exposuretest.LUIDA, "Sales")}, "sales"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			plan := exposuretest.Plan(tt.cands, exposure.Known{Names: tt.known}, opt)
			if got := names(plan); got != tt.want {
				t.Errorf("names = %s, want %s", got, tt.want)
			}
			slices.Reverse(tt.cands)
			if got := names(exposuretest.Plan(tt.cands, exposure.Known{Names: tt.known}, opt)); got != tt.want {
				t.Errorf("reversed: names = %s, want %s", got, tt.want)
			}
		})
	}
}

// A label is the title with nothing in it that dbt takes for Jinja.
func TestLabels(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 2))
		p := exposuretest.Shop("1.12.6")
		for _, e := range exposuretest.PlanOf(p, exposuretest.RandomCandidates(r, p, 1+r.IntN(10))...).Exposures {
			if exposure.Clean(e.Title) != e.Label {
				t.Fatalf("seed %d: label %q of %q", seed, e.Label, e.Title)
			}
		}
	}
}
