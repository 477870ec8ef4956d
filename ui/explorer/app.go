// Package explorer is the interactive screen: one tea.Model that owns layout,
// views and overlays. It does no I/O of its own; what it needs comes through
// Backend. Files: app.go routes, actions*.go say what keys do, outline*.go build
// the trees, rows.go and details.go draw, the rest is one concern each.
package explorer

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/input"
	"darkroom/ui/theme"
	"darkroom/ui/tree"
)

// view is one of the explorer's views.
type view int

const (
	viewModels view = iota
	viewDashboards
	viewGaps
	viewInbox
	viewCount
)

var viewTitles = [viewCount]string{"Models", "Dashboards", "Gaps", "Inbox"}

// Options are the person's choices.
type Options struct {
	Styles *theme.Styles
	ASCII  bool // draw with ASCII signs only
	Mouse  bool
	Now    func() time.Time // for tests; nil is time.Now
	// After sends a message later; nil is tea.Tick. For tests, which do not wait.
	After   func(time.Duration, tea.Msg) tea.Cmd
	Context context.Context // what runs beside the screen ends with it; nil is Background
	// Copy puts a text on the clipboard; nil does nothing.
	Copy func(string)
}

// App is the explorer's state. It implements tea.Model.
type App struct {
	backend Backend
	opt     Options
	st      *theme.Styles
	gl      glyphs
	actions []Action
	keys    map[string]*Action

	ctx    context.Context // ends when the explorer quits: loading stops with it
	cancel context.CancelFunc

	width, height int

	loading loadState
	title   string
	by      string
	servers int    // sites that can be synced
	note    string // why nothing can be kept
	graph   *lineage.Graph
	book    *curate.Book

	view     view
	outlines [viewCount]*outline
	trees    [viewCount]*tree.Tree
	states   stateCache
	census   curate.Census          // what is loaded, for the Inbox
	news     map[string]curate.Item // what waits there, by dashboard

	steps, undone []step // what undo and redo go through
	building      bool   // the graph is being built anew, for a cure or from the files

	sync syncState

	filter     filterState
	rangeFrom  int // row where a range began; -1 when none
	awaitLevel bool

	detailsFocused, zoomed bool
	detailsTop             int
	share                  int // of the tree, in percent

	overlays []overlay
	toast    toast
}

// New makes an explorer that starts loading when it is run.
func New(backend Backend, opt Options) *App {
	if opt.Styles == nil {
		opt.Styles = &theme.Styles{}
	}
	if opt.Context == nil {
		opt.Context = context.Background()
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.After == nil {
		opt.After = func(d time.Duration, msg tea.Msg) tea.Cmd { return tea.Tick(d, func(time.Time) tea.Msg { return msg }) }
	}
	a := &App{backend: backend, opt: opt, st: opt.Styles, gl: newGlyphs(opt.ASCII), share: 60, rangeFrom: -1, book: curate.New(nil)}
	a.actions = Actions()
	a.keys = keymap(a.actions)
	a.ctx, a.cancel = context.WithCancel(opt.Context)
	a.setGraph(prepare(lineage.Empty()))
	return a
}

// Init implements tea.Model.
func (a *App) Init() tea.Cmd { return a.startLoading() }

// Update implements tea.Model: it routes and does nothing else.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.resize(msg.Width, msg.Height)
	case tea.KeyMsg:
		return a, a.following(func() tea.Cmd { return a.key(msg) })
	case tea.MouseMsg:
		return a, a.following(func() tea.Cmd { return a.mouse(msg) })
	case tea.ResumeMsg:
		return a, a.restoreMouse()
	case loadMsg:
		return a, a.loaded(msg)
	case planMsg:
		return a, a.planned(msg)
	case wroteMsg:
		return a, a.wrote(msg)
	case previewMsg:
		copy(msg.view.choices, msg.choices)
	case curedMsg:
		return a, a.cured(msg)
	case syncMsg:
		return a, a.synced(msg)
	case reloadMsg:
		return a, a.reloaded(msg)
	case toastMsg:
		a.toast.clear(msg.id)
	case sayMsg:
		return a, a.say(string(msg))
	case failMsg:
		return a, a.say(msg.err.Error())
	}
	return a, nil
}

// following handles input and then lets sizes and the details pane follow what it
// changed: the details of another row start at their top.
func (a *App) following(input func() tea.Cmd) tea.Cmd {
	before, _ := a.tree().Current()
	was := a.view
	cmd := input()
	if now, _ := a.tree().Current(); now != before || a.view != was {
		a.detailsTop = 0
	}
	if came := a.settle(); came != nil {
		cmd = tea.Batch(cmd, came)
	}
	a.fit()
	return cmd
}

