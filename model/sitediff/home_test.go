package sitediff_test

import (
	"slices"
	"testing"

	"darkroom/model"
)

// A dashboard in no workbook has its place, owner, tags and description itself.
func TestDashboardInNoWorkbook(t *testing.T) {
	site := func(change func(d *model.Dashboard)) *model.Site {
		s := &model.Site{
			Name:       "Acme",
			Containers: []model.Container{{LUID: "p", Name: "Finance"}, {LUID: "q", Name: "Sales"}},
			Dashboards: []model.Dashboard{{ID: "d", LUID: "l", Name: "Close", Home: &model.Home{ContainerLUID: "p", Owner: model.User{Name: "Finance Ops"}}}},
		}
		if change != nil {
			change(&s.Dashboards[0])
		}
		return s
	}
	for want, change := range map[string]func(d *model.Dashboard){
		"dashboard Close: owner Finance Ops → Sales Ops": func(d *model.Dashboard) { d.Home.Owner.Name = "Sales Ops" },
		"dashboard Close: tags added: late":              func(d *model.Dashboard) { d.Tags = []string{"late"} },
		"dashboard Close: description added":             func(d *model.Dashboard) { d.Home.Description = "Monthly." },
		"dashboard Close: now in a personal space":       func(d *model.Dashboard) { d.Home.PersonalSpace = true },
	} {
		if got := lines(compare(t, site(nil), site(change))); !slices.Equal(got, []string{want}) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	d := compare(t, site(nil), site(func(d *model.Dashboard) { d.Home.ContainerLUID = "q" }))
	if len(d.Moved) != 1 || d.Moved[0].Old.Place != "Finance" || d.Moved[0].New.Place != "Sales" {
		t.Errorf("moved: %+v", d)
	}
	d = compare(t, site(nil), site(func(d *model.Dashboard) { d.Home.ContainerLUID = "hidden" }))
	if len(d.Moved) > 0 {
		t.Errorf("a missing name counts as another: %+v", d.Moved)
	}
}
