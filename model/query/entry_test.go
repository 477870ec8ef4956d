package query

import (
	"testing"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/outlook"
)

// A dashboard that is refused has an entry in no project, which selectors do not mean.
func TestEntryOfNoProject(t *testing.T) {
	projects := []*model.Project{lineagetest.Shop()}
	g, err := lineage.Build(t.Context(), projects, []*model.Site{lineagetest.Tower("rpt")}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	known := Known{Graph: g, Book: curate.New(nil), Nodes: g.Selectable(lineagetest.Nodes(projects...)), Now: noon}
	refused := &outlook.Entry{Name: "on_rpt", Dashboards: []string{g.Dashboards()[0].Key}}
	for text, want := range map[string]bool{"exposure:on_rpt": false, "+rpt": true, "rpt+": true, "name:on_rpt": true, "name:dim": false} {
		b, _ := Parse(text).Bind(known)
		if got := b.MeetsEntry(refused); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
