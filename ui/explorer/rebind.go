package explorer

import (
	"slices"

	"darkroom/ui/explorer/view"
)

// KeptKeys stay with their action, by key, whatever is bound: without them one could not
// leave the screen, a line, or a box.
func KeptKeys() map[string]string {
	return map[string]string{"ctrl+c": quitName, "esc": clearName}
}

// rebind gives actions the keys of a configuration. A key that is given to one is
// taken away from those that have it by default where both can be done.
func (r *registry) rebind(bindings map[string][]string) {
	for _, act := range r.actions {
		keys, bound := bindings[act.Name]
		if !bound {
			continue
		}
		for key, name := range KeptKeys() {
			if name == act.Name && !slices.Contains(keys, key) {
				keys = append(slices.Clip(keys), key)
			}
		}
		act.setKeys(keys)
		for _, other := range r.actions {
			if _, own := bindings[other.Name]; own || !act.meets(other) {
				continue
			}
			other.setKeys(slices.DeleteFunc(slices.Clone(other.Keys), func(k string) bool { return slices.Contains(keys, k) }))
		}
	}
}

func (act *action) setKeys(keys []string) {
	act.Keys = keys
	for _, own := range act.byView {
		own.Keys = keys
	}
}

// meets reports that a key cannot be for both actions: they are in one view, and neither
// is the view's own while the other is the explorer's.
func (act *action) meets(other *action) bool {
	if act.InDetails != other.InDetails {
		return false
	}
	if act.byView == nil || other.byView == nil {
		return act.byView == nil // a view's own comes first: see at
	}
	for v := range act.byView {
		if _, both := other.byView[v]; both {
			return true
		}
	}
	return false
}

// ActionViews is an action with the names of the views that have it; nil when it is
// everywhere.
type ActionViews struct {
	Name  string
	Views []string
}

// Bindable are all actions with the views that they are in.
func Bindable() []ActionViews {
	a := New(nil, Options{})
	all := make([]ActionViews, len(a.registry.actions))
	for i, act := range a.registry.actions {
		all[i].Name = act.Name
		for _, v := range a.views {
			if _, in := act.byView[v]; in {
				all[i].Views = append(all[i].Views, v.Info().Name)
			}
		}
	}
	return all
}

// keyOf is how the first key of an action is printed, for messages that name it.
func (a *App) keyOf(name string) string {
	act := a.registry.named(name)
	if act == nil || len(act.Keys) == 0 {
		return name // which the palette takes
	}
	return view.KeyLabel(act.Keys[0])
}
