package explorer

import (
	"regexp"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/modeltest"
)

// In the Dashboards view a dashboard matches by what it reads itself.
func TestFilterDashboardsByWhatTheyRead(t *testing.T) {
	p := shop()
	for i := range p.Resources {
		switch r := &p.Resources[i]; r.Name {
		case "dim_customers":
			r.Kind, r.Path = model.KindSeed, "seeds/dim_customers.csv"
		case "fct_returns":
			r.Tags, modeltest.Common(r).Materialized = []string{"finance"}, "incremental"
		}
	}
	for filter, want := range map[string]string{
		"kind:seed":             "Order Overview",
		"path:seeds":            "Order Overview",
		"tag:finance":           "Return Rates",
		"kind:incremental":      "Return Rates",
		"path:models/marts":     "Order Overview, Order Details, Return Rates",
		"path:models/staging":   "", // read by a model only
		"kind:source":           "",
		"kind:dashboard":        "Order Overview, Order Details, Return Rates, Outside dbt",
		"tag:certified":         "Order Overview, Order Details",
		"kind:seed tag:finance": "",
		"kind:model views:<100": "Return Rates",
	} {
		f := &fake{projects: []*model.Project{p}, sites: []*model.Site{tower()}}
		s := begin(t, f, 120, 36).View("Dashboards").Filter(filter)
		wantTitles(t, s.Frame(), filter, want)
	}
}

// A part of the name is enough, of a collection that holds the dashboard or its
// workbook; the details name them all.
func TestFilterByCollection(t *testing.T) {
	site := tower()
	site.Collections = []model.Collection{
		{Name: "Monday Numbers", WorkbookIDs: []string{"w2"}, DashboardIDs: []string{"d1"}},
		{Name: "Evil \x1b[31m name", DashboardIDs: []string{"d1"}},
	}
	for filter, want := range map[string]string{
		"collection:MONDAY":                  "Order Overview, Return Rates, Outside dbt",
		"collection:evil":                    "Order Overview",
		"collection:tuesday":                 "",
		"collection:monday owner:finance":    "Return Rates, Outside dbt",
		"collection:monday kind:model rates": "Return Rates",
	} {
		s := begin(t, &fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}, 120, 36).View("Dashboards").Filter(filter)
		wantTitles(t, s.Frame(), filter, want)
	}
	s := begin(t, &fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}, 120, 36)
	s.View("Dashboards").Filter("overview").Press("filter.next").Details("collections", "[31m name, Monday Numbers").Hasnt("\x1b[31m")
}

// wantTitles compares the dashboards that a frame shows.
func wantTitles(t *testing.T, screen, filter, want string) {
	t.Helper()
	var got []string
	for _, title := range []string{"Order Overview", "Order Details", "Return Rates", "Outside dbt"} {
		if regexp.MustCompile(`\] (. )?` + title).MatchString(screen) {
			got = append(got, title)
		}
	}
	if strings.Join(got, ", ") != want {
		t.Errorf("%s shows %q, want %q\n%s", filter, got, want, screen)
	}
}

// In the Models view a dashboard is not a hit for another resource that it reads.
func TestFilterModelsKeepsToTheResource(t *testing.T) {
	s, _ := open(t, 120, 36)
	s.View("Models").Filter("overview").Row("fct_orders", "dim_customers", "Order Overview") // both are loaded now
	s.ClearFilter().Filter("path:dim_customers").Row("dim_customers").Hasnt("fct_orders", "stg_orders")
}
