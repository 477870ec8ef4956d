// Package flat adds a list to a view that is a tree: each dashboard once, with the part
// of all views that is covered when everything down to it is included. The view is one
// of both at a time and keeps the cursor's dashboard when it changes.
//
// Not here: the tree and the table themselves (treeview, tableview), and the card on
// which a dashboard is decided (ui/explorer/card).
package flat

import (
	"context"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/view/treeview"
)

// Spec is what differs between flat lists.
type Spec struct {
	Info view.Info
	// Has reports whether a dashboard is in the list; nil is all of them. About says
	// which: "dashboards that read a model".
	Has   func(*lineage.Graph, *lineage.Dashboard) bool
	About string
}

// View is a tree that can be a list. It implements view.View: what is embedded is the
// one that is seen.
type View struct {
	view.View
	host  *view.Host
	spec  Spec
	tree  *treeview.View
	list  *list
	query *query.Bound
}

var (
	_ view.View     = (*View)(nil)
	_ view.Changing = (*View)(nil)
	_ view.Unfolder = (*View)(nil)
)

// New makes a view that begins as a tree.
func New(h *view.Host, tree *treeview.View, spec Spec) *View {
	spec.Info = tree.Info()
	return &View{View: tree, host: h, spec: spec, tree: tree, list: newList(h, spec)}
}

// flat reports that the list is seen.
func (v *View) flat() bool { return v.View == view.View(v.list) }

// toggle changes between tree and list.
func (v *View) toggle() {
	s, ok := v.At()
	view.EndRange(v.View)
	if v.flat() {
		v.View = v.tree
	} else {
		v.View = v.list
	}
	v.View.Filter(v.query)
	if d := s.Dashboard(v.host.Graph); ok && d != nil {
		v.Go(d.ID)
	}
}

func (v *View) Prepare(g *lineage.Graph, book *curate.Book) func() {
	tree, list := v.tree.Prepare(g, book), v.list.Prepare(g, book)
	return func() {
		tree()
		list()
	}
}

func (v *View) Changed(c curate.Change) bool {
	tree, list := v.tree.Changed(c), v.list.Changed(c)
	return tree || list
}

func (v *View) Resize(width, height int) {
	v.tree.Resize(width, height)
	v.list.Resize(width, height)
}

func (v *View) Filter(q *query.Bound) {
	v.query = q
	v.View.Filter(q)
}

func (v *View) Look() func(context.Context, *query.Bound) view.Answer {
	seen, find := v.View, v.View.Look()
	return func(ctx context.Context, q *query.Bound) view.Answer {
		a := find(ctx, q)
		show := a.Show
		a.Show = func() {
			v.query = q
			if v.View == seen {
				show()
			}
		}
		return a
	}
}

func (v *View) Crumbs() []string {
	if !v.flat() {
		return v.View.Crumbs()
	}
	return append([]string{v.spec.About}, v.list.Crumbs()...)
}

// Seen implements view.Changing: what tree and list can do besides is theirs.
func (v *View) Seen() view.View { return v.View }

// Unfold implements view.Unfolder.
func (v *View) Unfold() { v.tree.Unfold() }

// Text is the tree as plain text.
func (v *View) Text() string { return v.tree.Text() }
