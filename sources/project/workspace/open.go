package workspace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/sources/dbt"
	"darkroom/sources/project/config"
	"darkroom/sources/project/decisions"
	"darkroom/sources/project/tools"
)

// Request says what to open.
type Request struct {
	// Dir is a dbt project or a folder inside one; see [config.Find] for an empty one.
	Dir string
	// Manifests replace those that darkroom.yml names, Metadata the sites'
	// snapshots. Both are paths as given on the command line.
	Manifests, Metadata []string
	// Tools are the BI tools whose files are read; empty means tools.All.
	Tools tools.List
	// StrictManifest makes an outdated manifest an error, not a warning.
	StrictManifest bool
	// Results are files or folders with the results of more runs; see [dbt.AddResults].
	Results []string
	// State is the folder of production's artifacts: its manifest gives the lineage in
	// place of the present one of the same project, which is kept as [Workspace.Present].
	// Empty is none.
	State string
	// ReadOnly is for commands that decide nothing: no lock is taken.
	ReadOnly bool
	// Progress gets how far a source is. It is called from several
	// goroutines, one call at a time. Nil is fine.
	Progress func(source string, read, total int64, done bool)
	// Grow gets the graph of what has been read so far, while more is being read; not that
	// of everything, which is the workspace's. One call at a time. Nil is fine.
	Grow func(*lineage.Graph)
}

func (r Request) readers() tools.List {
	if len(r.Tools) == 0 {
		return tools.All()
	}
	return r.Tools
}

// Workspace is an opened project: everything read, and the decisions.
type Workspace struct {
	Root     string // folder of the decisions and of the main dbt project; see config.Home
	Config   *config.Config
	Graph    *lineage.Graph
	Book     *curate.Book
	Store    *decisions.Store
	Warnings []string // things to know, none of them fatal
	// Present is the project as its own manifest has it, where Production, one of the
	// graph's, is from [Request.State]; nil otherwise.
	Present, Production *model.Project
	// PresentOutdated: the manifest of Present is older than its project.
	PresentOutdated bool
	// Baseline counts the dashboards of sites that were never seen before: all of
	// them are marked as seen, and none is reported as new.
	Baseline int

	selected []map[string]bool // by rule: the keys that its selectors mean

	state     string        // see Request.State
	missing   []config.Site // configured, but without a snapshot
	project   dbt.Layout    // the dbt project one is in; its Root may be empty
	elsewhere bool          // the manifests of the command line lie outside of it
}

// noMetadata is said when a lineage has dbt's side alone.
const noMetadata = "no Tableau metadata is loaded: give --tableau FILE, or name a snapshot under sites: in " + config.Name + "; darkroom init sets a server up"

// Comparable is the error of a command that confirms something, such as
// export --check, when data of a BI tool that it should have looked at is not loaded: no
// site at all, or a configured one without a snapshot. Files given on the command
// line are what the caller wants looked at; the NotChecked of an export says the rest.
func (w *Workspace) Comparable() error {
	switch {
	case len(w.missing) > 0:
		names := make([]string, len(w.missing))
		for i, s := range w.missing {
			names[i] = fmt.Sprintf("%s (%s is not there)", s.Name, s.Snapshot)
		}
		return fmt.Errorf("nothing was checked: no snapshot of site %s; run darkroom sync, give --tableau FILE, or name the snapshot in %s",
			strings.Join(names, ", "), config.Name)
	case len(w.Graph.Sites) == 0:
		return errors.New("nothing was checked: " + noMetadata)
	}
	return nil
}

// Title names the workspace after its dbt projects.
func (w *Workspace) Title() string {
	names := make([]string, len(w.Graph.Projects))
	for i, p := range w.Graph.Projects {
		names[i] = p.Name
	}
	return strings.Join(names, " + ")
}

// Close gives the lock back. It does not save decisions; see Store.Save.
func (w *Workspace) Close() error {
	if w.Store == nil {
		return nil
	}
	return w.Store.Close()
}

// Open finds the project and reads its manifests and sites at once, each
// in a goroutine of its own. A source that cannot be read is an error: half a
// lineage would look like a complete one.
func Open(ctx context.Context, req Request) (*Workspace, error) {
	w, plan, err := prepare(req)
	if err != nil {
		return nil, err
	}
	l := &loading{w: w, req: req}
	if err := l.run(ctx, plan); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	if w.Graph, err = l.build(ctx); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	w.endInterrupted()
	if err := w.selectForRules(ctx); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	w.Baseline = w.Outlook().Apply(w.Book, time.Now())
	w.notes()
	return w, nil
}

// notes adds what is to be known of the graph as a whole. What scope and rules ask
// for and matches nothing comes first: it may be why nothing is shown.
func (w *Workspace) notes() {
	w.noteScope()
	w.noteUnfit()
	w.noteCollections()
}

// noteScope says why there is no dashboard at all. Where some are left out, what lists or
// looks for dashboards says so.
func (w *Workspace) noteScope() {
	if len(w.Graph.Dashboards()) == 0 && w.Graph.OutOfScope > 0 {
		w.Warnings = append(w.Warnings, OutOfScope(w.Graph))
	}
}

// OutOfScope says how many dashboards the scope left out; empty when it is none.
func OutOfScope(g *lineage.Graph) string {
	switch n := g.OutOfScope; n {
	case 0:
		return ""
	case 1:
		return "1 dashboard is out of scope (a personal space, or scope: in " + config.Name + ")"
	default:
		return fmt.Sprintf("%d dashboards are out of scope (personal spaces, or scope: in %s)", n, config.Name)
	}
}

// short is a path as it is shown: relative to the project where it is inside.
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

// Rebuild is the lineage of the same sources with the matches as they are now.
func (w *Workspace) Rebuild(ctx context.Context) (*lineage.Graph, error) {
	return w.build(ctx, w.Graph.Projects, w.Graph.Sites, w.Store, w.Graph)
}

// build makes the lineage of what is in scope, with the configured matches and those
// of the store, which may be nil, as an earlier one is.
func (w *Workspace) build(ctx context.Context, projects []*model.Project, sites []*model.Site, store *decisions.Store, earlier *lineage.Graph) (*lineage.Graph, error) {
	var book *curate.Book
	if store != nil { // else the book is being read
		book = w.Book
	}
	missing := make([]string, len(w.missing))
	for i, s := range w.missing {
		missing[i] = s.Name
	}
	return lineage.Build(ctx, projects, sites, lineage.Options{
		Missing: missing,
		Key:     curate.NewKeys(sites, book).Of,
		Match:   w.Config.Match(store.Matches()),
		InScope: func(d *lineage.Dashboard) bool { return w.Config.Scope.Allows(curate.SubjectOf(d)) },
		Like:    earlier,
	})
}
