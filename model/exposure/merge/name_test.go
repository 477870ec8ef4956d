package merge

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
)

// For any titles: names obey dbt, are unique, do not depend on the order of the
// input, and stay when the dashboards are exported again with new titles.
func TestNameProperties(t *testing.T) {
	form := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := exposuretest.Shop("1.12.6")
		cands := exposuretest.RandomCandidates(r, p, 1+r.IntN(30))
		plan := exposuretest.PlanOf(p, cands...)
		seen := map[string]bool{"taken": true, "weekly": true, "switched_off": true}
		for _, e := range plan.Exposures {
			if !form.MatchString(e.Name) || len(e.Name) > 60 || seen[e.Name] {
				t.Fatalf("seed %d: name %q of %q", seed, e.Name, e.Title)
			}
			seen[e.Name] = true
		}
		named := slices.DeleteFunc(slices.Clone(cands), func(c exposure.Candidate) bool { return !model.KnownName(c.Dashboard.Name) })
		if len(plan.Exposures) != len(named) {
			t.Fatalf("seed %d: %d of %d written", seed, len(plan.Exposures), len(named))
		}
		text := Render(plan)
		r.Shuffle(len(cands), func(i, j int) { cands[i], cands[j] = cands[j], cands[i] })
		for i := range cands {
			slices.Reverse(cands[i].Parents)
		}
		if string(Render(exposuretest.PlanOf(p, cands...))) != string(text) {
			t.Fatalf("seed %d: the order of the input shows", seed)
		}
		for i := range cands {
			cands[i].Dashboard.Name = exposuretest.RandomTitle(r)
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
