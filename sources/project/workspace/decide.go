package workspace

import (
	"context"
	"time"

	"darkroom/model/curate"
	"darkroom/sources/disk"
	"darkroom/sources/git"
)

// Decide keeps a decision about dashboards, signed, in the journal and in the file.
func (w *Workspace) Decide(ctx context.Context, keys []string, d curate.Decision, why string) error {
	return w.Keep(ctx, w.Choose(ctx, keys, d, why))
}

// Choose is Decide for a decision that is kept later, with Keep.
func (w *Workspace) Choose(ctx context.Context, keys []string, d curate.Decision, why string) curate.Change {
	return w.Book.Set(keys, d, curate.Meta{At: time.Now(), By: git.Author(ctx, w.Root), Why: why, About: w.Graph.About})
}

// TakeBack undoes the last decision.
func (w *Workspace) TakeBack(ctx context.Context) error {
	c, _ := w.Book.Undo()
	return w.Keep(ctx, c)
}

// MarkReviewed keeps what the Inbox says about these dashboards as looked at, with the
// baseline, and gives the number of dashboards for which that changes anything.
func (w *Workspace) MarkReviewed(ctx context.Context, keys []string) (int, error) {
	change := w.Book.Review(keys, curate.Take(w.Graph), curate.Meta{At: time.Now(), By: git.Author(ctx, w.Root)})
	return len(change.Seen), w.Keep(ctx, change)
}

// SaveReplayed writes the decisions of a session that ended before it saved into
// their file, so that what follows from them is not committed without them.
func (w *Workspace) SaveReplayed() error {
	if _, readOnly := w.Store.ReadOnly(); readOnly || w.Store.Replayed() == 0 {
		return nil
	}
	return w.Store.Save(w.Book)
}

// Keep writes a change of the book.
func (w *Workspace) Keep(ctx context.Context, c curate.Change) error {
	_, done, err := disk.Begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := w.Store.Append(c); err != nil {
		return err
	}
	return w.Store.Save(w.Book)
}
