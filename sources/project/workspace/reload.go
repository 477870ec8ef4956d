package workspace

import (
	"context"
	"fmt"
	"time"

	"darkroom/model/beside"
	"darkroom/model/curate"
)

// Reload reads darkroom.yml, manifests and sites again, as Open does with
// the same request, into a workspace that replaces this one: it has the same
// store and book, which are not read again and not changed. After an error this
// one is unchanged. No export may be running in this process.
func (w *Workspace) Reload(ctx context.Context, req Request) (*Workspace, error) {
	next, plan, err := prepare(req)
	if err != nil {
		return nil, err
	}
	if next.Root != w.Root {
		return nil, fmt.Errorf("the project is in %s now; start darkroom again", next.Root)
	}
	next.Store, next.Book = w.Store, w.Book
	l := &loading{w: next, req: req, store: w.Store}
	if err := l.run(ctx, plan); err != nil {
		return nil, err
	}
	if next.Graph, err = l.build(ctx); err != nil {
		return nil, err
	}
	if err := next.selectForRules(ctx); err != nil {
		return nil, err
	}
	next.endInterrupted()
	next.notes()
	return next, nil
}

// Outlook is what a book takes from a graph.
type Outlook struct {
	census   curate.Census
	defaults map[string]curate.Default
}

// Outlook looks at the graph without touching the book, so that the book's owner
// can be busy with it meanwhile.
func (w *Workspace) Outlook() Outlook {
	var o Outlook
	taken := beside.Do(func() { o.census = curate.Take(w.Graph) })
	o.defaults = curate.Defaults(w.Graph, w.rules())
	taken()
	return o
}

// Apply brings a book up to date: sites that were never seen before become its
// baseline, rules decide again. It gives the number of dashboards in the baseline.
func (o Outlook) Apply(b *curate.Book, now time.Time) int {
	n := b.Baseline(o.census, now)
	b.SetDefaults(o.defaults)
	return n
}
