package explorer

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/beside"
	"darkroom/model/curate"
	"darkroom/model/health"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/ui/explorer/view"
)

// prepared is a graph with what views show of it. That takes a while to build, so it is done
// in the background: book is a copy of that on the screen, or will be it.
type prepared struct {
	graph  *lineage.Graph
	book   *curate.Book
	health *health.Health
	inbox  *view.Inbox // as the book remembers; nil of another book
	take   map[view.View]func()
	waits  bool // for the view that is seen
}

// prepare builds what these views show; the others follow when the graph is on the screen.
func (a *App) prepare(g *lineage.Graph, book *curate.Book, views ...view.View) *prepared {
	p := &prepared{graph: g, book: book, take: map[view.View]func(){}}
	rest := beside.Do(func() {
		inbox := view.NewInbox(g, book)
		p.inbox = &inbox
		p.health = a.judge(g)
	})
	for _, v := range views {
		p.take[v] = v.Prepare(g, book)
	}
	rest()
	return p
}

// judge looks at the health of a graph; it is none when the explorer ends.
func (a *App) judge(g *lineage.Graph) *health.Health {
	curate.Take(g)
	at := a.opt.Now()
	if a.opt.Judged != nil {
		at = a.opt.Judged(g)
	}
	judged, _ := health.New(a.ctx, g, health.Options{Now: at}) // the only error is that end
	return judged
}

// warm finds what keys ask for in a graph that is shown: here, in the background, so that
// neither they nor the first frame wait for it.
func warm(g *lineage.Graph) {
	g.CountsBelow()
	query.Prepare(g)
	g.Ranks()
}

// whenSeen takes a graph in, as soon as what is seen of it is prepared: another view may be
// seen than when that began.
func (a *App) whenSeen(p *prepared, take func() tea.Cmd) tea.Cmd {
	v := a.view
	switch {
	case p.take[v] != nil:
		return take()
	case p.waits:
		return nil
	}
	p.waits = true
	return func() tea.Msg {
		made := v.Prepare(p.graph, p.book)
		return view.Then(func() tea.Cmd {
			p.waits, p.take[v] = false, made
			return a.whenSeen(p, take)
		})
	}
}

// setGraph takes a graph in; the views carry folds and cursor over. What is not prepared of
// it is next, but while more of it is being read.
func (a *App) setGraph(p *prepared) {
	a.host.Graph, a.host.Health = p.graph, p.health
	if p.inbox == nil || p.book.Remembered() != a.host.Book.Remembered() {
		inbox := view.NewInbox(p.graph, a.host.Book)
		p.inbox = &inbox
	}
	a.host.Inbox = *p.inbox
	a.host.Changes = view.NewChanges(p.graph, a.host.Changes.Set)
	a.curation.Recount()
	a.others.missing = nil
	for _, v := range a.views {
		if take := p.take[v]; take != nil {
			take()
		} else {
			a.others.missing = append(a.others.missing, v)
		}
	}
	a.others.due, a.others.begun = !a.loading.active, false
	a.applyFilter()
	a.fit()
	a.outlook.stale = true
}

// others are the views that are not seen, which get a graph after it is on the screen. Until
// then they show another one, so nothing may look at them.
type others struct {
	missing []view.View
	due     bool      // they are to be prepared
	begun   bool      // they are being prepared
	held    []tea.Msg // keys and clicks that may need them
}

func (o *others) ready(v view.View) bool { return !slices.Contains(o.missing, v) }

// all reports whether all are ready, and sees to it that they will be.
func (o *others) all() bool {
	o.due = len(o.missing) > 0
	return len(o.missing) == 0
}

// took is called when a view shows the graph.
func (o *others) took(v view.View) {
	o.missing = slices.DeleteFunc(o.missing, func(m view.View) bool { return m == v })
}

// othersMsg brings what views show that are not seen.
type othersMsg struct {
	of   *lineage.Graph
	take map[view.View]func()
}

// heldMsg says that a key has been held for a while.
type heldMsg struct{}

// prepareOthers builds what is due.
func (a *App) prepareOthers() tea.Cmd {
	o := &a.others
	if !o.due || o.begun || len(o.missing) == 0 {
		return nil
	}
	o.begun = true
	g, book, views := a.host.Graph, a.host.Book.Clone(), slices.Clone(o.missing)
	return func() tea.Msg {
		m := othersMsg{g, map[view.View]func(){}}
		for _, v := range views {
			m.take[v] = v.Prepare(g, book)
		}
		return m
	}
}

// othersCame takes them in, unless they are of an older graph, and then the keys that waited.
func (a *App) othersCame(m othersMsg) tea.Cmd {
	o := &a.others
	if m.of != a.host.Graph {
		return nil
	}
	for _, v := range slices.Clone(o.missing) {
		if take := m.take[v]; take != nil {
			take()
			o.took(v)
		}
	}
	a.unfold()
	a.fit()
	return a.release()
}

// release does what was held, up to what has to wait again.
func (a *App) release() tea.Cmd {
	o := &a.others
	if len(o.missing) > 0 || a.foreseen != nil {
		return nil
	}
	held := o.held
	o.held = nil
	var cmds []tea.Cmd
	for _, msg := range held {
		_, cmd := a.update(msg)
		cmds = append(cmds, cmd)
	}
	return tea.Batch(cmds...)
}

// hold keeps a key or a click until all views are ready, if it may need them, and until what
// is waited for is there. Those that come after it wait, too.
func (a *App) hold(msg tea.Msg) (cmd tea.Cmd, held bool) {
	o := &a.others
	switch {
	case len(o.held) > 0:
	case a.foreseen != nil && !isQuit(msg):
	case a.needsTyped(msg):
		a.askTyped()
		cmd = a.filter.asking.wait()
	case len(o.missing) == 0 || a.isHere(msg):
		return nil, false
	}
	o.all()
	if o.held = append(o.held, msg); len(o.held) == 1 {
		cmd = tea.Batch(cmd, a.opt.After(slowAfter, heldMsg{}))
	}
	return cmd, true
}

// isQuit reports the key that leaves from everywhere.
func isQuit(msg tea.Msg) bool {
	key, ok := msg.(tea.KeyMsg)
	return ok && key.String() == "ctrl+c"
}

// isHere reports input that concerns the view that is seen alone, or that leaves.
func (a *App) isHere(msg tea.Msg) bool {
	if isQuit(msg) {
		return true
	}
	key, ok := msg.(tea.KeyMsg)
	if !ok {
		mouse, ok := msg.(tea.MouseMsg)
		return ok && tea.MouseEvent(mouse).IsWheel()
	}
	if a.typing() || a.overlays.Top() != nil || a.await != nil {
		return false
	}
	act := a.actionAt(a.command(key).String())
	return act != nil && (act.Group == view.GroupMove || act.Name == quitName)
}

// stillHeld says why nothing has happened for a while.
func (a *App) stillHeld() tea.Cmd {
	if len(a.others.held) == 0 {
		return nil
	}
	return a.show("one moment: the views are being prepared")
}

// unfold lets views open what fits, where nothing was opened by hand.
func (a *App) unfold() {
	for _, v := range a.views {
		if u, ok := v.(view.Unfolder); ok && a.others.ready(v) {
			u.Unfold()
		}
	}
}
