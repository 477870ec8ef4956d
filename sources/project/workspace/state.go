package workspace

import (
	"context"
	"os"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/sources/dbt"
	"darkroom/sources/disk"
)

// state reads the project of production's artifacts.
func (l *loading) state(ctx context.Context) (err error) {
	path, err := dbt.ManifestIn(l.req.State)
	if err != nil {
		return err
	}
	l.production, err = dbt.LoadProject(ctx, path, dbt.Options{Warn: func(err error) { l.warn(err.Error()) }})
	if err == nil {
		l.production.DocsURL = l.w.Config.DocsURL
	}
	return err
}

// produce puts the project of production into the place of the present one.
func (l *loading) produce() error {
	p := l.production
	if p == nil {
		return nil
	}
	var names []string
	for i, present := range l.projects {
		if present.Name != p.Name {
			names = append(names, present.Name)
			continue
		}
		if sameFile(present.File, p.File) {
			return &disk.Error{
				Kind: disk.ErrInvalid, File: p.File, What: "is the manifest of the change and the one to compare it with",
				Fix: "name a folder with production's artifacts with --state",
			}
		}
		p.Root = present.Root
		l.projects[i], l.w.Present, l.w.Production = p, present, p
		l.w.PresentOutdated = slices.Contains(l.outdated, present)
		return nil
	}
	return &disk.Error{
		Kind: disk.ErrInvalid, File: p.File, What: "want a manifest of " + strings.Join(names, " or ") + ", got one of " + disk.Clip(p.Name),
		Fix: "name the folder with the artifacts of the same project with --state",
	}
}

func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// readFrom is the manifest that a project's nodes are selected from: of that of production
// the present one.
func (w *Workspace) readFrom(p *model.Project) *model.Project {
	if p == w.Production && w.Present != nil {
		return w.Present
	}
	return p
}
