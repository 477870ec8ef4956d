package explorer

import (
	"strings"
	"testing"

	"darkroom/model"
)

// partlyHidden is the tower with a dashboard that is hidden in its workbook and has a long
// title.
func partlyHidden() *model.Site {
	site := tower()
	d := &site.Dashboards[1]
	d.Name, d.Hidden, d.LUID, d.Path = "Order Details of every day since the first", true, "", ""
	return site
}

func TestFilterHidden(t *testing.T) {
	for filter, want := range map[string]string{
		"hidden:true":              "Order Details",
		"hidden:false":             "Order Overview, Return Rates, Outside dbt",
		"hidden:false views:<100":  "Return Rates, Outside dbt",
		"hidden:true return":       "",
		"hidden:true link:partly":  "",
		"hidden:t owner:sales-ops": "",
	} {
		f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{partlyHidden()}}
		s := begin(t, f, 120, 36).View("Dashboards").Filter(filter)
		wantTitles(t, s.Frame(), filter, want)
	}
}

// A hidden dashboard has its mark wherever it is a row, even where its title is cut, and
// the details say it.
func TestHiddenIsMarked(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {40, 12}} {
		for _, view := range []string{"Dashboards", "Models"} {
			f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{partlyHidden()}}
			s := begin(t, f, size[0], size[1]).View(view).Filter("hidden:true").Press("open-all")
			marked := false
			for line := range strings.Lines(s.Frame()) {
				marked = marked || strings.Contains(line, "Order") && strings.Contains(line, "  hidden ")
			}
			if !marked {
				t.Errorf("%s at %v has no mark:\n%s", view, size, s.Frame())
			}
		}
	}
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{partlyHidden()}}
	s := begin(t, f, 120, 36).View("Dashboards").Filter("hidden:true").Press("open-all", "bottom")
	if frame := strings.Join(strings.Fields(s.Frame()), " "); !strings.Contains(frame, "in its workbook, so that it has") {
		t.Error(s.Frame())
	}
}
