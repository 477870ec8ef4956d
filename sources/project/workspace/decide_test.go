package workspace

import (
	"testing"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/sources/disk/disktest"
)

// Decisions and reviews are there at the next opening.
func TestDecideAndReview(t *testing.T) {
	root := example(t, "sites: [{snapshot: tableau/cloud.json.gz}]\n")
	w, err := Open(t.Context(), Request{Dir: root})
	disktest.Must(t, err)
	key := w.Graph.Dashboards()[0].Key
	disktest.Must(t, w.Decide(t.Context(), []string{key}, curate.Included, "because"))
	_, err = w.MarkReviewed(t.Context(), nil)
	disktest.Must(t, err)
	disktest.Must(t, w.Close())
	again, err := Open(t.Context(), Request{Dir: root, ReadOnly: true})
	disktest.Must(t, err)
	defer again.Close()
	if r := again.Book.Get(key); r.Decision != curate.Included || r.Why != "because" || r.At.IsZero() {
		t.Errorf("%+v", r)
	}
	if w.Baseline == 0 || again.Baseline != 0 {
		t.Errorf("a baseline of %d dashboards, then of %d", w.Baseline, again.Baseline)
	}
}

func TestRuleEffects(t *testing.T) {
	root := example(t, "sites: [{snapshot: tableau/cloud.json.gz}]\n"+
		"rules: [{projects: [Commercial], decide: include, why: core}, {projects: [Nowhere], decide: exclude}]\n")
	w, err := Open(t.Context(), Request{Dir: root, ReadOnly: true})
	disktest.Must(t, err)
	defer w.Close()
	every := func(*lineage.Dashboard) bool { return true }
	before := w.RuleEffects(every)
	for i, rule := range curate.BuiltIn() {
		if len(before) != 4 || before[2+i].Default != rule {
			t.Fatalf("the built-in rules come last: %+v", before)
		}
	}
	if before[0].Rule != 1 || before[0].Why != "core" {
		t.Fatalf("%+v", before)
	}
	if before[0].Fits == 0 || before[0].Fits != before[0].Decides || before[1].Fits != 0 {
		t.Errorf("%+v", before[:2])
	}
	for _, d := range w.Graph.Dashboards() {
		if rule, ok := w.Book.Default(d.Key); ok && rule.Rule == 1 {
			w.Book.Set([]string{d.Key}, curate.Excluded, curate.Meta{})
			break
		}
	}
	after := w.RuleEffects(every)
	if after[0].Fits != before[0].Fits || after[0].Decides != before[0].Decides-1 {
		t.Errorf("%+v, after one decision %+v", before[0], after[0])
	}
	if none := w.RuleEffects(func(*lineage.Dashboard) bool { return false }); none[0].Fits != 0 {
		t.Errorf("%+v", none[0])
	}
}
