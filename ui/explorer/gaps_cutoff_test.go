package explorer

import (
	"testing"

	"darkroom/model"
)

// What Tableau cut off is shown in the Gaps view, in the details and in the proof.
func TestCutOffIsShown(t *testing.T) {
	site := tower()
	site.Datasources[0].Incomplete = model.AnswerCutOff + "too many nodes"
	for i := range site.Workbooks {
		site.Workbooks[i].Incomplete = model.AnswerCutOff + "too many nodes"
	}
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}
	s := begin(t, f, 120, 40).View("Gaps").Row("Cut off in Tableau's answers").Filter("cut off")
	s.ClearFilter().Details("metadata.query.limits.count")
	s.Times(4, "tree.open").Press("down").Details("was cut off: too many nodes", "What to do")
	s.Press("explain").Has("Tables may be missing", "Fix", "owner, project or tags may be missing")
}
