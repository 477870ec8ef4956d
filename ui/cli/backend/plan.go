package backend

import (
	"context"
	"errors"
	"slices"
	"strings"

	"darkroom/model/curate"
	"darkroom/model/exposure/merge"
	"darkroom/model/outlook"
	"darkroom/sources/project/export"
	"darkroom/ui/explorer/write"
)

func (b *Backend) Plan(ctx context.Context, book *curate.Book, answers write.Answers) (write.Plan, error) {
	b.graph.Lock()
	defer b.graph.Unlock()
	if err := b.Workspace().Writable(); err != nil {
		return write.Plan{}, err
	}
	e, err := export.PlanExport(ctx, b.Workspace(), book, export.Options{
		Settle: merge.Settle{Take: answers.Take, Keep: answers.Keep},
	})
	if err != nil {
		return write.Plan{}, err
	}
	return b.shown(ctx, &e)
}

func (b *Backend) Adopt(ctx context.Context, of *outlook.Entry, take []string) (write.Plan, error) {
	b.graph.Lock()
	defer b.graph.Unlock()
	if err := b.Workspace().Writable(); err != nil {
		return write.Plan{}, err
	}
	e, err := export.PlanAdopt(ctx, b.Workspace(), export.AdoptRequest{Names: []string{nameOf(of)}, Take: take})
	switch {
	case err != nil:
		return write.Plan{}, err
	case len(e.Adopted) == 0 && len(e.Refusals) > 0:
		return write.Plan{}, errors.New("not adopted: " + e.Refusals[0].Error())
	}
	p, err := b.shown(ctx, &e.Plan)
	if err != nil {
		return write.Plan{}, err
	}
	p.Title, p.Include = "What adopting "+of.Name+" changes", e.Include
	p.About = append([]string{
		"darkroom marks the entry as its own, in its place, includes the dashboard, and keeps up to date what you did not write. " +
			"What you wrote stays. u does not undo it in the file; git does.",
	}, p.About...)
	return p, nil
}

// nameOf is the name of an exposure, which those of other projects may have, too.
func nameOf(e *outlook.Entry) string {
	if e.In == nil {
		return e.Name
	}
	return e.In.Name + "." + e.Name
}

func (b *Backend) Rename(ctx context.Context, of *outlook.Entry, newName string) (write.Plan, error) {
	b.graph.Lock()
	defer b.graph.Unlock()
	if err := b.Workspace().Writable(); err != nil {
		return write.Plan{}, err
	}
	e, err := export.PlanRename(ctx, b.Workspace(), nameOf(of), newName)
	if err != nil {
		return write.Plan{}, err
	}
	p, err := b.shown(ctx, &e)
	if err != nil {
		return write.Plan{}, err
	}
	p.Title = "What renaming " + of.Name + " changes"
	p.About = append([]string{"Selectors such as exposure:" + of.Name + " have to be changed by hand where you use them. Another rename undoes it."}, p.About...)
	return p, nil
}

// shown is a plan as the explorer shows it. The error is that of ctx.
func (b *Backend) shown(ctx context.Context, e *export.Plan) (write.Plan, error) {
	plan := write.Plan{Payload: e.ToWrite(), Notes: slices.Clone(e.Notes)}
	for i := range e.Files {
		f := &e.Files[i]
		plan.Written += len(f.Names)
		shown, err := filePlan(ctx, f)
		if err != nil {
			return write.Plan{}, err
		}
		plan.Files = append(plan.Files, shown)
	}
	if b.demo != nil {
		plan.About = append(plan.About, "This is the demo: it writes into "+b.demo.Dir+", and nothing outside of it.")
	}
	for _, c := range e.Conflicts {
		plan.Conflicts = append(plan.Conflicts, write.Conflict{Name: c.Name, Field: c.Field, Tool: c.Tool, Yours: c.Theirs, Theirs: c.Ours, Moved: c.NeedsAnswer, Why: c.Problem})
	}
	for i := range e.Items {
		if it := &e.Items[i]; it.What == merge.Stays || it.What == merge.Unreadable {
			plan.Notes = append(plan.Notes, strings.TrimPrefix(it.Name+": ", ": ")+it.Note)
		}
	}
	for _, r := range e.Removals {
		plan.Removals = append(plan.Removals, r.String()+"; "+r.Fix)
	}
	for _, k := range e.Kept {
		plan.Notes = append(plan.Notes, k.String())
	}
	for _, r := range e.Refusals {
		// Several projects can refuse a dashboard for the same reason.
		if left := (write.Refusal{Key: r.Key, Title: r.Title, Rule: r.Rule, Fix: r.Fix}); !slices.Contains(plan.Refusals, left) {
			plan.Refusals = append(plan.Refusals, left)
		}
	}
	return plan, nil
}

func filePlan(ctx context.Context, f *export.File) (write.FilePlan, error) {
	var diff strings.Builder
	if more := len(f.Text) - len(f.Old); more > 0 {
		diff.Grow(more + more/16) // each line that is new, with its sign
	}
	if err := f.WriteDiff(ctx, &diff); err != nil {
		return write.FilePlan{}, err
	}
	p := write.FilePlan{
		Path: f.Project.Name + ": " + f.Name, Diff: diff.String(),
		Added: f.Changes.Added, Changed: f.Changes.Changed, Removed: f.Changes.Removed,
	}
	for _, e := range f.OldLines {
		p.Old = append(p.Old, write.EntryLine(e))
	}
	for _, e := range f.NewLines {
		p.New = append(p.New, write.EntryLine(e))
	}
	return p, nil
}
