package exposures

import (
	"context"
	"path"
	"slices"
	"strings"

	"darkroom/model/curate"
	"darkroom/model/outlook"
	"darkroom/model/selector"
	"darkroom/sources/project/workspace"
)

// Selectable is everything that selectors can mean: what the manifests have, the
// dashboards, and the exposures that darkroom wrote and dbt has not parsed yet. Book
// is what is decided, and state the folder of an earlier run, empty for none.
func Selectable(ctx context.Context, w *workspace.Workspace, book *curate.Book, state string) (*selector.Universe, error) {
	list, err := List(ctx, w, book)
	if err != nil {
		return nil, err
	}
	return SelectableOf(ctx, w, list, state)
}

// SelectableOf is [Selectable] with a list of exposures.
func SelectableOf(ctx context.Context, w *workspace.Workspace, list []*outlook.Entry, state string) (*selector.Universe, error) {
	var pending []selector.Node
	for _, x := range list {
		if x.Unparsed {
			node := []selector.Node{{
				ID: x.ID, Type: "exposure", Name: x.Name, Package: x.In.Name, Project: x.In.Name, Path: x.Path, FQN: fqnOf(x), Parents: x.DependsOn, Uncompared: true,
			}}
			w.Graph.Distinguish(x.In, node)
			pending = append(pending, node...)
		}
	}
	return w.Selectable(ctx, state, pending)
}

// fqnOf is the FQN that dbt will give an exposure: the folders below the first one.
func fqnOf(x *outlook.Entry) []string {
	_, below, _ := strings.Cut(x.Path, "/")
	fqn := []string{x.In.Name}
	if dir := path.Dir(below); dir != "." {
		fqn = append(fqn, strings.Split(dir, "/")...)
	}
	return append(slices.Clip(fqn), x.Name)
}
