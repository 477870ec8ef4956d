package export

import (
	"fmt"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/growth"
	"darkroom/model/lineage"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/config"
	"darkroom/sources/project/workspace"
)

// declared is a project with n dashboards, each with an exposure written by hand.
func declared(t *testing.T, n int) *workspace.Workspace {
	t.Helper()
	root := t.TempDir()
	conf, err := config.Parse("", root, []byte("export: {owner: {name: BI, email: bi@example.com}}\n"))
	disktest.Must(t, err)
	disktest.Write(t, root, "dbt_project.yml", "name: shop\n")
	project := &model.Project{Name: "shop", Root: root, Adapter: "postgres", Resources: []model.Resource{{
		ID: "model.shop.orders", Kind: model.KindModel, Name: "orders", Package: "shop", Materialized: "table",
		Database: "dev", Schema: "marts", Identifier: "orders", RelationName: `"dev"."marts"."orders"`,
	}}}
	site := &model.Site{
		Name: "tower", Server: "https://t.example", Workbooks: []model.Workbook{{ID: "w", LUID: "w", Name: "Book"}},
		Tables: []model.Table{{ID: "t", Name: "orders", Schema: "marts", FullName: "[marts].[orders]", Database: "dev", ConnectionType: "postgres"}},
	}
	var yml strings.Builder
	yml.WriteString("exposures:\n")
	for i := range n {
		luid := fmt.Sprintf("%08d-0000-4000-8000-000000000000", i)
		site.Dashboards = append(site.Dashboards, model.Dashboard{ID: luid, LUID: luid, Name: fmt.Sprintf("Board %d", i), WorkbookID: "w", TableIDs: []string{"t"}})
		fmt.Fprintf(&yml, "  - name: board_%d\n    type: dashboard\n    owner: {name: x, email: x@example.com}\n    meta: {luid: %q}\n    depends_on:\n      - ref('orders')\n", i, luid)
	}
	disktest.Write(t, root, "models/exposures.yml", yml.String())
	w := &workspace.Workspace{Root: root, Config: conf, Book: curate.New(nil)}
	w.Graph, err = lineage.Build(t.Context(), []*model.Project{project}, []*model.Site{site}, lineage.Options{})
	disktest.Must(t, err)
	return w
}

func TestAdoptingGrowsWithItsEntries(t *testing.T) {
	growth.Check(t, 50, func(n int) growth.Run {
		w := declared(t, n)
		return func() int {
			plan, err := PlanAdopt(t.Context(), w, AdoptRequest{All: true, Take: []string{"label"}})
			if err != nil || len(plan.Adopted) != n || len(plan.Refusals) > 0 || len(plan.Differences()) != n {
				t.Fatalf("%v: %d adopted of %d, %d refused", err, len(plan.Adopted), n, len(plan.Refusals))
			}
			return 0
		}
	})
}

// What cannot be adopted is left out with its reason and keeps nothing else from it; maps
// in flow style get one key per line.
func TestAdoptLeavesOutWhatIsBad(t *testing.T) {
	w := declared(t, 4)
	root := w.Graph.Projects[0].Root
	const file = "models/exposures.yml"
	luid := func(i int) string { return fmt.Sprintf("luid: %08d-0000-4000-8000-000000000000", i) }
	entry := func(i int, name, meta string) string {
		return fmt.Sprintf("  - name: %s\n    type: dashboard\n    owner: {name: x, email: x@example.com}\n    config: %s\n    depends_on:\n      - ref('orders')\n",
			name, strings.ReplaceAll(meta, "LUID", luid(i)))
	}
	disktest.Write(t, root, file, "exposures:\n"+
		entry(0, "flow", "{meta: {LUID, team: [a, b]}, enabled: true} # keep")+
		"  - {name: one_line, type: dashboard, owner: {name: x}, meta: {"+luid(1)+"}}\n"+
		entry(2, "marked", "{meta: &m {LUID}}")+
		entry(3, "plain", "{meta: {LUID}}"))
	plan, err := PlanAdopt(t.Context(), w, AdoptRequest{Names: []string{"flow", "one_line", "marked", "plain", "none"}})
	disktest.Must(t, err)
	var names, refused []string
	for _, d := range plan.Adopted {
		names = append(names, d.Name)
	}
	for _, r := range plan.Refusals {
		refused = append(refused, r.Error())
	}
	if got := strings.Join(names, " "); got != "flow plain" {
		t.Errorf("adopted %s", got)
	}
	for i, want := range []string{"marked: its config.meta.", "one_line: models/exposures.yml: one_line is written in a way", "none: nothing of that name"} {
		if len(refused) != 3 || !strings.HasPrefix(refused[i], want) {
			t.Fatalf("refused %q, want %q", refused, want)
		}
	}
	disktest.Must(t, Write(t.Context(), plan.Plan))
	text := disktest.Read(t, root, file)
	if !strings.Contains(text, "    config: # keep\n      meta:\n        "+luid(0)+"\n        team: [a, b]\n        ") || strings.Count(text, "managed_by: darkroom") != 2 {
		t.Error(text)
	}
}
