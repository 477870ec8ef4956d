package workspace

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/sources/dbt"
)

// loading gathers what the goroutines read.
type loading struct {
	w   *Workspace
	req Request

	mu       sync.Mutex
	store    *Store
	projects []*model.Project // in the order of the plan; nil while not read
	sites    [][]*model.Site
}

func (l *loading) run(ctx context.Context, plan sources) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	l.projects = make([]*model.Project, len(plan.manifests))
	l.sites = make([][]*model.Site, len(plan.sites))
	errs := make([]error, len(plan.manifests)+len(plan.sites)+1)
	var wg sync.WaitGroup
	start := func(slot int, load func() error) {
		wg.Go(func() {
			if errs[slot] = load(); errs[slot] != nil {
				cancel()
			}
		})
	}
	if l.store == nil {
		start(len(errs)-1, func() error { return l.openStore() })
	}
	for i, path := range plan.manifests {
		start(i, func() error { return l.manifest(ctx, i, path) })
	}
	for i, src := range plan.sites {
		start(len(plan.manifests)+i, func() error { return l.site(ctx, i, src) })
	}
	wg.Wait()
	return firstCause(errs)
}

// firstCause drops the cancellations that the first real error caused.
func firstCause(errs []error) error {
	var real []error
	var any error
	for _, err := range errs {
		if err != nil {
			any = err
			if !errors.Is(err, context.Canceled) {
				real = append(real, err)
			}
		}
	}
	if len(real) > 0 {
		return errors.Join(real...)
	}
	return any
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
	l.progress(name, 0, 0, true)
	return l.grow(func() { l.projects[i] = p })
}

func (l *loading) site(ctx context.Context, i int, src siteSource) error {
	name := l.w.short(src.path)
	l.progress(name, 0, 0, false)
	sites, err := loadSites(ctx, src.path, src.opt)
	if err != nil {
		return err
	}
	for _, s := range sites {
		for _, why := range s.Partial {
			l.warn(s.Name + " is not whole: " + why)
		}
	}
	l.progress(name, 0, 0, true)
	return l.grow(func() { l.sites[i] = sites })
}

func (l *loading) openStore() error {
	store, book, err := OpenStore(l.w.Root, StoreOptions{ReadOnly: l.req.ReadOnly, Warn: func(err error) { l.warn(err.Error()) }})
	if err != nil {
		return err
	}
	l.w.Store, l.w.Book = store, book
	l.mu.Lock()
	defer l.mu.Unlock()
	l.store = store
	return nil
}

// grow takes a source in and shows the larger graph.
func (l *loading) grow(add func()) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	add()
	if l.req.Grow == nil {
		return nil
	}
	g, err := l.buildLocked()
	if err == nil {
		l.req.Grow(g)
	}
	return err
}

func (l *loading) build() (*lineage.Graph, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buildLocked()
}

func (l *loading) buildLocked() (*lineage.Graph, error) {
	var projects []*model.Project
	for _, p := range l.projects {
		if p != nil {
			projects = append(projects, p)
		}
	}
	g, err := lineage.Build(projects, slices.Concat(l.sites...), lineage.Options{Match: l.w.Config.Match(l.store), InScope: l.w.inScope})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.w.Config.name(), err)
	}
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
