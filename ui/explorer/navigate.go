package explorer

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/ui/affected"
	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/view"
)

// switchTo is a jump to another view, and to what is there.
func (a *App) switchTo(v view.View, there func()) tea.Cmd {
	return a.turnThen(v, view.Still(func() {
		a.jump(func() { a.turnTo(v) })
		there()
	}))
}

func (a *App) turnTo(v view.View) {
	if v == a.view {
		return
	}
	view.EndRange(a.view)
	a.view = v
	a.tour.Did("view." + v.Info().Name)
	a.details.Other()
	a.applyFilter()
	a.fit()
}

// visit is a jump to a view. One that is drawn around a node takes that under the cursor
// of the view before.
func (a *App) visit(v view.View) tea.Cmd {
	if centred, ok := v.(view.Centred); ok && v != a.view {
		a.jump(func() {
			a.centre(centred)
			a.turnTo(v)
		})
		return nil
	}
	return a.switchTo(v, func() {})
}

// centre draws around what is under the cursor. It reports false where nothing of the kind
// is there.
func (a *App) centre(v view.Centred) bool {
	if node := a.nearest(); node != lineage.None {
		v.Centre(node)
		return true
	}
	s, _ := a.view.At()
	return s.Entry != nil && v.CentreExposure(s.Entry)
}

// nearest is the resource or dashboard under the cursor, or the dashboard that the row
// belongs to.
func (a *App) nearest() lineage.ID {
	s, _ := a.view.At()
	if s.Node == lineage.None && s.Of != nil {
		return s.Of.ID
	}
	return s.Node
}

// lineageView is the view that is drawn around a node; nil when there is none.
func (a *App) lineageView() view.View {
	for _, v := range a.views {
		if _, ok := v.(view.Centred); ok {
			return v
		}
	}
	return nil
}

func (a *App) noLineage() string {
	s, _ := a.view.At()
	switch v := a.lineageView(); {
	case v == nil:
		return "there is no view for it"
	case v == a.view:
		return "enter draws the lineage of this node"
	case a.nearest() == lineage.None && s.Entry == nil:
		return "put the cursor on a model, a dashboard or an exposure first"
	}
	return ""
}

// showLineage is what L does.
func (a *App) showLineage() tea.Cmd {
	said := ""
	a.jump(func() {
		v := a.lineageView()
		if !a.centre(v.(view.Centred)) {
			said = "dbt has not parsed this exposure yet"
			return
		}
		a.turnTo(v)
	})
	if said != "" {
		return a.say(said)
	}
	return nil
}

// otherView is where t goes: to the home of dashboards, and from there to that of
// resources.
func (a *App) otherView() view.View {
	if a.view.Info().Home == view.HomeOfDashboards {
		return a.homeOf(view.HomeOfResources)
	}
	return a.homeOf(view.HomeOfDashboards)
}

// goToOtherView goes to the same dashboard, or the first place of the same
// resource, in the other view.
func (a *App) goToOtherView() tea.Cmd {
	v, node := a.otherView(), a.node()
	return a.turnThen(v, view.Still(func() { a.goTo(v, node) }))
}

// goTo is a jump to a resource or dashboard in a view. It takes a filter away that hides
// it.
func (a *App) goTo(v view.View, node lineage.ID) {
	a.jump(func() {
		a.turnTo(v)
		a.unhide(func() (found, shown bool) { return a.view.Go(node) })
	})
}

// goToPlace is a jump to a row of a view, and takes a filter away that hides it.
func (a *App) goToPlace(v view.View, row string) {
	a.jump(func() {
		a.turnTo(v)
		if to, ok := view.As[view.Placer](v); ok {
			a.unhide(func() (found, shown bool) { return to.GoTo(row) })
		}
	})
}

// unhide goes somewhere, without the filter if it is hidden there. It reports whether it
// is there.
func (a *App) unhide(goes func() (found, shown bool)) bool {
	found, shown := goes()
	if found && !shown {
		a.setFilter("")
		goes()
	}
	return found
}

