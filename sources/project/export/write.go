package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/sources/disk"
	"darkroom/sources/project/workspace"
)

// Write writes every changed file and then the last exports. Nothing is
// written when one of the files changed on disk since the plan was made. Files
// that get an entry come before those that lose it, so that a crash between them
// leaves an entry twice, which the next export puts right, and never loses it.
func Write(ctx context.Context, p Plan) error {
	_, done, err := disk.Begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	files := slices.Clone(p.Files)
	slices.SortStableFunc(files, func(a, b File) int { return len(a.Changes.Removed) - len(b.Changes.Removed) })
	for i := range files {
		f := &files[i]
		old, err := disk.ReadInside(f.Project.Root, f.Name)
		if err != nil {
			return explain(f.Project, f.Name, err)
		}
		if (old == nil) != (f.Old == nil) || !bytes.Equal(old, f.Old) {
			return explain(f.Project, f.Name, disk.Changed(filepath.Join(f.Project.Root, filepath.FromSlash(f.Name)), old == nil, f.Old == nil))
		}
	}
	for i := range files {
		f := &files[i]
		if !f.Changed() {
			continue
		}
		var err error
		if f.Text == nil {
			err = disk.RemoveInside(f.Project.Root, f.Name)
		} else {
			err = disk.WriteInside(f.Project.Root, f.Name, f.Text, f.Old)
		}
		if err != nil {
			return explain(f.Project, f.Name, err)
		}
	}
	for _, b := range p.bases {
		if bytes.Equal(b.old, b.new) {
			continue
		}
		if err := disk.WriteInside(b.project.Root, lastExport, b.new, b.old); err != nil {
			return explain(b.project, lastExport, err)
		}
	}
	return nil
}

// WriteDecided keeps what was decided for this export and writes its files.
func WriteDecided(ctx context.Context, w *workspace.Workspace, p Plan, decided curate.Change) error {
	ctx, done, err := disk.Begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := w.Keep(ctx, decided); err != nil {
		return err
	}
	return Write(ctx, p)
}

// explain says which project the file belongs to, by a path that can be opened.
func explain(p *model.Project, name string, err error) error {
	if errors.Is(err, disk.ErrChanged) {
		return fmt.Errorf("%w; look at the difference again", err)
	}
	return fmt.Errorf("%s: %w", filepath.Join(p.Root, filepath.FromSlash(name)), err)
}
