package lineage

import (
	"strings"
	"testing"

	"darkroom/model"
)

// A dashboard on whose way something was cut off is never complete, however well
// the tables that came are known, and its group has the cure.
func TestCutOffIsNotComplete(t *testing.T) {
	site := tower("fct", "dim")
	site.Datasources[0].Incomplete = model.OwnAnswerCut + "too much"
	site.Workbooks[0].Incomplete = model.OwnAnswerCut + "too much"
	g := build(t, []*model.Project{shop()}, site)
	l := g.Ledger()
	if d := l.Dashboards; d.Complete != 1 || d.Incomplete != 1 || len(d.IncompleteBy) != 1 || d.IncompleteBy[0].Reason != "cut_off" {
		t.Errorf("%+v", d)
	}
	if got := groupsOf(l); got != "cut_off: on fct(embedded \"fct\")\n" || !strings.Contains(l.Groups[0].Advice, "sync again") {
		t.Errorf("%s%+v", got, l.Groups)
	}
	for _, d := range g.Dashboards() {
		cut := d.Dashboard.Name == "on fct"
		if strings.Contains(d.Summary(), "may be missing") != cut || strings.Contains(d.Summary(), "Nothing is missing") == cut {
			t.Errorf("%s: %s", d.Dashboard.Name, d.Summary())
		}
		if !strings.HasPrefix(d.Doubt(), "The workbook's owner, project or tags may be missing. Tableau's answer") {
			t.Errorf("%s: %q", d.Dashboard.Name, d.Doubt())
		}
		for _, gap := range d.OtherGaps() {
			if GapCure(gap) == "" || GapTitle(gap) != "Tables may be missing" {
				t.Errorf("%+v", gap)
			}
		}
	}
}
