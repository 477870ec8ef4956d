package details

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
)

// Keys is what the keys of the pane are given by the explorer.
type Keys struct {
	Pane    *Pane
	View    func() view.View
	Focused func() bool
	Follow  func() tea.Cmd // goes to what the marked name is
}

// Actions are the keys of the pane while it has the focus.
func (k Keys) Actions() []view.Action {
	inDetails := func(name, title, hint string, do func() tea.Cmd, why func() string, keys ...string) view.Action {
		return view.Action{Name: "details." + name, Keys: keys, Group: view.GroupShow, Title: "in the details: " + title, Hint: hint, InDetails: true, Why: why, Do: do}
	}
	tab := func(dir int) func() tea.Cmd { return view.Still(func() { k.Pane.switchTab(k.View(), dir) }) }
	name := func(dir int) func() tea.Cmd { return view.Still(func() { k.Pane.NextLink(k.View(), dir) }) }
	noNames := k.unless((*Pane).names, "this page has no names to go to")
	return []view.Action{
		inDetails("next-tab", "next tab", "tabs", tab(1), k.outside, "right", "l"),
		inDetails("previous-tab", "previous tab", "", tab(-1), k.outside, "left", "h"),
		inDetails("next-link", "next name", "next name", name(1), noNames, "n"),
		inDetails("previous-link", "previous name", "", name(-1), noNames, "N"),
		inDetails("follow", "go to the name that is marked; open the rest of a list", "go there", k.Follow, k.unless((*Pane).Marked, "no name is marked on this page"), "enter"),
	}
}

func (k Keys) outside() string {
	if !k.Focused() {
		return "go to the details first: tab"
	}
	return ""
}

// unless is why something cannot be done on a page for which ok is false.
func (k Keys) unless(ok func(*Pane, view.View) bool, why string) func() string {
	return func() string {
		if outside := k.outside(); outside != "" {
			return outside
		}
		if !ok(k.Pane, k.View()) {
			return why
		}
		return ""
	}
}
