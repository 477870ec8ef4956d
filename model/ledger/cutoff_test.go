package ledger

import (
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/reason"
)

// A dashboard is never complete when something on the way from it was cut off, however well
// the tables that came are known, and its group has the fix.
func TestCutOffIsNotComplete(t *testing.T) {
	site := lineagetest.Tower("fct", "dim")
	site.Datasources[0].Incomplete = model.AnswerCutOff + "too much"
	site.Workbooks[0].Incomplete = model.AnswerCutOff + "too much"
	g := build(t, []*model.Project{lineagetest.Shop()}, site)
	l := Of(g)
	if d := l.Dashboards; d.Linked != 1 || d.PartlyLinked != 1 || len(d.PartlyLinkedBy) != 1 || d.PartlyLinkedBy[0].Reason != reason.CutOff {
		t.Errorf("%+v", d)
	}
	if got := groupsOf(l); got != "cut_off: on fct(embedded \"fct\")\n" || !strings.Contains(l.Groups[0].Advice, "sync again") {
		t.Errorf("%s%+v", got, l.Groups)
	}
	for _, d := range g.Dashboards() {
		cut := d.Dashboard.Name == "on fct"
		if strings.Contains(Summary(d), "may be missing") != cut || strings.Contains(Summary(d), "Nothing is missing") == cut {
			t.Errorf("%s: %s", d.Dashboard.Name, Summary(d))
		}
		if !strings.HasPrefix(WorkbookIncomplete(d), "The workbook's owner, container or tags may be missing. The answer about it was") {
			t.Errorf("%s: %q", d.Dashboard.Name, WorkbookIncomplete(d))
		}
		for _, gap := range UnexplainedGaps(d) {
			if GapAdvice(gap) == "" || GapTitle(gap) != "Tables may be missing" {
				t.Errorf("%+v", gap)
			}
		}
	}
}
