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
		ID: "model.shop.orders", Kind: model.KindModel, Name: "orders", Common: &model.Common{Package: "shop", Materialized: "table", Database: "dev", Schema: "marts"},
		Extra: &model.ResourceExtra{Identifier: "orders", RelationName: `"dev"."marts"."orders"`},
	}}}
	site := &model.Site{
		Name: "tower", Server: "https://t.example", Workbooks: []model.Workbook{{ID: "w", LUID: "w", Name: "Book"}},
		Tables: []model.Table{{ID: "t", Name: "orders", Place: &model.Place{Schema: "marts", Database: "dev", ConnectionType: "postgres"}, FullName: "[marts].[orders]"}},
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

// Two projects may have an exposure of one name: each is another one. Without its project
// such a name is refused, and nothing of it changes.
func TestAdoptAndRenameTakeTheProjectThatIsNamed(t *testing.T) {
	w := declared(t, 2)
	shop := w.Graph.Projects[0]
	retail := *shop
	retail.Name, retail.Root = "retail", t.TempDir()
	disktest.Write(t, retail.Root, "dbt_project.yml", "name: retail\n")
	entry := func(luid int) string {
		return fmt.Sprintf("exposures:\n  - name: margin\n    type: dashboard\n    owner: {name: x, email: x@example.com}\n    meta: {luid: %08d-0000-4000-8000-000000000000}\n    depends_on:\n      - ref('orders')\n", luid)
	}
	const file = "models/exposures.yml"
	disktest.Write(t, shop.Root, file, entry(0)+"  - name: only_here\n"+strings.SplitN(entry(1), "\n", 3)[2])
	disktest.Write(t, retail.Root, file, entry(1))
	var err error
	w.Graph, err = lineage.Build(t.Context(), []*model.Project{shop, &retail}, w.Graph.Sites, lineage.Options{})
	disktest.Must(t, err)
	adopted := func(req AdoptRequest) string {
		t.Helper()
		plan, err := PlanAdopt(t.Context(), w, req)
		disktest.Must(t, err)
		var said []string
		for i := range plan.Files {
			said = append(said, plan.Files[i].Project.Name)
		}
		for _, a := range plan.Adopted {
			said = append(said, a.Name+" of "+a.Title)
		}
		for _, r := range plan.Refusals {
			said = append(said, r.Error())
		}
		return strings.Join(said, "; ")
	}
	const unclear = "margin: 2 projects have an exposure of that name; say which: shop.margin, retail.margin"
	for _, c := range []struct {
		names []string
		want  string
	}{
		{[]string{"shop.margin"}, "shop; margin of Board 0"},
		{[]string{"retail.margin"}, "retail; margin of Board 1"},
		{[]string{"margin"}, unclear},
		{[]string{"margin", "only_here"}, "shop; only_here of Board 1; " + unclear},
		{[]string{"only_here"}, "shop; only_here of Board 1"},
		{[]string{"retail.only_here"}, "retail.only_here: nothing of that name can be adopted; darkroom adopt lists what can, and darkroom export --check what is gone"},
		{[]string{"shop.margin", "retail.margin"}, "shop; retail; margin of Board 0; margin of Board 1"},
	} {
		if got := adopted(AdoptRequest{Names: c.names}); !strings.EqualFold(got, c.want) {
			t.Errorf("%v: %s, want %s", c.names, got, c.want)
		}
	}

	both, err := PlanAdopt(t.Context(), w, AdoptRequest{All: true})
	disktest.Must(t, err)
	disktest.Must(t, Write(t.Context(), both.Plan))
	if _, err := PlanRename(t.Context(), w, "margin", "profit"); err == nil || !strings.Contains(err.Error(), "say which: shop.margin, retail.margin") {
		t.Error(err)
	}
	plan, err := PlanRename(t.Context(), w, "retail.margin", "profit")
	disktest.Must(t, err)
	disktest.Must(t, Write(t.Context(), plan))
	if !strings.Contains(disktest.Read(t, shop.Root, file), "name: margin") || !strings.Contains(disktest.Read(t, retail.Root, file), "name: profit") {
		t.Error(disktest.Read(t, shop.Root, file), disktest.Read(t, retail.Root, file))
	}
}
