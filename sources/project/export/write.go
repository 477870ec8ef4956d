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
	"darkroom/model/exposure/merge"
	"darkroom/sources/disk"
	"darkroom/sources/project/intent"
	"darkroom/sources/project/workspace"
)

// lastExport is the base of the merge, inside a project's folder.
const lastExport = intent.LastExport

// ToWrite is a plan with no more than Write needs, to be kept until then.
func (p *Plan) ToWrite() Plan {
	out := Plan{Files: make([]File, len(p.Files)), bases: p.bases, noBases: p.noBases}
	for i := range p.Files {
		f := &p.Files[i]
		out.Files[i] = File{Project: f.Project, Result: merge.Result{Name: f.Name, Old: f.Old, Text: f.Text, Changes: merge.Changes{Removed: f.Changes.Removed}}}
	}
	return out
}

// Write writes every changed file of a project together with its last export: after a
// crash in between, the next start takes them back (package intent). Nothing is
// written when one of the files changed on disk since the plan was made. Files that get
// an entry come before those that lose it. The end of ctx stops it only before the first.
func Write(ctx context.Context, p Plan) error { return write(ctx, p, intent.In) }

func write(ctx context.Context, p Plan, in func(root string) intent.Files) error {
	if p.noBases {
		return errors.New("this export was made to be shown, and cannot be written")
	}
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
	for _, b := range p.bases {
		if err := intent.Write(in(b.project.Root), changesOf(b, files)); err != nil {
			return explain(b.project, "", err)
		}
	}
	return nil
}

// WriteDecided keeps what was decided for this export and writes its files. A failure
// takes the decisions back.
func WriteDecided(ctx context.Context, w *workspace.Workspace, p Plan, decided curate.Change) error {
	ctx, done, err := disk.Begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := w.Keep(ctx, decided); err != nil {
		return err
	}
	if err := Write(ctx, p); err != nil {
		return errors.Join(err, w.TakeBack(ctx))
	}
	return nil
}

// changesOf are the changed files of a project, its last export at the end.
func changesOf(b baseExport, files []File) []intent.Change {
	var out []intent.Change
	for i := range files {
		if f := &files[i]; f.Project == b.project && f.Changed() {
			out = append(out, intent.Change{Name: f.Name, Old: f.Old, New: f.Text})
		}
	}
	if !bytes.Equal(b.old, b.new) {
		out = append(out, intent.Change{Name: lastExport, Old: b.old, New: b.new})
	}
	return out
}

// explain says which project the file belongs to, by a path that can be opened.
func explain(p *model.Project, name string, err error) error {
	if errors.Is(err, disk.ErrChanged) {
		return fmt.Errorf("%w; look at the difference again", err)
	}
	return fmt.Errorf("%s: %w", filepath.Join(p.Root, filepath.FromSlash(name)), err)
}
