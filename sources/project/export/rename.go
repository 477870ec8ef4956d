package export

import (
	"context"
	"errors"
	"slices"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/merge"
	"darkroom/model/exposure/yamledit"
	"darkroom/sources/project/workspace"
)

// PlanRename gives an exposure another name, and changes nothing else.
func PlanRename(ctx context.Context, w *workspace.Workspace, oldName, newName string) (Plan, error) {
	var first error
	for _, p := range w.Graph.Projects {
		if p.Root == "" {
			continue
		}
		pe, err := openProject(ctx, w, p, nil, nil)
		var out merge.Outcome
		if err == nil { // one project that cannot be read does not hide the others
			out, err = pe.disk.Rename(ctx, oldName, newName, func(name string) bool { return declaredElsewhere(p, pe.disk, name) })
		}
		if err == nil {
			var e Plan
			e.add(pe, exposure.Plan{}, out)
			return e, nil
		}
		var ferr *yamledit.Error
		if first == nil || errors.As(err, &ferr) && ferr.File != "" {
			first = err
		}
	}
	if first == nil {
		first = errors.New("no project with a folder is open")
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
