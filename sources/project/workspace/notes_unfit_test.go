package workspace

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/config"
)

// What scope and rules name that matches nothing is reported, with close matches.
func TestNoteUnfit(t *testing.T) {
	site := &model.Site{
		Name:       "cloud",
		Containers: []model.Container{{LUID: "s", Name: "Sales"}, {LUID: "e", ParentLUID: "s", Name: "EMEA North"}, {LUID: "h", Name: "HR"}},
		Workbooks: []model.Workbook{
			{ID: "w", Name: "W", ContainerLUID: "e", Owner: model.User{Name: "Owner One", Email: "one@example.com"}, Tags: []string{"certified"}},
		},
		Dashboards: []model.Dashboard{{ID: "d", LUID: "l", Name: "D", WorkbookID: "w", Tags: []string{"daily"}}},
	}
	many := config.Scope{Tags: []string{"daily"}}
	for i := range 8 {
		many.Projects = append(many.Projects, fmt.Sprint("gone", i))
	}
	for _, c := range []struct {
		name  string
		sites []*model.Site
		scope config.Scope
		rules []config.Rule
		want  []string
	}{
		{"nothing asked", []*model.Site{site}, config.Scope{}, []config.Rule{{Views: ">1"}}, nil},
		{
			"all there",
			[]*model.Site{site},
			config.Scope{Projects: []string{"sales/emea*"}, ExcludeProjects: []string{"HR"}, Tags: []string{"Daily", "CERTIFIED"}, Owners: []string{"owner one", "ONE@example.com"}},
			[]config.Rule{{Projects: []string{"HR"}, Tags: []string{"daily"}, Owners: []string{"Owner One"}}},
			nil,
		},
		{"nothing loaded", nil, config.Scope{Projects: []string{"Sale"}}, nil, nil},
		{"no dashboards", []*model.Site{{Name: "empty"}}, config.Scope{Projects: []string{"Sale"}}, nil, nil},
		{
			"misspelt",
			[]*model.Site{site},
			config.Scope{Projects: []string{"Sale", "HR"}, ExcludeProjects: []string{"Hr2"}, Tags: []string{"cert*"}, Owners: []string{"One"}},
			nil,
			[]string{
				`scope: in darkroom.yml: no loaded site has a project "Sale"; there are: "Sales", "Sales/EMEA North", "HR"`,
				`scope: in darkroom.yml: no dashboard is in the project "HR" or below it`,
				`scope: in darkroom.yml: no loaded site has a project "Hr2" to exclude; there are: "HR", "Sales", "Sales/EMEA North"`,
				`scope: in darkroom.yml: no dashboard or workbook has the tag "cert*"; there are: "certified", "daily"; names must be complete here, * and ? are not wildcards`,
				`scope: in darkroom.yml: no workbook belongs to "One"; there are: "Owner One", "one@example.com"`,
			},
		},
		{"rules in one line", []*model.Site{site}, config.Scope{}, []config.Rule{
			{Projects: []string{"Sandbox", "Sales"}},
			{Tags: []string{"old*", "daily"}, Owners: []string{"a\x1b[2J", "b", "c", "d"}},
		}, []string{
			`rules in darkroom.yml name what no loaded site has: project "Sandbox" (rule 1), tag "old*" (rule 2), owner "a\x1b[2J" (rule 2), ` +
				`owner "b" (rule 2), owner "c" (rule 2) and 1 more; names must be complete here, * and ? are not wildcards`,
		}},
	} {
		g, err := lineage.Build(t.Context(), nil, c.sites, lineage.Options{})
		disktest.Must(t, err)
		w := &Workspace{Graph: g, Config: &config.Config{Scope: c.scope, Rules: c.rules}, Warnings: []string{"earlier"}}
		w.noteUnfit()
		if d := cmp.Diff(append(c.want, "earlier"), w.Warnings); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
	g, err := lineage.Build(t.Context(), nil, []*model.Site{site}, lineage.Options{})
	disktest.Must(t, err)
	w := &Workspace{Graph: g, Config: &config.Config{Scope: many}}
	w.noteUnfit()
	if len(w.Warnings) != 6 || w.Warnings[5] != "scope: in darkroom.yml: 3 more of its projects fit nothing" {
		t.Errorf("%q", w.Warnings)
	}
}
