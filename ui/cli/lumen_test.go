package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/exposure/merge"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/sources/project/config"
	"darkroom/sources/project/export"
	"darkroom/sources/project/workspace"
	"darkroom/sources/tableau/tool"
	"darkroom/ui/cli/records"
	"darkroom/ui/explain"
)

// lumen is an invented BI tool: dashboards lie in spaces, and there are no workbooks.
// It and its reader below are all that a second tool needs.
var lumen = &model.Tool{
	Name: "Lumen", Key: "lumen",
	Words: map[model.Part]model.Noun{model.PartContainer: {One: "space"}, model.PartPublished: {One: "dataset"}},
	DashboardURL: func(s *model.Site, _ *model.Workbook, d *model.Dashboard) string {
		return s.Server + "/d/" + d.LUID
	},
	Connectors: map[string]string{"pg": "postgres"},
}

const scan = `{"server": "https://lumen.example.com", "spaces": [{"id": "s1", "name": "Sales", "dashboards": [
	{"id": "0a1b", "title": "Order Overview", "owner": "bi@example.com", "labels": ["daily"], "about": "All orders.",
	 "reads": [{"connector": "pg", "database": "shop", "schema": "marts", "table": "fct"}]},
	{"id": "0c2d", "title": "Unknown Numbers", "owner": "bi@example.com",
	 "reads": [{"connector": "pg", "database": "shop", "schema": "lab", "table": "scratch"}]},
	{"id": "0e3f", "title": "Nothing Behind", "owner": "bi@example.com", "reads": []}]}]}`

// readScan reads one file of Lumen.
func readScan(data string) *model.Site {
	root := gjson.Parse(data)
	site := &model.Site{Tool: lumen, Server: root.Get("server").String(), Name: "lumen.example.com"}
	for _, space := range root.Get("spaces").Array() {
		id := space.Get("id").String()
		site.Containers = append(site.Containers, model.Container{LUID: id, Name: space.Get("name").String()})
		for _, d := range space.Get("dashboards").Array() {
			view := model.Dashboard{
				ID: d.Get("id").String(), LUID: d.Get("id").String(), Name: d.Get("title").String(), Views: -1,
				Home: model.Home{ContainerLUID: id, Description: d.Get("about").String(), Owner: model.User{Email: d.Get("owner").String()}},
			}
			for _, label := range d.Get("labels").Array() {
				view.Tags = append(view.Tags, label.String())
			}
			for _, t := range d.Get("reads").Array() {
				table := model.Table{
					ID: view.ID + t.Get("table").String(), Name: t.Get("table").String(), Schema: t.Get("schema").String(),
					Database: t.Get("database").String(), ConnectionType: lumen.ConnectionClass(t.Get("connector").String()),
				}
				site.Tables, view.TableIDs = append(site.Tables, table), append(view.TableIDs, table.ID)
			}
			site.Dashboards = append(site.Dashboards, view)
		}
	}
	return site
}

// workspaceOf is a workspace with these sites, all of whose linked dashboards are included.
func workspaceOf(t *testing.T, sites ...*model.Site) *workspace.Workspace {
	t.Helper()
	p := lineagetest.Shop()
	p.Root, p.DbtVersion = t.TempDir(), "1.10.5"
	g, err := lineage.Build([]*model.Project{p}, sites, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(p.Root, "dbt_project.yml"), []byte("name: shop\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(p.Root)
	if err != nil {
		t.Fatal(err)
	}
	c.Export.File = "models/exposures/bi.yml"
	w := &workspace.Workspace{Root: p.Root, Config: c, Graph: g, Book: curate.New(nil)}
	for _, d := range g.Dashboards() {
		if linked, _ := d.Counts(); linked > 0 {
			w.Book.Set([]string{d.Key}, curate.Included, curate.Meta{By: "test"})
		}
	}
	return w
}

// toolReports are all that the commands say, by command.
func toolReports(t *testing.T, w *workspace.Workspace) map[string]string {
	t.Helper()
	out := map[string]string{"gaps": gapsText(w.Graph), "gaps --output markdown": gapsMarkdown(w.Graph), "gaps --output json": inJSON(t, records.GapsReportOf(w.Graph))}
	for _, kind := range records.Kinds() {
		l, err := kind.List(w, lineage.Selection{})
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(l.Header, " | ") + "\n"
		for _, r := range l.Rows {
			text += strings.Join(r.Cells, " | ") + "\n" + inJSON(t, r.Object)
		}
		out["list "+kind.Name] = text
	}
	for _, d := range w.Graph.Dashboards() {
		var b bytes.Buffer
		links, err := linksNamed(d, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := printPage(&b, explain.Dashboard(w.Graph, d, links, true)); err != nil {
			t.Fatal(err)
		}
		out["explain "+d.Title()] = b.String() + inJSON(t, records.ExplanationOf(w, d, links, true))
	}
	plan, err := export.PlanExport(w, w.Book, export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range plan.Files {
		out["export"] += f.Name + "\n" + string(f.Text)
	}
	return out
}

func inJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data) + "\n"
}

// A tool with other words and without workbooks is shown in its own words.
func TestAnotherTool(t *testing.T) {
	w := workspaceOf(t, readScan(scan))
	out := toolReports(t, w)
	other := regexp.MustCompile(`(?i).*(tableau|workbook).*`)
	for name, text := range out {
		if line := other.FindString(text); line != "" {
			t.Errorf("%s says %q", name, line)
		}
	}
	for name, want := range map[string][]string{
		"list dashboards":         {"title | space | site", "Order Overview | Sales | lumen.example.com"},
		"list exposures":          {"| Lumen |", `"integration": "Lumen"`},
		"gaps":                    {"Lumen knows no table behind it."},
		"explain Order Overview":  {"A dashboard in Sales, site lumen.example.com.", "https://lumen.example.com/d/0a1b", `"reported": {`},
		"explain Nothing Behind":  {"Lumen names no data source and no table behind this dashboard"},
		"explain Unknown Numbers": {"Lumen"},
		"export": {
			"# Written by darkroom from Lumen.", "meta.lumen", "lumen:\n", `"lumen:daily"`, `url: "https://lumen.example.com/d/0a1b"`,
			`luid: "0a1b"`, "managed_by: darkroom", `email: "bi@example.com"`, "All orders.", "Lumen: Sales", "ref('fct')",
		},
	} {
		contains(t, name, out[name], want...)
	}

	// What was written is read as it was meant: nothing changes at the next export.
	text := strings.TrimPrefix(out["export"], "models/exposures/bi.yml\n")
	d, err := merge.ReadDisk([]merge.File{{Name: "models/exposures/bi.yml", Text: []byte(text)}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if name := d.Known().Names["0a1b"]; name != "order_overview" {
		t.Errorf("read back as %q", name)
	}
}

// Two tools at once: each keeps its words, and what is about both names both.
func TestTwoTools(t *testing.T) {
	tower := lineagetest.Tower("dim")
	tower.Tool, tower.Dashboards[0].LUID = tool.Tableau, "11112222-0000-4000-8000-000000000000"
	tower.Workbooks[0].Owner.Email = "bi@example.com"
	out := toolReports(t, workspaceOf(t, readScan(scan), tower))
	contains(t, "list dashboards", out["list dashboards"], "title | workbook | container | site", "| Book | P | tower")
	contains(t, "list exposures", out["list exposures"], `"integration": "Lumen"`, `"integration": "Tableau"`)
	contains(t, "export", out["export"], "Written by darkroom from Lumen and Tableau.", "tableau:\n", "lumen:\n", "Tableau: P / Book", "Lumen: Sales")
}
