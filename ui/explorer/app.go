// Package explorer is the interactive screen: the one tea.Model. It routes messages
// and owns layout, loading, syncing, the filter line and the stack of overlays. What
// a view shows and does is in the packages below view; views.go has the list of
// them, and no other file here knows which views there are. What the keys of
// decisions do is in curation. It does no I/O of its own; what it needs comes
// through Backend.
package explorer

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/curation"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/edit"
	"darkroom/ui/explorer/entries"
	"darkroom/ui/explorer/history"
	"darkroom/ui/explorer/messages"
	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/panes"
	"darkroom/ui/explorer/pending"
	"darkroom/ui/explorer/registry"
	"darkroom/ui/explorer/tour"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/write"
	"darkroom/ui/input"
	"darkroom/ui/theme"
)

// Options are choices about the screen.
type Options struct {
	Theme  *theme.Chooser // nil is Styles, which do not change
	Styles *theme.Styles
	// ASCII draws with signs of ASCII; letters of titles stay, but with OnlyASCII, which
	// is for a terminal that shows nothing more.
	ASCII, OnlyASCII bool
	Mouse            bool
	Links            bool             // the terminal knows links (OSC 8)
	Now              func() time.Time // for tests; nil is time.Now
	// After sends a message later; nil is tea.Tick. For tests, which do not wait.
	After   func(time.Duration, tea.Msg) tea.Cmd
	Context context.Context // what runs in the background ends with it; nil is Background
	// Go starts what runs in the background; nil is a plain goroutine.
	Go func(func())
	// Lasting wraps a command that waits for a sync; nil leaves it as it is.
	Lasting func(tea.Cmd) tea.Cmd
	// Suspend gives the terminal to the shell until fg; nil where it cannot.
	Suspend tea.Cmd
	// Edit gives the terminal to your editor, with a file at a line; nil where it cannot.
	Edit func(file string, line int, done func(error) tea.Msg) tea.Cmd
	// Keys are the keys of actions that do not have their usual ones, by name.
	Keys map[string][]string
	// Views are how views begin that do not begin as usual, by name.
	Views map[string]Arranged
	// Problems are warnings from before the start.
	Problems []string
	// Said gets every message that is shown; nil is nothing.
	Said func(text string, warning bool)
	// Copy puts a text on the clipboard; nil does nothing.
	Copy func(string)
	// Loaded is called when everything is read and prepared, or cannot be; nil does nothing.
	Loaded func()
	// Judged is when the health of a graph is judged; nil is now.
	Judged func(*lineage.Graph) time.Time
}

// App is the explorer's state. It implements tea.Model.
type App struct {
	host    *view.Host
	backend Backend
	opt     Options

	ctx    context.Context // ends when the explorer quits: loading stops with it
	cancel context.CancelFunc

	views    []view.View // in the order of the tabs; never changes
	view     view.View   // the one that is seen
	registry *registry.Registry
	layout   input.Layout
	overlays overlay.Stack
	box      overlay.Box // of the top one
	filter   filterState
	foreseen *foreseen // what is waited for; nil when nothing is
	history  history.History
	jumping  bool
	panes    panes.Division
	head     head
	pointer  pointer
	details  *details.Pane
	tour     *tour.Guide
	await    *question
	toast    toast
	log      messages.Log

	loading loadState
	others  others
	touched bool // a key was pressed, the mouse, or an action named
	moved   bool // the last message has moved the cursor and done nothing more
	title   string
	by      string // who decides
	note    string // why nothing can be kept

	pending  pending.Work // the answer that is awaited; esc stops it
	curation *curation.Curation
	editing  *edit.Editing
	entries  *entries.Entries
	building bool // the graph is being built again, for a fix or from the files
	sync     syncState
	outlook  outlookState
}

// New makes an explorer that starts loading when it is run.
func New(backend Backend, opt Options) *App { return newApp(backend, opt, viewList()) }

func newApp(backend Backend, opt Options, views []newView) *App {
	if opt.Styles == nil {
		opt.Styles = &theme.Styles{}
	}
	if opt.Theme == nil {
		opt.Theme = theme.Fixed(opt.Styles)
	}
	if opt.Context == nil {
		opt.Context = context.Background()
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Said == nil {
		opt.Said = func(string, bool) {}
	}
	if opt.Loaded == nil {
		opt.Loaded = func() {}
	}
	if opt.Go == nil {
		opt.Go = func(f func()) { go f() }
	}
	if opt.Lasting == nil {
		opt.Lasting = func(cmd tea.Cmd) tea.Cmd { return cmd }
	}
	if opt.After == nil {
		opt.After = func(d time.Duration, msg tea.Msg) tea.Cmd { return tea.Tick(d, func(time.Time) tea.Msg { return msg }) }
	}
	a := &App{backend: backend, opt: opt, panes: panes.Division{Share: 60, EdgeFrom: tour.MinHeight}, layout: input.NewLayout()}
	a.host = &view.Host{Styles: opt.Theme.Styles, Hyper: opt.Links, Glyphs: view.NewGlyphs(opt.ASCII), Book: curate.New(nil), Outlook: &outlook.Outlook{}, Desk: desk{a}}
	a.details = details.NewPane(a.host)
	a.tour = tour.NewGuide(tour.Needs{Host: a.host, Panes: &a.panes, Key: a.usedKey, Resized: a.fit})
	for _, make := range views {
		a.views = append(a.views, make(a.host))
	}
	a.view = a.views[0]
	a.arrange(opt.Views)
	a.curation = curation.New(curation.Needs{
		Host: a.host, View: a.seen, Journal: func(c curate.Change) error { return backend.Journal(c) },
		Changed: a.changed, Fix: a.keepFix, GoTo: a.goToPlace, Building: func() bool { return a.building },
	})
	a.ctx, a.cancel = context.WithCancel(opt.Context)
	a.editing = edit.New(edit.Needs{
		Host: a.host, View: a.seen, Context: a.ctx, Open: opt.Edit, Ended: a.filesChanged,
		Locate: func(ctx context.Context, p view.Place) (string, int, error) { return backend.Locate(ctx, p) },
	})
	a.entries = entries.New(entries.Needs{
		Host: a.host, Backend: backend, Context: a.ctx, View: a.seen, Unable: a.cannotWrite,
		Open:  func(p write.Plan, does write.Does) { a.host.Push(write.NewDiff(a.host, a.panes.Width, p, does)) },
		Write: a.carryOut, Undo: a.curation.TakeBack,
	})
	a.registry = newRegistry(a)
	a.setGraph(a.prepare(lineage.Empty(), a.host.Book, a.views...))
	for _, p := range opt.Problems {
		a.warned(p)
	}
	return a
}

func (a *App) seen() view.View { return a.view }

func (a *App) Init() tea.Cmd { return a.startLoading() }

// changed lets the views follow a decision.
func (a *App) changed(c curate.Change) {
	a.outlook.stale = true
	if len(c.Seen) > 0 {
		a.host.Inbox = view.NewInbox(a.host.Graph, a.host.Book)
	}
	for _, v := range a.views {
		if a.others.ready(v) && v.Changed(c) && v == a.view {
			a.applyFilter()
		}
	}
	a.fit()
}

// quit leaves at once: every decision is in the journal already. The decisions
// file is brought up to date on the way out.
func (a *App) quit() tea.Cmd {
	a.cancel()
	book, backend := a.host.Book.Clone(), a.backend
	return tea.Sequence(func() tea.Msg {
		if err := backend.Save(book); err != nil {
			return failMsg{err}
		}
		return nil
	}, tea.Quit)
}
