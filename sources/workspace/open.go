package workspace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/sources/dbt"
	"darkroom/sources/tableau"
)

// Request says what to open.
type Request struct {
	// Dir is a dbt project or a folder inside one; empty is the current one.
	Dir string
	// Manifests replace those that darkroom.yml names, Tableau the sites'
	// snapshots. Both are paths as given on the command line.
	Manifests, Tableau []string
	// ReadOnly is for commands that decide nothing: no lock is taken.
	ReadOnly bool
	// Progress is told how far a source is. It is called from several
	// goroutines, one call at a time. Nil is fine.
	Progress func(source string, read, total int64, done bool)
	// Grow gets the graph each time it has become larger. Nil is fine.
	Grow func(*lineage.Graph)
}

// Workspace is an opened project: everything read, and the decisions.
type Workspace struct {
	Root     string // folder of darkroom.yml, decisions and the main dbt project
	Config   *Config
	Graph    *lineage.Graph
	Book     *curate.Book
	Store    *Store
	Warnings []string // things to know, none of them fatal
	// Baseline counts the dashboards of sites that were never seen before: all of
	// them are known from now on, and none is news.
	Baseline int

	missing []string // configured sites without a snapshot, with where it would be
}

// noTableau is said when a lineage has no Tableau side.
const noTableau = "no Tableau metadata is loaded: give --tableau FILE, or name a snapshot under sites: in " + ConfigName + "; darkroom init sets a server up"

// Comparable is the error of a command that vouches for something, such as
// export --check, when Tableau data it should have looked at is not loaded: no
// site at all, or a configured one without a snapshot. Files given on the command
// line are what the caller wants looked at; see [Export.NotChecked] for the rest.
func (w *Workspace) Comparable() error {
	switch {
	case len(w.missing) > 0:
		return fmt.Errorf("nothing was checked: no snapshot of site %s; run darkroom sync, give --tableau FILE, or name the snapshot in %s",
			strings.Join(w.missing, ", "), ConfigName)
	case len(w.Graph.Sites) == 0:
		return errors.New("nothing was checked: " + noTableau)
	}
	return nil
}

// Close gives the lock back. It does not save decisions; see Store.Save.
func (w *Workspace) Close() error {
	if w.Store == nil {
		return nil
	}
	return w.Store.Close()
}

// Open finds the project and reads its manifests and Tableau sites at once, each
// in a goroutine of its own. A source that cannot be read is an error: half a
// lineage would look like a whole one.
func Open(ctx context.Context, req Request) (*Workspace, error) {
	w, plan, err := prepare(req)
	if err != nil {
		return nil, err
	}
	l := &loading{w: w, req: req}
	if err := l.run(ctx, plan); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	if w.Graph, err = l.build(); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	w.Baseline = w.Outlook().Tell(w.Book, time.Now())
	w.notes()
	return w, nil
}

// sources are the files to read.
type sources struct {
	manifests []string
	sites     []siteSource
}

type siteSource struct {
	path string
	opt  tableau.Options
}

// prepare finds the folder, reads its configuration and lists what to load.
func prepare(req Request) (*Workspace, sources, error) {
	var plan sources
	dir := req.Dir
	if dir == "" {
		dir = "."
	}
	layout, missing := dbt.FindProject(dir)
	w := &Workspace{Root: layout.Root}
	if w.Root == "" {
		if len(req.Manifests) == 0 {
			return nil, plan, missing
		}
		abs, err := filepath.Abs(dir)
		if err != nil {
			return nil, plan, err
		}
		w.Root = abs
	}
	var err error
	if w.Config, err = LoadConfig(w.Root); err != nil {
		return nil, plan, err
	}
	switch {
	case len(req.Manifests) > 0:
		plan.manifests = req.Manifests
	case len(w.Config.Manifests) > 0:
		for _, m := range w.Config.Manifests {
			plan.manifests = append(plan.manifests, w.Config.Path(m))
		}
	case missing != nil:
		return nil, plan, missing
	default:
		plan.manifests = []string{layout.ManifestPath}
	}
	plan.sites, err = w.siteSources(req)
	return w, plan, err
}

// siteSources lists the Tableau files: those of the command line, or the
// snapshots of the configured sites. A configured site without a snapshot is
// told, not failed: it has not been synced yet.
func (w *Workspace) siteSources(req Request) ([]siteSource, error) {
	var out []siteSource
	for _, path := range req.Tableau {
		opt := tableau.Options{}
		if s, ok := w.Config.siteOf(path); ok {
			opt = s.options()
		}
		out = append(out, siteSource{path, opt})
	}
	if len(out) > 0 {
		return out, nil
	}
	for _, s := range w.Config.Sites {
		path := w.Config.Path(s.Snapshot)
		if !exists(path) {
			w.missing = append(w.missing, fmt.Sprintf("%s (%s is not there)", s.Name, s.Snapshot))
			w.Warnings = append(w.Warnings, fmt.Sprintf("site %s has no snapshot yet (%s): %s", s.Name, s.Snapshot, s.firstSync()))
			continue
		}
		out = append(out, siteSource{path, s.options()})
	}
	if len(out) == 0 {
		w.Warnings = append(w.Warnings, noTableau)
	}
	return out, nil
}

// firstSync is how a snapshot that is not there comes to be.
func (s Site) firstSync() string {
	if s.Server == "" {
		return "put the file there, or give the site a server: to sync with"
	}
	return "darkroom sync fetches it, as r does in the explorer"
}

// siteOf finds the configured site whose snapshot a path is.
func (c *Config) siteOf(path string) (Site, bool) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return Site{}, false
	}
	i := slices.IndexFunc(c.Sites, func(s Site) bool { return c.Path(s.Snapshot) == abs })
	if i < 0 {
		return Site{}, false
	}
	return c.Sites[i], true
}

func (s Site) options() tableau.Options {
	server := s.Server
	if s.PublicURL != "" {
		server = s.PublicURL
	}
	return tableau.Options{Server: server, ContentURL: s.Site, Name: s.Name}
}

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

// inScope asks the configured scope about a dashboard.
func (w *Workspace) inScope(d *lineage.Dashboard) bool {
	return w.Config.Scope.Allows(curate.SubjectOf(d))
}

// notes adds what is to be known of the graph as a whole. What scope and rules ask
// for in vain comes first: it may be why nothing is shown.
func (w *Workspace) notes() {
	w.noteScope()
	w.noteUnfit()
	w.noteCollections()
}

func (w *Workspace) noteScope() {
	if n := w.Graph.OutOfScope; n > 0 {
		w.Warnings = append(w.Warnings, fmt.Sprintf("%d dashboards are out of scope (personal spaces, or scope: in %s)", n, ConfigName))
	}
}

// short is a path as people know it: relative to the project where it is inside.
func (w *Workspace) short(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(w.Root, abs); err == nil && !strings.HasPrefix(rel, "..") {
		return filepath.ToSlash(rel)
	}
	return path
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func (c *Config) name() string {
	if c.File != "" {
		return c.File
	}
	return ConfigName
}
