package names

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
)

// A name finds what a look at every dashboard would find: the best fit of all.
func TestTitlesFindTheBestFit(t *testing.T) {
	titles := []string{"Sales", "sales", "SALES by day", "ſales", "Kelvin K", "kelvin \u212a", "", "a\x1bb", "Σίσυφος", "ΣΊΣΥΦΟΣ", "Twice", "Twice"}
	s := &model.Site{Name: "tower", Server: "https://tower.example.com", Workbooks: []model.Workbook{{ID: "w", Name: "Book"}}}
	for i, title := range titles {
		s.Dashboards = append(s.Dashboards, model.Dashboard{ID: fmt.Sprint("d", i), LUID: fmt.Sprintf("%04d%04d-0000-4000-8000-000000000000", i%2, i), Name: title, WorkbookID: "w"})
	}
	g, err := lineage.Build(t.Context(), nil, []*model.Site{s}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	known := TitlesOf(g)
	for _, name := range append(titles, "sal", "SALES", "kelvin k", "KELVIN K", "0000", "0001", "00000004-0000-4000-8000-000000000000", "ab", "a", "σίσυφοσ", "nothing", "twice", "twi") {
		best, want := 0, []*lineage.Dashboard(nil)
		for _, d := range g.Dashboards() {
			fit := 0
			for _, own := range titlesOf(d) {
				fit = max(fit, fits(own, name))
			}
			if fit > best {
				best, want = fit, nil
			}
			if fit == best && fit > 0 {
				want = append(want, d)
			}
		}
		if got := known.fitting(name); !slices.Equal(got, want) {
			t.Errorf("%q finds %d dashboards, want %d", name, len(got), len(want))
		}
		if _, err := known.Find(name); (err == nil) != (len(want) == 1) || err != nil && !strings.Contains(err.Error(), fmt.Sprintf("%q", name)) {
			t.Errorf("%q: %v", name, err)
		}
	}
}
