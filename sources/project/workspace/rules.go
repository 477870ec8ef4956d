package workspace

import (
	"darkroom/model/curate"
	"darkroom/model/lineage"
)

// RuleEffect is what one rule does to the loaded dashboards.
type RuleEffect struct {
	curate.Default
	// Fits counts the dashboards it is the first to fit, Decides those among them that
	// have no decision of their own.
	Fits, Decides int
}

// RuleEffects counts what each rule does, those of darkroom.yml first, over the
// dashboards that in takes.
func (w *Workspace) RuleEffects(in func(*lineage.Dashboard) bool) []RuleEffect {
	var out []RuleEffect
	at := map[curate.Default]int{}
	index := func(d curate.Default) int {
		i, known := at[d]
		if !known {
			i, at[d] = len(out), len(out)
			out = append(out, RuleEffect{Default: d})
		}
		return i
	}
	for i, r := range w.Config.CuratedRules() {
		index(curate.Default{Decision: r.Decide, Rule: i + 1, Why: r.Why})
	}
	for _, d := range curate.BuiltIn() {
		index(d)
	}
	for _, d := range w.Graph.Dashboards() {
		rule, ok := w.Book.Default(d.Key)
		if !ok || !in(d) {
			continue
		}
		e := &out[index(rule)]
		e.Fits++
		if _, decides := w.Book.RuledBy(d.Key); decides {
			e.Decides++
		}
	}
	return out
}