// showUpstream filters by what the row depends on, in the view of resources. A dashboard
// depends on what its tables depend on.
func (a *App) showUpstream() tea.Cmd {
	node := a.nearest()
	roots := []lineage.ID{node}
	if a.host.Graph.Node(node).Dashboard != nil {
		roots = a.host.Graph.Upstream(node)
	}
	var selectors []string
	for _, id := range roots {
		selectors = append(selectors, "+"+selectorOf(a.host.Graph.Node(id).Resource))
	}
	return a.showAround(a.homeOf(view.HomeOfResources), roots[0], strings.Join(selectors, " "), " depends on")
}

// showDownstream filters by what depends on the row, where one is if that shows it.
func (a *App) showDownstream() tea.Cmd {
	node, v := a.nearest(), a.view
	if v.Info().Home != view.HomeOfDashboards {
		v = a.homeOf(view.HomeOfResources)
	}
	return a.showAround(v, node, selectorOf(a.host.Graph.Node(node).Resource)+"+", "")
}

// showAround is a jump to a node among what a selector selects.
func (a *App) showAround(v view.View, node lineage.ID, selector, depends string) tea.Cmd {
	name := affected.Name(a.host.Graph, a.nearest())
	a.focusDetails(false)
	a.jump(func() {
		a.turnTo(v)
		a.setFilter(selector)
		a.filter.arrive = func() { a.view.Go(node) }
		a.filter.arrive()
	})
	said := "what depends on " + name
	if depends != "" {
		said = "what " + name + depends
	}
	return a.say(said + "; " + a.keyOf(clearName) + " shows all again")
}

func selectorOf(r *model.Resource) string {
	if r.Kind == model.KindSource {
		return "source:" + r.FullName()
	}
	return r.VersionedName()
}

func (a *App) noNode() string {
	switch node := a.nearest(); {
	case node == lineage.None || a.homeOf(view.HomeOfResources) == nil:
		return "put the cursor on a dashboard or a model first"
	case a.host.Graph.Node(node).Dashboard != nil && len(a.host.Graph.Upstream(node)) == 0:
		return "this dashboard is linked to no model"
	}
	return ""
}

func (a *App) noneDownstream() string {
	if why := a.noNode(); why != "" {
		return why
	}
	if a.host.Graph.Node(a.nearest()).Dashboard != nil {
		return "nothing depends on a dashboard"
	}
	return ""
}

func (a *App) noOtherView() string {
	node := a.node()
	if node == lineage.None || a.otherView() == nil {
		return "put the cursor on a dashboard or a model first"
	}
	n, home := a.host.Graph.Node(node), a.view.Info().Home
	if n.Dashboard != nil && home == view.HomeOfDashboards && len(a.host.Graph.Upstream(node)) == 0 {
		return "this dashboard is linked to no model"
	}
	if n.Resource != nil && home == view.HomeOfResources && a.host.Graph.CountsBelow().Of(node) == 0 {
		return "no dashboard depends on this row"
	}
	return ""
}

// node is the resource or dashboard under the cursor.
func (a *App) node() lineage.ID {
	s, _ := a.view.At()
	return s.Node
}

func (a *App) noProof() string {
	if s, ok := a.view.At(); !ok || s.Of == nil {
		return "put the cursor on a dashboard, or on something it reads"
	}
	return ""
}

func (a *App) openProof() {
	s, _ := a.view.At()
	a.host.Push(overlay.NewProof(a.host, s))
}

func (a *App) focusDetails(yes bool) {
	if yes && !a.panes.InDetails {
		a.details.Focus(a.view)
	}
	a.panes.InDetails = yes
}

// follow goes to what the marked name is, in the view where it is at home.
func (a *App) follow() tea.Cmd {
	node := a.details.Follow(a.view)
	if node == lineage.None {
		return nil
	}
	home := view.HomeOfResources
	if a.host.Graph.Node(node).Dashboard != nil {
		home = view.HomeOfDashboards
	}
	to := a.homeOf(home)
	if to == nil {
		return a.say("no view has this")
	}
	a.focusDetails(false)
	a.goTo(to, node)
	return nil
}
