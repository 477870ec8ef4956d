package workspace

import (
	"context"
	"fmt"
	"slices"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/selector"
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
)

// rules are those of darkroom.yml with what their selectors mean.
func (w *Workspace) rules() []curate.Rule {
	rules := w.Config.CuratedRules()
	for i := range w.selected {
		rules[i].Selected = w.selected[i]
	}
	return rules
}

// selectForRules finds the dashboards that the selectors of rules mean: those that are
// selected, and those that read a selected resource themselves. What selects nothing is a
// note. The manifests are read once more, if a rule asks.
func (w *Workspace) selectForRules(ctx context.Context) error {
	asks := func(r config.Rule) bool { return r.Select != "" }
	if !slices.ContainsFunc(w.Config.Rules, asks) {
		return nil
	}
	u, err := w.Selectable(ctx, "", nil)
	if err != nil {
		return err
	}
	w.selected = make([]map[string]bool, len(w.Config.Rules))
	for i, r := range w.Config.Rules {
		if !asks(r) {
			continue
		}
		if w.selected[i], err = w.selectedBy(u, r.Select, config.RuleName(i)); err != nil {
			return err
		}
	}
	return nil
}

func (w *Workspace) selectedBy(u *selector.Universe, text, rule string) (map[string]bool, error) {
	spec, err := selector.Read(text, "")
	var found *selector.Found
	if err == nil {
		found, err = u.Find(spec)
	}
	if err != nil {
		return nil, &disk.Error{Kind: disk.ErrInvalid, File: w.Config.File, What: rule + ": select", Err: err, Fix: "choose by what the manifest has"}
	}
	for _, word := range found.Nothing {
		w.Warnings = append(w.Warnings, fmt.Sprintf("%s: select: %q selects nothing%s", rule, word, u.Near(word)))
	}
	in, keys := w.Graph.Selected(found), map[string]bool{}
	for _, d := range w.Graph.Dashboards() {
		if in.Has(d.ID) || slices.ContainsFunc(w.Graph.Upstream(d.ID), in.Has) {
			keys[d.Key] = true
		}
	}
	return keys, nil
}

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
