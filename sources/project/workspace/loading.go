package workspace

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"darkroom/model"
	"darkroom/model/beside"
	"darkroom/model/lineage"
	"darkroom/sources/dbt"
	"darkroom/sources/project/config"
	"darkroom/sources/project/decisions"
	"darkroom/sources/project/viewcounts"
)

// loading gathers what the goroutines read.
type loading struct {
	w   *Workspace
	req Request

	mu         sync.Mutex
	store      *decisions.Store
	projects   []*model.Project // in the order of the plan; nil while not read
	production *model.Project   // of the state
	outdated   []*model.Project // whose manifests are older than they are
	sites      [][]*model.Site
	left       int            // manifests and sites that are still being read
	larger     bool           // something came that is not in the graph that was built last
	building   bool           // a goroutine builds, and shows, what there is
	built      *lineage.Graph // the last one
}

// run reads all sources and the store at once; the first error ends the others.
func (l *loading) run(ctx context.Context, plan sources) error {
	l.projects = make([]*model.Project, len(plan.manifests))
	l.sites = make([][]*model.Site, len(plan.sites))
	l.left = len(plan.manifests) + len(plan.sites)
	group, ctx := errgroup.WithContext(ctx)
	later := l.w.elsewhere // what the manifests are decides whether decisions are kept
	if l.store == nil && !later {
		group.Go(beside.Go(l.openStore))
	}
	for i, path := range plan.manifests {
		group.Go(beside.Go(func() error { return l.manifest(ctx, i, path) }))
	}
	for i, src := range plan.sites {
		group.Go(beside.Go(func() error { return l.site(ctx, i, src) }))
	}
	if l.req.State != "" {
		group.Go(beside.Go(func() error { return l.state(ctx) }))
	}
	if err := beside.Throw(group.Wait()); err != nil {
		return err
	}
	if err := l.produce(); err != nil {
		return err
	}
	l.w.settle(l.projects)
	if l.store == nil && later {
		return l.openStore()
	}
	return nil
}

func (l *loading) manifest(ctx context.Context, i int, path string) error {
	name := l.w.short(path)
	l.progress(name, 0, 0, false)
	p, err := dbt.LoadProject(ctx, path, dbt.Options{
		Progress: func(read, total int64) { l.progress(name, read, total, false) },
		Warn:     func(err error) { l.warn(err.Error()) },
	})
	if err != nil {
		return err
	}
	p.DocsURL = l.w.Config.DocsURL
	for _, path := range l.req.Results {
		if err := dbt.AddResults(ctx, p, path); err != nil {
			return err
		}
	}
	l.progress(name, 0, 0, true)
	if err := l.grow(ctx, func() { l.projects[i] = p }); err != nil {
		return err
	}
	old := dbt.Outdated(ctx, p, name)
	if old != nil && !l.req.StrictManifest {
		l.warn(old.Error())
		l.mu.Lock()
		defer l.mu.Unlock()
		l.outdated = append(l.outdated, p)
		return nil
	}
	return old
}

func (l *loading) site(ctx context.Context, i int, src siteSource) error {
	name := l.w.short(src.path)
	l.progress(name, 0, 0, false)
	sites, err := src.reader.Load(ctx, src.path, src.names)
	if err != nil {
		return err
	}
	counts, err := viewcounts.Read(src.path)
	if err != nil {
		l.warn(err.Error())
	}
	for _, s := range sites {
		s.Usage = counts
		for _, why := range s.Partial {
			l.warn(s.Name + " is incomplete: " + why)
		}
	}
	l.progress(name, 0, 0, true)
	return l.grow(ctx, func() { l.sites[i] = sites })
}

func (l *loading) openStore() error {
	root, opt, err := l.w.storeOptions(l.req.ReadOnly, l.projects)
	if err != nil {
		return err
	}
	opt.Warn = func(err error) { l.warn(err.Error()) }
	store, book, err := decisions.Open(root, opt)
	if err != nil {
		return err
	}
	l.w.Store, l.w.Book = store, book
	l.mu.Lock()
	defer l.mu.Unlock()
	l.store = store
	return nil
}

// grow takes a source in, and builds the larger graph, and shows it, while others are being
// read: that of everything shares what there is of dbt with it. With the last one the graph is
// built at once, for good.
func (l *loading) grow(ctx context.Context, add func()) error {
	if !l.add(add) {
		return nil
	}
	for l.more() {
		g, err := l.build(ctx)
		switch {
		case l.req.Grow == nil: // what is wrong is said at the end, in the same order each time
		case err != nil:
			return err
		case l.waits():
			l.req.Grow(g)
		}
		if err == nil && len(l.sites) > 0 {
			g.Matcher().Prepare()
		}
	}
	return nil
}

// add takes a source in. It reports whether the caller has to build: what comes while
// another goroutine does is built by that one.
func (l *loading) add(add func()) (builds bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	add()
	l.left--
	l.larger = true
	if l.building || l.req.State != "" { // the present manifest's graph is not the one that is shown
		return false
	}
	l.building = true
	return true
}

// more reports whether there is more to build, and more to wait for. Where nothing is shown,
// that is the side of dbt alone.
func (l *loading) more() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.building = l.larger && l.left > 0 && (l.req.Grow != nil || !slices.Contains(l.projects, nil) && len(slices.Concat(l.sites...)) == 0)
	l.larger = false
	return l.building
}

// waits reports whether there is still something to wait for.
func (l *loading) waits() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.left > 0
}

// build makes the graph of what has been read so far.
func (l *loading) build(ctx context.Context) (*lineage.Graph, error) {
	l.mu.Lock()
	projects := slices.DeleteFunc(slices.Clone(l.projects), func(p *model.Project) bool { return p == nil })
	sites, store := slices.Concat(l.sites...), l.store
	l.mu.Unlock()
	g, err := l.w.build(ctx, projects, sites, store, l.built)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cmp.Or(l.w.Config.File, config.Name), err)
	}
	l.built = g
	return g, nil
}

func (l *loading) progress(source string, read, total int64, done bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.req.Progress != nil {
		l.req.Progress(source, read, total, done)
	}
}

func (l *loading) warn(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.w.Warnings = append(l.w.Warnings, text)
}
