package exposure

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"darkroom/model"
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
		if got := slugOf(title); got != want {
			t.Errorf("slugOf(%q) = %q, want %q", title, got, want)
		}
	}
}

func names(p Plan) string { return strings.Join(p.names(), " ") }

func TestNames(t *testing.T) {
	p := shop("1.12.6")
	c := func(luid, title string) Candidate { return cand(p, luid, title, "model.shop.fct_orders") }
	opt := Options{Project: p, File: ourFile}
	tests := map[string]struct {
		known map[string]string
		cands []Candidate
		want  string
	}{
		"plain":                 {nil, []Candidate{c(luidA, "Sales")}, "sales"},
		"collision marks both":  {nil, []Candidate{c(luidA, "Sales"), c(luidB, "SALES!")}, "sales_3f9c1a2b sales_77aa10ff"},
		"eight digits collide":  {nil, []Candidate{c(luidC, "Sales"), c(luidB, "Sales")}, "sales_77aa10ff0000 sales_77aa10ff1111"},
		"old name stays":        {map[string]string{luidA: "sales"}, []Candidate{c(luidA, "Sales"), c(luidB, "Sales")}, "sales sales_77aa10ff"},
		"rename keeps the name": {map[string]string{luidA: "sales"}, []Candidate{c(luidA, "Revenue")}, "sales"},
		"hand-written name":     {nil, []Candidate{c(luidA, "Taken")}, "taken_3f9c1a2b"},
		"disabled one's name":   {nil, []Candidate{c(luidA, "Switched off")}, "switched_off_3f9c1a2b"},
		"not exported any more": {map[string]string{luidB: "sales"}, []Candidate{c(luidA, "Sales")}, "sales_3f9c1a2b"},
		"title that looks suffixed": {
			nil,
			[]Candidate{c(luidA, "Sales"), c(luidB, "Sales"), c("99999999-0000-4000-8000-000000000000", "Sales 3f9c1a2b")},
			"sales_3f9c1a2b0000 sales_3f9c1a2b_99999999 sales_77aa10ff",
		},
		"one name known for two": {map[string]string{luidA: "x", luidB: "x"}, []Candidate{c(luidA, "Sales"), c(luidB, "Sales")}, "sales x"},
		"broken known name":      {map[string]string{luidA: "a b\n"}, []Candidate{c(luidA, "Sales")}, "sales"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			plan := NewPlan(tt.cands, Known{Names: tt.known}, opt)
			if got := names(plan); got != tt.want {
				t.Errorf("names = %s, want %s", got, tt.want)
			}
			slices.Reverse(tt.cands)
			if got := names(NewPlan(tt.cands, Known{Names: tt.known}, opt)); got != tt.want {
				t.Errorf("reversed: names = %s, want %s", got, tt.want)
			}
		})
	}
}

// randomTitle mixes scripts, controls and words that collide.
func randomTitle(r *rand.Rand) string {
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

func randomCands(r *rand.Rand, p *model.Project, n int) []Candidate {
	ids := []string{"model.shop.fct_orders", "model.lib.calendar", "source.shop.crm.account", "model.shop.customers.v2"}
	var out []Candidate
	for i := range n {
		luid := fmt.Sprintf("%08x-%04x-4000-8000-%012x", r.IntN(3), r.IntN(2), i)
		c := cand(p, luid, randomTitle(r), ids[:1+r.IntN(len(ids))]...)
		c.URL += fmt.Sprint(i)
		c.Workbook.Description = randomTitle(r) + "\n" + randomTitle(r)
		c.Dashboard.Tags = []string{randomTitle(r)}
		out = append(out, c)
	}
	return out
}

// For any titles: names obey dbt, are unique, do not depend on the order of the
// input, and stay when the dashboards are exported again with new titles.
func TestNameProperties(t *testing.T) {
	form := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := shop("1.12.6")
		cands := randomCands(r, p, 1+r.IntN(30))
		plan := planOf(p, cands...)
		seen := map[string]bool{"taken": true, "weekly": true, "switched_off": true}
		for _, e := range plan.Exposures {
			if !form.MatchString(e.Name) || len(e.Name) > maxName || seen[e.Name] {
				t.Fatalf("seed %d: name %q of %q", seed, e.Name, e.title)
			}
			seen[e.Name] = true
		}
		named := slices.DeleteFunc(slices.Clone(cands), func(c Candidate) bool { return !model.KnownName(c.title()) })
		if len(plan.Exposures) != len(named) {
			t.Fatalf("seed %d: %d of %d written", seed, len(plan.Exposures), len(named))
		}
		text := Render(plan)
		r.Shuffle(len(cands), func(i, j int) { cands[i], cands[j] = cands[j], cands[i] })
		for i := range cands {
			slices.Reverse(cands[i].Parents)
		}
		if string(Render(planOf(p, cands...))) != string(text) {
			t.Fatalf("seed %d: the order of the input shows", seed)
		}
		for i := range cands {
			cands[i].Dashboard.Name = randomTitle(r)
		}
		again := replan(text, nil, cands...)
		byKey := map[string]string{}
		for _, e := range plan.Exposures {
			byKey[e.Key] = e.Name
		}
		for _, e := range again.Exposures {
			if name := byKey[e.Key]; name != "" && e.Name != name {
				t.Fatalf("seed %d: %s was renamed %s", seed, byKey[e.Key], e.Name)
			}
		}
	}
}
