package explorer

import (
	"context"
	"slices"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
)

// The tour goes on when what it asks for has been done, and ends with esc.
func TestTour(t *testing.T) {
	s, _ := open(t, 120, 36)
	s.Press("help").Keys("t", "enter").Has("Tour 1 of ", "What is not known")
	s.Press("view.dashboards").Has("Tour 1 of ").Press("view.gaps").Has("Tour 2 of ", "Fix a gap")
	s.Press("fix").Has("Tour 2 of ").Status("no decision") // refused: it is not done
	s.Cursor("No such table").Press("fix").Has("Tour 3 of ", "Each dashboard once").Keys("esc")
	s.View("Dashboards").Press("flat").Has("Tour 4 of ", "Include what matters")
	s.Press("tick").Has("Tour 5 of ")
	if slices.ContainsFunc(Actions(), func(act view.Action) bool { return act.Name == "impact" }) {
		s.View("Models").Cursor("models", "marts", "fct_orders").Press("impact").Has("Tour 6 of ").Keys("esc")
	}
	s.Press("write").Has("Tour: done").Keys("esc")
	s.Press("filter.clear").Hasnt("Tour")
}

// A filter goes before the tour does, and keys do what they always do.
func TestTourLetsKeysThrough(t *testing.T) {
	s, _ := open(t, 120, 36)
	s.Press("help").Keys("t", "enter").Filter("order").Crumbs("/order").Press("filter.clear").Has("Tour 1").Press("filter.clear").Hasnt("Tour")
}

func TestTourNeedsDashboardsAndRoom(t *testing.T) {
	begin(t, &fake{projects: []*model.Project{shop()}}, 120, 36).Press("help").Keys("t", "enter").Status("the tour needs dashboards")
	s, _ := open(t, 120, 14)
	s.Press("help").Keys("t", "enter").Status("too small for the tour")
	s, _ = open(t, 120, 36) // one that gets too small hides it
	s.Press("help").Keys("t", "enter").Has("Tour 1")
	s.Resize(120, 12)
	s.Hasnt("Tour").Raw()
	s.Resize(120, 36)
	s.Has("Tour 1")
}

// slow is a backend that reads one site after another.
type slow struct{ *fake }

func (f slow) Load(ctx context.Context, report func(Progress), grow func(*lineage.Graph)) (Loaded, error) {
	part, err := lineage.Build(ctx, f.projects, f.sites[1:], lineage.Options{})
	if err != nil {
		return Loaded{}, err
	}
	grow(part)
	return f.fake.Load(ctx, report, grow)
}

// What is read last can belong above what came first: views begin at their top.
func TestViewsBeginAtTheirTop(t *testing.T) {
	late := tower()
	late.Name, late.ContentURL = "zulu", "zulu"
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower(), late}}
	s := on(t, newApp(slow{f}, options(), fourViews()), 120, 36)
	s.View("Dashboards").Row("zulu").On("acme").Crumbs("acme")
}
