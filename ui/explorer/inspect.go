package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
)

// detailActions are the keys of the details while they have the focus.
func (a *App) detailActions() []view.Action {
	inDetails := func(name, title, hint string, do func() tea.Cmd, keys ...string) view.Action {
		return view.Action{Name: "details." + name, Keys: keys, Group: view.GroupShow, Title: "in the details: " + title, Hint: hint, InDetails: true, Why: a.notInDetails, Do: do}
	}
	follow := inDetails("follow", "go to the name that is marked; open the rest of a list", "go there", a.follow, "enter")
	follow.Why = a.nothingToFollow
	next := inDetails("next-link", "next name", "next name", view.Still(func() { a.details.NextLink(a.view, 1) }), "n")
	previous := inDetails("previous-link", "previous name", "", view.Still(func() { a.details.NextLink(a.view, -1) }), "N")
	next.Why, previous.Why = a.noNames, a.noNames
	return []view.Action{
		inDetails("next-tab", "next tab", "tabs", view.Still(func() { a.details.SwitchTab(a.view, 1) }), "right", "l"),
		inDetails("previous-tab", "previous tab", "", view.Still(func() { a.details.SwitchTab(a.view, -1) }), "left", "h"),
		next, previous, follow,
	}
}

func (a *App) focusDetails(yes bool) {
	if yes && !a.panes.InDetails {
		a.details.Focus(a.view)
	}
	a.panes.InDetails = yes
}

func (a *App) notInDetails() string {
	if !a.panes.InDetails {
		return "go to the details first: tab"
	}
	return ""
}

func (a *App) noNames() string {
	if why := a.notInDetails(); why != "" {
		return why
	}
	if !a.details.Names(a.view) {
		return "this page has no names to go to"
	}
	return ""
}

func (a *App) nothingToFollow() string {
	if why := a.notInDetails(); why != "" {
		return why
	}
	if !a.details.Marked(a.view) {
		return "no name is marked on this page"
	}
	return ""
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
