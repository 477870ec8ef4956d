package exposure_test

import (
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
)

// TestSharedLUID: two sites have a dashboard of one LUID. The second one's key has the name
// of its site before the LUID, in the plan and in what a manifest says of its entry.
func TestSharedLUID(t *testing.T) {
	const luid = exposuretest.LUIDA
	p := exposuretest.Shop("1.12.6")
	first := exposuretest.Candidate(p, luid, "Sales", "model.shop.fct_orders")
	second := exposuretest.Candidate(p, luid, "Sales", "model.shop.fct_orders")
	second.Key, second.URL = "stage.example.com/acme/"+luid, strings.Replace(second.URL, "bi.", "stage.", 1)
	second.Site = &model.Site{Tool: second.Site.Tool, Server: "https://stage.example.com", ContentURL: "acme"}
	ours := func(name, key string) model.Exposure {
		return model.Exposure{Name: name, Package: "shop", Path: "models/elsewhere.yml", LUID: luid, Dashboard: key, ManagedBy: exposure.ManagedBy, Enabled: true}
	}
	hand := model.Exposure{Name: "by_hand", Package: "shop", Path: "models/hand.yml", LUID: luid, Enabled: true}
	for name, test := range map[string]struct {
		declared []model.Exposure
		want     string // the names of the two, or the rule that refuses one
	}{
		"nothing is written yet":           {nil, "sales_3f9c1a2b sales"},
		"both are":                         {[]model.Exposure{ours("one", ""), ours("two", second.Key)}, "one two"},
		"the second one is":                {[]model.Exposure{ours("two", second.Key)}, "sales two"},
		"the first one is":                 {[]model.Exposure{ours("one", "")}, "one sales"},
		"the first one is, by hand":        {[]model.Exposure{hand}, string(exposure.CodeDeclared) + " sales"},
		"the other way round in the files": {[]model.Exposure{ours("two", second.Key), ours("one", "")}, "one two"},
	} {
		p.Exposures = test.declared
		names := map[string]string{}
		plan := exposuretest.PlanOf(p, first, second)
		for _, e := range plan.Exposures {
			names[e.Key] = e.Name
		}
		for _, r := range plan.Refusals {
			names[r.Key] = string(r.Code)
		}
		got := names[first.Key] + " " + names[second.Key]
		if name == "nothing is written yet" {
			if names[first.Key] == names[second.Key] || !strings.HasPrefix(names[first.Key], "sales") || !strings.HasPrefix(names[second.Key], "sales") {
				t.Errorf("%s: %s", name, got)
			}
		} else if got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
