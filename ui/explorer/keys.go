package explorer

import (
	"cmp"

	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/registry"
	"darkroom/ui/explorer/view"
)

// newRegistry gathers the actions of the explorer and of its views.
func newRegistry(a *App) *registry.Registry {
	r := registry.New(a.seen, a.viewKey, KeptKeys())
	r.Add(a.moveActions())
	r.Add(a.curation.Actions())
	r.Add([]view.Action{a.fixAction()})
	for _, v := range a.views {
		for _, act := range v.Actions() {
			r.AddOf(v, act)
		}
	}
	r.Add(a.curation.UndoActions())
	r.Add(a.findActions())
	r.Add(a.jumpActions())
	r.Add(a.showActions())
	r.Add(a.editing.Actions())
	r.Add(a.entries.Actions())
	r.Add(details.Keys{Pane: a.details, View: a.seen, Focused: func() bool { return a.panes.InDetails }, Follow: a.follow}.Actions())
	r.Add(a.fileActions())
	r.Sort(a.opt.Keys)
	return r
}

// KeptKeys stay with their action, by key, whatever is bound: without them one could not
// leave the screen, a line, or a box.
func KeptKeys() map[string]string {
	return map[string]string{"ctrl+c": quitName, "esc": clearName}
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
	all := make([]ActionViews, len(a.registry.Actions))
	for i, act := range a.registry.Actions {
		all[i].Name = act.Name
		for _, v := range a.views {
			if _, in := act.ByView[v]; in {
				all[i].Views = append(all[i].Views, v.Info().Name)
			}
		}
	}
	return all
}

// keyOf is how the first key of an action is printed, for messages that name it.
func (a *App) keyOf(name string) string {
	return cmp.Or(a.usedKey(name), name) // which the palette takes
}

// usedKey is keyOf of an action that has a key, otherwise empty.
func (a *App) usedKey(name string) string {
	if act := a.registry.Named(name); act != nil && len(act.Keys) > 0 {
		return view.KeyLabel(act.Keys[0])
	}
	return ""
}

// Actions are all actions, in the order of help. The list is made on each call,
// because nothing here may be changed by a caller.
func Actions() []view.Action {
	a := New(nil, Options{})
	return a.registry.List()
}
