package explorer

import (
	"errors"
	"testing"

	"darkroom/model"
)

// The filter takes dbt's selectors; what they choose from is read when the first is
// typed.
func TestFilterBySelector(t *testing.T) {
	for filter, want := range map[string]string{
		"source:raw.orders+":                "Order Overview, Order Details, Return Rates",
		"dim_customers+1":                   "Order Overview",
		"dashboard:Outside*":                "Outside dbt",
		"fqn:marts.fct_returns+,fct_orders": "",
		"fct_returns+,fct_orders+":          "Return Rates",
		"path:models/st*":                   "", // read by a model only
		"path:models/*/fct_r*":              "Return Rates",
	} {
		s := begin(t, &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}, 120, 36).View("Dashboards").Filter(filter)
		wantTitles(t, s.Frame(), filter, want)
	}
	s := begin(t, &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}, 120, 36)
	s.Filter("source:shp").Has(`"source:shp" selects nothing`)
	s.ClearFilter().Filter("+fct_order").Has(`near it: "fct_orders"`)
	s.ClearFilter().Filter("state:modified").Has("needs the manifest.json")
}

// What cannot be read is said where the filter is.
func TestFilterBySelectorFails(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}, nodesErr: errors.New("manifest.json is gone\x1b[31m")}
	s := begin(t, f, 120, 36).Filter("+fct_orders")
	s.Has("manifest.json is gone").Hasnt("\x1b[31m")
}
