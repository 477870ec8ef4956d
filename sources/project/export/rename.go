package export

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/merge"
	"darkroom/model/exposure/yamledit"
	"darkroom/sources/project/workspace"
)

// PlanRename gives an exposure, "margin" or "shop.margin" with the project, another name,
// and changes nothing else.
func PlanRename(ctx context.Context, w *workspace.Workspace, oldName, newName string) (Plan, error) {
	var first error
	var found []Plan
	var in []string
	for _, p := range w.Targets() {
		bare, ok := inProject(w.Targets(), p, oldName)
		if p.Root == "" || !ok {
			continue
		}
		pe, err := openProject(ctx, w, p, nil, nil)
		var out merge.Outcome
		if err == nil { // one project that cannot be read does not hide the others
			out, err = pe.disk.Rename(ctx, bare, newName, func(name string) bool { return declaredElsewhere(p, pe.disk, name) })
		}
		if err == nil {
			var e Plan
			e.add(pe, exposure.Plan{}, out)
			found, in = append(found, e), append(in, p.Name+"."+bare)
			continue
		}
		var ferr *yamledit.Error
		if first == nil || errors.As(err, &ferr) && ferr.File != "" {
			first = err
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return Plan{}, &yamledit.Error{
			Kind: merge.ErrName, Problem: fmt.Sprintf("%d projects have an exposure %s", len(found), oldName), Fix: "say which: " + strings.Join(in, ", "),
		}
	case first == nil:
		return Plan{}, errors.New("no project with a folder is open")
	}
	return Plan{}, first
}

// declaredElsewhere: the manifest has an exposure of that name in a file of the
// project that was not read.
func declaredElsewhere(p *model.Project, disk *merge.Disk, name string) bool {
	return slices.ContainsFunc(p.Exposures, func(e model.Exposure) bool {
		return e.Name == name && (e.Package == p.Name || e.Package == "") && !disk.WasRead(e.Path)
	})
}
