// Package registry has all actions of the explorer and of its views, by name and by key: the
// one source of keys, footer, help, palette, configuration and the documented table.
package registry

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
)

// Action is an action of the explorer, or of the views that have it.
type Action struct {
	view.Action                            // as the first of them describes it
	ByView      map[view.View]*view.Action // nil for the explorer's own: it is everywhere
}

// Registry has all actions, in the order of help.
type Registry struct {
	Actions []*Action
	byKey   map[string][]*Action
	now     func() view.View
	key     func(view.View) string
	kept    map[string]string
}

// New is a registry without actions. Now is the current view, key how the key of a view is
// printed, and kept are the keys that stay with their action, whatever is bound.
func New(now func() view.View, key func(view.View) string, kept map[string]string) *Registry {
	return &Registry{now: now, key: key, kept: kept, byKey: map[string][]*Action{}}
}

// Add adds actions that are everywhere.
func (r *Registry) Add(acts []view.Action) {
	for _, act := range acts {
		r.Actions = append(r.Actions, &Action{Action: act})
	}
}

// Sort puts all actions in the order of help, and gives them the keys of a configuration.
func (r *Registry) Sort(bindings map[string][]string) {
	groups := view.Groups()
	slices.SortStableFunc(r.Actions, func(x, y *Action) int {
		return slices.Index(groups, x.Group) - slices.Index(groups, y.Group)
	})
	r.rebind(bindings)
	for _, act := range r.Actions {
		for _, k := range act.Keys {
			r.byKey[k] = append(r.byKey[k], act)
		}
	}
}

// AddOf adds an action of a view. An action that several views have is listed once
// and does what the current view does.
func (r *Registry) AddOf(v view.View, act view.Action) {
	at := slices.IndexFunc(r.Actions, func(known *Action) bool { return known.Name == act.Name })
	if at >= 0 {
		r.Actions[at].ByView[v] = &act
		return
	}
	all := &Action{act, map[view.View]*view.Action{v: &act}}
	all.Why = func() string {
		if own, ok := all.ByView[r.now()]; ok {
			return own.Refusal()
		}
		if len(all.ByView) > 1 {
			return "not in this view"
		}
		return "go to the " + v.Info().Title + " first: " + r.key(v)
	}
	all.Do = func() tea.Cmd { return all.ByView[r.now()].Do() }
	r.Actions = append(r.Actions, all)
}

// At is the action of a key in a view: its own before the explorer's, and these
// before those of other views, which say where they can be done. While the details have
// the keys, their actions come first. Of two actions of a view with one key it is the one
// that can be done now.
func (r *Registry) At(key string, v view.View, inDetails bool) *Action {
	var found *Action
	rank := 0
	for _, act := range r.byKey[key] {
		now := 1
		switch _, own := act.ByView[v]; {
		case act.InDetails && inDetails:
			now = 4
		case act.InDetails:
			now = 0
		case own:
			now = 3
		case act.ByView == nil:
			now = 2
		}
		if now > rank || now == rank && found.Refusal() != "" && act.Refusal() == "" {
			found, rank = act, now
		}
	}
	return found
}

// in reports an action of a view, or of all of them.
func (act *Action) in(v view.View) bool { return act.ByView == nil || act.ByView[v] != nil }

// Named is an action by its name, nil when there is none.
func (r *Registry) Named(name string) *Action {
	for _, act := range r.Actions {
		if act.Name == name {
			return act
		}
	}
	return nil
}

// List gives the actions for menus.
func (r *Registry) List() []view.Action {
	all := make([]view.Action, len(r.Actions))
	for i, act := range r.Actions {
		all[i] = act.Action
	}
	return all
}

// rebind gives actions the keys of a configuration. A key that is given to one is
// taken away from those that have it by default where both can be done.
func (r *Registry) rebind(bindings map[string][]string) {
	for _, act := range r.Actions {
		keys, bound := bindings[act.Name]
		if !bound {
			continue
		}
		for key, name := range r.kept {
			if name == act.Name && !slices.Contains(keys, key) {
				keys = append(slices.Clip(keys), key)
			}
		}
		act.setKeys(keys)
		for _, other := range r.Actions {
			if _, own := bindings[other.Name]; own || !act.meets(other) {
				continue
			}
			other.setKeys(slices.DeleteFunc(slices.Clone(other.Keys), func(k string) bool { return slices.Contains(keys, k) }))
		}
	}
}

func (act *Action) setKeys(keys []string) {
	act.Keys = keys
	for _, own := range act.ByView {
		own.Keys = keys
	}
}

// meets reports that a key cannot be for both actions: they are in one view, and neither
// is the view's own while the other is the explorer's.
func (act *Action) meets(other *Action) bool {
	if act.InDetails != other.InDetails {
		return false
	}
	if act.ByView == nil || other.ByView == nil {
		return act.ByView == nil // a view's own comes first: see At
	}
	for v := range act.ByView {
		if _, both := other.ByView[v]; both {
			return true
		}
	}
	return false
}
