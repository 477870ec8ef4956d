// Package backend is the explorer's Backend: each of its calls does what the
// application has for it (sources/project) with the workspace that is open.
//
// Not here: any rule of the application, and starting the explorer (ui/cli).
package backend

import (
	"context"
	"errors"
	"sync"
	"time"

	"darkroom/model/change"
	"darkroom/model/curate"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/model/selector"
	"darkroom/sources/git"
	"darkroom/sources/project/changes"
	"darkroom/sources/project/decisions"
	"darkroom/sources/project/export"
	"darkroom/sources/project/exposures"
	"darkroom/sources/project/spot"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/demo"
	"darkroom/ui/cli/webpage"
	"darkroom/ui/explorer"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/write"
	"darkroom/ui/text"
)

// Backend does the explorer's I/O on a workspace: it is its explorer.Backend.
type Backend struct {
	req  workspace.Request
	demo *demo.Demo
	find syncjob.Find
	// State is the folder of an earlier run that selectors compare with; empty for none.
	State string

	mu  sync.Mutex // the workspace comes from the goroutine that loads
	w   *workspace.Workspace
	err error // what went wrong after the screen was gone

	lookout exposures.Lookout // under graph
	graph   sync.Mutex        // over the workspace's graph, which a fix or a reload replaces

	typed syncjob.Typed // one sync runs at a time

	syncing sync.WaitGroup // grows under mu and not after closed
	closed  bool
}

var _ explorer.Backend = (*Backend)(nil)

// New is the backend of what req opens. example is nil for a project of one's own; find
// looks up secrets.
func New(req workspace.Request, example *demo.Demo, find syncjob.Find) *Backend {
	return &Backend{req: req, demo: example, find: find}
}

func (b *Backend) Load(ctx context.Context, report func(explorer.Progress), grow func(*lineage.Graph)) (explorer.Loaded, error) {
	req := b.req
	req.Progress = func(source string, read, total int64, done bool) {
		report(explorer.Progress{Source: source, Read: read, Total: total, Done: done})
	}
	req.Grow = grow
	w, err := workspace.Open(ctx, req)
	if err != nil {
		return explorer.Loaded{}, err
	}
	b.mu.Lock()
	b.w = w
	b.mu.Unlock()
	changed, err := changesOf(ctx, w)
	if err != nil {
		return explorer.Loaded{}, err
	}
	readOnly, _ := w.Store.ReadOnly()
	return explorer.Loaded{
		Title: w.Title(), Servers: len(syncjob.WithServer(w.Config.Sites)), Graph: w.Graph, Book: w.Book, By: git.Author(ctx, w.Root),
		Warnings: w.Warnings, ReadOnly: readOnly, Welcome: b.welcome(w), Changes: changed,
	}, nil
}

// welcome is what to know at the start: what an earlier session left, or what the demo is.
func (b *Backend) welcome(w *workspace.Workspace) string {
	if n := w.Store.Replayed(); n > 0 {
		return "resumed: " + text.Count(n, "change") + " of the last session, which did not end by itself"
	}
	return b.demo.Welcome()
}

// Unsaved is the file of the changes since the last save; empty when there are none.
func (b *Backend) Unsaved() string {
	if w := b.Workspace(); w != nil {
		return w.Store.Unsaved()
	}
	return ""
}

// changesOf are what changed since production's artifacts; nil without them.
func changesOf(ctx context.Context, w *workspace.Workspace) (*change.Set, error) {
	if w.Production == nil {
		return nil, nil
	}
	return changes.State(ctx, w)
}

// Workspace is the project as it was read last; nil before the first Load.
func (b *Backend) Workspace() *workspace.Workspace {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.w
}

func (b *Backend) Journal(c curate.Change) error { return b.Workspace().Store.Append(c) }

// Save implements explorer.Backend. What cannot be saved stays in the journal, so
// a failure is reported after the screen is gone and loses nothing.
func (b *Backend) Save(book *curate.Book) error {
	w := b.Workspace()
	if w == nil {
		return nil
	}
	err := w.Store.Save(book)
	if errors.Is(err, decisions.ErrReadOnly) {
		return nil // said on the screen from the start
	}
	b.mu.Lock()
	b.err = err
	b.mu.Unlock()
	return err
}

func (b *Backend) Selectable(ctx context.Context, book *curate.Book) (*selector.Universe, error) {
	w := b.Workspace()
	if w == nil {
		return nil, errors.New("the project is still being read")
	}
	b.graph.Lock()
	defer b.graph.Unlock()
	return exposures.Selectable(ctx, w, book, b.State)
}

func (b *Backend) Fix(ctx context.Context, c ledger.Fix, by string, at time.Time, undo bool) (*lineage.Graph, error) {
	w := b.Workspace()
	b.graph.Lock()
	defer b.graph.Unlock()
	g, err := export.KeepFix(ctx, w, c, by, at, undo)
	if err == nil {
		w.Graph = g
	}
	return g, err
}

func (b *Backend) Outlook(ctx context.Context, book *curate.Book) (*outlook.Outlook, error) {
	w := b.Workspace()
	if w == nil {
		return &outlook.Outlook{}, nil // nothing is loaded yet
	}
	b.graph.Lock()
	defer b.graph.Unlock()
	return b.lookout.Outlook(ctx, w, book)
}

func (b *Backend) Write(ctx context.Context, p write.Plan) error {
	e, ok := p.Payload.(export.Plan)
	if !ok {
		return errors.New("this plan is not from here")
	}
	b.graph.Lock() // a reload would take the export for an interrupted one
	defer b.graph.Unlock()
	if err := export.Write(ctx, e); err != nil {
		return err
	}
	if b.demo != nil {
		b.demo.Wrote = true
	}
	return nil
}

func (b *Backend) Locate(_ context.Context, p view.Place) (file string, line int, err error) {
	var s spot.Spot
	if p.Resource != nil {
		b.graph.Lock()
		projects := b.Workspace().Graph.Projects
		b.graph.Unlock()
		s, err = spot.OfResource(p.Project, projects, p.Resource)
	} else {
		s, err = spot.OfExposure(p.Project, p.File, p.Exposure)
	}
	return s.File, s.Line, err
}

func (b *Backend) OpenURL(url string) error { return webpage.Open(url) }

// begin counts a sync in, unless the end has begun: the explorer starts syncs in
// goroutines of their own, and one may come late.
func (b *Backend) begin() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.closed {
		b.syncing.Add(1)
	}
	return !b.closed
}

// Close ends with the workspace. A sync has been called off by then and is given
// a moment to sign out and to close its files.
func (b *Backend) Close() {
	b.mu.Lock()
	b.closed = true
	b.mu.Unlock()
	ended := make(chan struct{})
	go func() {
		b.syncing.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(3 * time.Second):
	}
	if w := b.Workspace(); w != nil {
		w.Close()
	}
}

// Failure is what went wrong after the screen was gone.
func (b *Backend) Failure() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}
