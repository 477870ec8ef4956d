package explorer

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
)

// action is an action of the explorer, or of the views that have it.
type action struct {
	view.Action                            // as the first of them describes it
	byView      map[view.View]*view.Action // nil for the explorer's own: it is everywhere
}

// registry has all actions, in the order of help.
type registry struct {
	actions []*action
	byKey   map[string][]*action
}

// newRegistry gathers the actions of the explorer and of its views.
func newRegistry(a *App) registry {
	r := registry{byKey: map[string][]*action{}}
	add := func(acts []view.Action) {
		for _, act := range acts {
			r.actions = append(r.actions, &action{Action: act})
		}
	}
	add(a.moveActions())
	add(a.curation.Actions())
	add([]view.Action{a.fixAction()})
	for _, v := range a.views {
		for _, act := range v.Actions() {
			r.addOf(a, v, act)
		}
	}
	add(a.curation.UndoActions())
	add(a.findActions())
	add(a.jumpActions())
	add(a.showActions())
	add(a.editing.Actions())
	add(a.entries.Actions())
	add(a.detailActions())
	add(a.fileActions())
	groups := view.Groups()
	slices.SortStableFunc(r.actions, func(x, y *action) int {
		return slices.Index(groups, x.Group) - slices.Index(groups, y.Group)
	})
	r.rebind(a.opt.Keys)
	for _, act := range r.actions {
		for _, k := range act.Keys {
			r.byKey[k] = append(r.byKey[k], act)
		}
	}
	return r
}

// addOf adds an action of a view. An action that several views have is listed once
// and does what the current view does.
func (r *registry) addOf(a *App, v view.View, act view.Action) {
	at := slices.IndexFunc(r.actions, func(known *action) bool { return known.Name == act.Name })
	if at >= 0 {
		r.actions[at].byView[v] = &act
		return
	}
	all := &action{act, map[view.View]*view.Action{v: &act}}
	all.Why = func() string {
		if own, ok := all.byView[a.view]; ok {
			return own.Refusal()
		}
		if len(all.byView) > 1 {
			return "not in this view"
		}
		return "go to the " + v.Info().Title + " first: " + a.viewKey(v)
	}
	all.Do = func() tea.Cmd { return all.byView[a.view].Do() }
	r.actions = append(r.actions, all)
}

// at is the action of a key in a view: its own before the explorer's, and these
// before those of other views, which say where they can be done. While the details have
// the keys, their actions come first. Of two actions of a view with one key it is the one
// that can be done now.
func (r *registry) at(key string, v view.View, inDetails bool) *action {
	var found *action
	rank := 0
	for _, act := range r.byKey[key] {
		now := 1
		switch _, own := act.byView[v]; {
		case act.InDetails && inDetails:
			now = 4
		case act.InDetails:
			now = 0
		case own:
			now = 3
		case act.byView == nil:
			now = 2
		}
		if now > rank || now == rank && found.Refusal() != "" && act.Refusal() == "" {
			found, rank = act, now
		}
	}
	return found
}

// hinted are the actions that can be done now in a view and are worth a hint. While the
// details have the keys, theirs come first and folds are left out.
func (r *registry) hinted(v view.View, inDetails bool) []hint {
	hints := make([]hint, 0, 24) // of which a line has room for some
	for _, act := range r.actions {
		if act.Hint != "" && len(act.Keys) > 0 && act.in(v) && act.Refusal() == "" && (!inDetails || act.Group != view.GroupFold) {
			hints = append(hints, hint{Hint: view.Hint{Key: view.KeyLabel(act.Keys[0]), Word: act.Hint}, act: &act.Action})
		}
	}
	slices.SortStableFunc(hints, func(x, y hint) int {
		switch {
		case x.act.InDetails == y.act.InDetails:
			return 0
		case x.act.InDetails:
			return -1
		}
		return 1
	})
	return hints
}

// in reports an action of a view, or of all of them.
func (act *action) in(v view.View) bool { return act.byView == nil || act.byView[v] != nil }

// named is an action by its name, nil when there is none.
func (r *registry) named(name string) *action {
	for _, act := range r.actions {
		if act.Name == name {
			return act
		}
	}
	return nil
}

// list gives the actions for menus.
func (r *registry) list() []view.Action {
	all := make([]view.Action, len(r.actions))
	for i, act := range r.actions {
		all[i] = act.Action
	}
	return all
}

// Actions are all actions, in the order of help. The list is made on each call,
// because nothing here may be changed by a caller.
func Actions() []view.Action {
	a := New(nil, Options{})
	return a.registry.list()
}

// KeysMarkdown is the README's table of keys.
func KeysMarkdown() string {
	var b strings.Builder
	b.WriteString("| | keys | what it does | name |\n|---|---|---|---|\n")
	group := view.Group("")
	for _, act := range Actions() {
		heading := view.Group("")
		if act.Group != group {
			group, heading = act.Group, act.Group
		}
		keys := make([]string, len(act.Keys))
		for i, k := range strings.Split(act.Label(), " ") {
			keys[i] = "`" + strings.ReplaceAll(k, "|", `\|`) + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | `%s` |\n", heading, strings.Join(keys, " "), act.Title, act.Name)
	}
	return b.String()
}
