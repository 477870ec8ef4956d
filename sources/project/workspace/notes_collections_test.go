package workspace

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/config"
)

// A scope or rule that can match nothing is reported, with what there is.
func TestNoteCollections(t *testing.T) {
	cloud := &model.Site{Name: "cloud", Collections: []model.Collection{
		{Name: "Monday Numbers", WorkbookIDs: []string{"w"}},
		{Name: "Board", DashboardIDs: []string{"d"}},
		{Name: "Sources only", DatasourceIDs: []string{"p"}},
		{Name: "Evil \x1b[31m"},
		{},
	}}
	server, bare, none := &model.Site{Name: "server"}, &model.Site{Name: "bare", Collections: []model.Collection{}}, []*model.Site{}
	twice := &model.Site{Name: "twice", Collections: []model.Collection{{LUID: "1", Name: "Board"}, {LUID: "2", Name: "BOARD", WorkbookIDs: []string{"w"}}}}
	const both = ", and the name matches all of them; rename the others in Tableau"
	many := &model.Site{Name: "many"}
	for i := range 13 {
		many.Collections = append(many.Collections, model.Collection{Name: fmt.Sprint("c", i%12), WorkbookIDs: []string{"w"}})
	}
	const hides = "its data has no collections, and scope: in darkroom.yml wants some: none of its dashboards is shown; " +
		"Tableau Cloud offers them since REST API 3.28, to darkroom sync"
	for _, c := range []struct {
		name  string
		sites []*model.Site
		scope []string
		rule  []string
		want  []string
	}{
		{"nothing asked", []*model.Site{cloud, server}, nil, nil, nil},
		{"all there", []*model.Site{cloud}, []string{"MONDAY numbers", "Board"}, []string{"Board"}, nil},
		{"nothing loaded", none, []string{"Board"}, []string{"Board"}, nil},
		{"not reported", []*model.Site{server}, []string{"Board"}, nil, []string{
			"site server: " + hides, `scope: in darkroom.yml: no loaded site has a collection "Board"; there are none`,
		}},
		{"reported by one", []*model.Site{cloud, server}, []string{"Board"}, []string{"Board"}, []string{"site server: " + hides}},
		{"none on the site", []*model.Site{bare}, []string{"Board"}, nil, []string{`scope: in darkroom.yml: no loaded site has a collection "Board"; there are none`}},
		{"misspelt", []*model.Site{cloud}, []string{"Boards\x1b[2J"}, []string{"Mondays"}, []string{
			`scope: in darkroom.yml: no loaded site has a collection "Boards\x1b[2J"; there are "Board", "Evil \x1b[31m", "Monday Numbers", "Sources only"`,
			`rule 1 in darkroom.yml: no loaded site has a collection "Mondays"; there are "Board", "Evil \x1b[31m", "Monday Numbers", "Sources only"`,
		}},
		{"rule, not reported", []*model.Site{server}, nil, []string{"Board"}, []string{`rule 1 in darkroom.yml: no loaded site has a collection "Board"; there are none`}},
		{"nothing in it", []*model.Site{cloud}, []string{"sources only"}, nil, []string{
			`scope: in darkroom.yml: the collection "sources only" holds no workbook or dashboard that the account can see`,
		}},
		{"meant as a pattern", []*model.Site{{Name: "one", Collections: cloud.Collections[:1]}}, []string{"Monday*"}, nil, []string{
			`scope: in darkroom.yml: no loaded site has a collection "Monday*"; there are "Monday Numbers"; names must be complete here, * and ? are not wildcards`,
		}},
		{"namesakes", []*model.Site{cloud, twice}, []string{"board"}, []string{"Monday Numbers", "Board"}, []string{
			`scope: in darkroom.yml: site twice has 2 collections called "board"` + both, `rule 1 in darkroom.yml: site twice has 2 collections called "Board"` + both,
		}},
		{"many", []*model.Site{many}, []string{"x"}, nil, []string{
			`scope: in darkroom.yml: no loaded site has a collection "x"; there are "c0", "c1", "c10", "c11", "c2", "c3", "c4", "c5", "c6", "c7" and 2 more`,
		}},
	} {
		g, err := lineage.Build(t.Context(), nil, c.sites, lineage.Options{})
		disktest.Must(t, err)
		w := &Workspace{Graph: g, Config: &config.Config{Scope: config.Scope{Collections: c.scope}, Rules: []config.Rule{{Collections: c.rule}}}, Warnings: []string{"earlier"}}
		w.noteCollections()
		if d := cmp.Diff(append(c.want, "earlier"), w.Warnings); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
		if strings.Contains(strings.Join(w.Warnings, ""), "\x1b") {
			t.Errorf("%s: a name can reach the terminal as it is", c.name)
		}
	}
}
