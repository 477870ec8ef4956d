package declared

import (
	"slices"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/sources/tableau/tool"
)

// An exposure is a dashboard's by what darkroom wrote in its meta, by LUID or by address;
// one that is disabled, or a second time in another manifest, is not there.
func TestExposuresAndTheirDashboards(t *testing.T) {
	p, site := lineagetest.Shop(), lineagetest.Tower("fct", "rpt", "dim")
	site.Tool, site.Server, site.ContentURL = tool.Tableau, "https://bi.example.com", "acme"
	site.Dashboards[2].Path = "Book/Dim"
	exposure := func(name string, change func(*model.Exposure)) {
		x := model.Exposure{ID: "exposure.shop." + name, Name: name, Enabled: true, DependsOn: []string{"model.shop.fct", "model.shop.gone", "model.shop.fct", "source.shop.raw.orders"}}
		change(&x)
		p.Exposures = append(p.Exposures, x)
	}
	exposure("written", func(x *model.Exposure) { x.Dashboard = "luid-fct" })
	exposure("by_luid", func(x *model.Exposure) { x.LUID = "LUID-RPT" })
	exposure("by_address", func(x *model.Exposure) { x.URL = "https://bi.example.com/t/acme/views/Book/Dim?x=1" })
	exposure("notebook", func(x *model.Exposure) { x.Label, x.OwnerEmails = "The notebook", []string{"a@example.com"} })
	exposure("off", func(x *model.Exposure) { x.Enabled = false })
	g, err := lineage.Build(t.Context(), []*model.Project{p}, []*model.Site{site}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	x := Of(g)
	of := map[string]string{}
	for i := range x.All {
		e := &x.All[i]
		of[e.Name] = ""
		if e.Dashboard != nil {
			of[e.Name] = e.Dashboard.Title()
		}
		if e.Number != i || len(e.Upstream) != 2 {
			t.Errorf("%s: number %d, upstream %v", e.Name, e.Number, e.Upstream)
		}
	}
	want := map[string]string{"written": "on fct", "by_luid": "on rpt", "by_address": "on dim", "notebook": ""}
	if len(of) != len(want) {
		t.Errorf("%v", of)
	}
	for name, title := range want {
		if of[name] != title {
			t.Errorf("%s is for %q, not %q", name, of[name], title)
		}
	}
	id, _ := g.Resource("model.shop.fct")
	if below := x.Below(id); len(below) != 4 || !slices.ContainsFunc(below, func(e *Exposure) bool { return e.Title() == "The notebook" && e.Owner() == "a@example.com" }) {
		t.Errorf("%d below fct", len(below))
	}
}