// key gives a key to what is on top: an overlay, the filter line, a waiting
// digit, and last the registry.
func (a *App) key(msg tea.KeyMsg) tea.Cmd {
	if keys := input.Keys(msg); len(keys) > 1 {
		return a.keysAtOnce(msg.Paste, keys)
	}
	name := msg.String()
	switch {
	case name == "ctrl+c":
		return a.quit()
	case len(a.overlays) > 0:
		return a.overlays[len(a.overlays)-1].key(a, msg)
	case a.filter.editing:
		return a.editFilter(msg)
	case a.awaitLevel:
		a.awaitLevel = false
		if len(name) == 1 && name[0] >= '1' && name[0] <= '9' {
			a.tree().ToLevel(int(name[0] - '0'))
		}
		return nil
	}
	if act, ok := a.keys[name]; ok {
		return a.run(act)
	}
	return nil
}

// keysAtOnce takes keys that came in one piece. What was pasted only goes where
// text is typed.
func (a *App) keysAtOnce(pasted bool, keys []tea.KeyMsg) tea.Cmd {
	if pasted && !a.filter.editing && len(a.overlays) == 0 {
		return nil
	}
	var cmds []tea.Cmd
	for _, k := range keys {
		cmds = append(cmds, a.key(k))
	}
	return tea.Batch(cmds...)
}

func (a *App) resize(w, h int) {
	a.width, a.height = w, h
	a.fit()
}

// fit gives every tree the rows it has on this screen.
func (a *App) fit() {
	for _, t := range a.trees {
		if t != nil {
			t.SetHeight(a.frame().tree.h)
		}
	}
	a.detailsTop = max(0, min(a.detailsTop, a.detailsEnd()))
}

func (a *App) frame() frame {
	return layout(a.width, a.height, a.zoomed, a.detailsFocused, a.share)
}

func (a *App) tree() *tree.Tree  { return a.trees[a.view] }
func (a *App) outline() *outline { return a.outlines[a.view] }
func (a *App) restoreMouse() tea.Cmd {
	if a.opt.Mouse {
		return tea.EnableMouseCellMotion
	}
	return nil
}

// prepared is a graph with the outlines that follow from it alone. They take a
// while to build, so that is done beside the screen.
type prepared struct {
	graph    *lineage.Graph
	outlines [viewInbox]*outline
}

func prepare(g *lineage.Graph) *prepared {
	return &prepared{g, [viewInbox]*outline{modelsOutline(g), dashboardsOutline(g), gapsOutline(g)}}
}

// setGraph takes a graph in and carries folds and cursor over.
func (a *App) setGraph(p *prepared) {
	a.graph = p.graph
	a.states = stateCache{}
	for v, o := range p.outlines {
		a.replant(view(v), o)
	}
	a.replant(viewInbox, a.inboxOutline())
	a.applyFilter()
	a.fit()
}

// replant gives a view another outline.
func (a *App) replant(v view, o *outline) {
	old, oldTree := a.outlines[v], a.trees[v]
	t := tree.New(o)
	if v == viewInbox {
		openNewGroups(old, o, t)
	}
	if oldTree != nil {
		t.SetHeight(oldTree.Height())
		carryOver(old, oldTree, o, t)
		_, was := oldTree.Window()
		_, top := t.Window()
		cursor := t.Cursor()
		t.Scroll(was - top) // what is on the screen stays where it is
		t.MoveTo(cursor)
	}
	a.outlines[v], a.trees[v] = o, t
}

// quit leaves at once: every decision is in the journal already. The decisions
// file is brought up to date on the way out.
func (a *App) quit() tea.Cmd {
	a.cancel()
	book, backend := a.book.Clone(), a.backend
	return tea.Sequence(func() tea.Msg {
		if err := backend.Save(book); err != nil {
			return failMsg{err}
		}
		return nil
	}, tea.Quit)
}

// failMsg carries an error of a command to the screen.
type failMsg struct{ err error }

// dashboard is the dashboard under the cursor, or nil.
func (a *App) dashboard() *lineage.Dashboard {
	id, ok := a.tree().Current()
	if !ok || a.outline().items[id].node == lineage.None {
		return nil
	}
	return a.graph.Node(a.outline().items[id].node).Dashboard
}
