package explorer

import (
	"testing"

	"darkroom/model"
	"darkroom/ui/screentest"
)

// What Tableau cut off is told in the Gaps view, in the details and in the proof.
func TestCutOffIsShown(t *testing.T) {
	site := tower()
	site.Datasources[0].Incomplete = model.AnswerCutOff + "too many nodes"
	for i := range site.Workbooks {
		site.Workbooks[i].Incomplete = model.AnswerCutOff + "too many nodes"
	}
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}
	s := screentest.New(t, New(f, options()), 120, 40)
	s.Press("3").Has("Cut off in Tableau's answers").Press("/", "cut off", "enter", "esc").Has("metadata.query.limits.count")
	s.Press("l", "l", "l", "l", "j").Has("was cut off: too many nodes", "What to do")
	s.Press("p").Has("Tables may be missing", "Cure", "owner, project or tags may be missing")
}
