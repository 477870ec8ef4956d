package cli

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"os"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/project/tools"
)

// lumenScan is a scan file with three dashboards: linked, not linked, and without a table.
//
//go:embed testdata/lumen/scan.json
var lumenScan []byte

// lumen is an invented BI tool: dashboards lie in spaces, and there are no workbooks. This
// file is all that a second tool needs, besides its line in the list of package tools.
var lumen = &model.Tool{
	Name: "Lumen", Key: "lumen",
	Words: map[model.Part]model.Noun{model.PartContainer: {One: "space"}, model.PartPublished: {One: "dataset"}},
	DashboardURL: func(s *model.Site, _ *model.Workbook, d *model.Dashboard) string {
		return s.Server + "/d/" + d.LUID
	},
	Connectors: map[string]string{"pg": "postgres"},
}

// lumenReader reads scan files.
func lumenReader() tools.Reader {
	return tools.Reader{Tool: lumen, Recognizes: isScan, Load: loadScan}
}

func isScan(path string) bool {
	data, err := os.ReadFile(path)
	return err == nil && bytes.HasPrefix(data, []byte(`{"lumen_scan"`))
}

func loadScan(_ context.Context, path string, names tools.Names) ([]*model.Site, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if !gjson.ValidBytes(data) {
		return nil, fmt.Errorf("%s: this is not JSON", path)
	}
	root := gjson.ParseBytes(data)
	site := &model.Site{Tool: lumen, Server: cmp.Or(names.Server, root.Get("server").String()), Name: cmp.Or(names.Name, "lumen.example.com")}
	for _, space := range root.Get("spaces").Array() {
		id := space.Get("id").String()
		site.Containers = append(site.Containers, model.Container{LUID: id, Name: space.Get("name").String()})
		for _, d := range space.Get("dashboards").Array() {
			addScanned(site, id, d)
		}
	}
	return []*model.Site{site}, nil
}

func addScanned(site *model.Site, space string, d gjson.Result) {
	view := model.Dashboard{
		ID: d.Get("id").String(), LUID: d.Get("id").String(), Name: d.Get("title").String(), Views: -1,
		Home: &model.Home{ContainerLUID: space, Description: d.Get("about").String(), Owner: model.User{Email: d.Get("owner").String()}},
	}
	for _, label := range d.Get("labels").Array() {
		view.Tags = append(view.Tags, label.String())
	}
	for _, t := range d.Get("reads").Array() {
		table := model.Table{
			ID: view.ID + t.Get("table").String(), Name: t.Get("table").String(), Place: &model.Place{Schema: t.Get("schema").String(), Database: t.Get("database").String(), ConnectionType: lumen.ConnectionClass(t.Get("connector").String())},
		}
		site.Tables, view.TableIDs = append(site.Tables, table), append(view.TableIDs, table.ID)
	}
	site.Dashboards = append(site.Dashboards, view)
}
