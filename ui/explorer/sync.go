package explorer

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/syncing"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// syncState is the sync that runs in the background, or the last one.
type syncState struct {
	syncing.State
	run      int // messages of an older one are dropped
	cancel   context.CancelFunc
	messages <-chan syncMsg
	opt      syncing.Options

	waitedBefore []int // per view, when it began

	unlocked bool // it brought the lock of another darkroom, which has ended

	reloadDue bool       // files changed since they were read
	waiting   *reloadMsg // read, and kept until nothing on the screen points into the old graph
}

// syncMsg is one message of a sync: progress, or its end.
type syncMsg struct {
	run      int
	progress *syncing.Progress
	ended    bool
	err      error
}

// reloadMsg ends the reading of all files.
type reloadMsg struct {
	files Reloaded
	graph *prepared
	err   error
}

func (a *App) cannotSync() string {
	if a.loading.active {
		return "still loading"
	}
	return ""
}

func (a *App) noSync() string {
	if !a.sync.Any() {
		return "nothing was synced yet; " + a.keyOf("sync") + " syncs"
	}
	return ""
}

// startSync is r: it begins, or shows what runs already.
func (a *App) startSync() tea.Cmd {
	switch {
	case a.sync.Active:
		a.showSync()
		return nil
	case a.loading.err != nil: // nothing is open: try that again
		return a.startLoading()
	}
	if a.note != "" { // what keeps decisions from being kept may be over
		a.sync.reloadDue = true
		return tea.Batch(a.reloadIfDue(), a.syncWith(syncing.Options{}))
	}
	return a.syncWith(syncing.Options{})
}

// syncWith runs the backend's Sync in the background.
func (a *App) syncWith(opt syncing.Options) tea.Cmd {
	ctx, cancel := context.WithCancel(a.ctx)
	run, backend := a.sync.run+1, a.backend
	messages, next := background(a.ctx, a.opt.Go, func(send func(syncMsg)) {
		err := backend.Sync(ctx, opt, func(p syncing.Progress) { send(syncMsg{run: run, progress: &p}) })
		cancel()
		send(syncMsg{run: run, ended: true, err: err})
	})
	a.toast.text = "" // what was said before is not about this
	a.sync = syncState{
		State: syncing.State{Active: true},
		run:   run, cancel: cancel, messages: messages, opt: opt, waitedBefore: a.waitingDashboards(),
		reloadDue: a.sync.reloadDue, waiting: a.sync.waiting,
	}
	return a.opt.Lasting(next)
}

// synced takes one message in and asks for the next.
func (a *App) synced(m syncMsg) tea.Cmd {
	switch {
	case m.run != a.sync.run:
		return nil
	case m.ended:
		return a.syncEnded(m.err)
	}
	p := *m.progress
	a.sync.Take(p)
	next := a.opt.Lasting(nextMsg(a.ctx, a.sync.messages))
	if p.Result != nil && p.Result.Written {
		a.sync.reloadDue = true
		return tea.Batch(next, a.reloadIfDue())
	}
	return next
}

// syncEnded asks for what was missing; otherwise all files are read again, even where no
// site has a server: a manifest changes, too.
func (a *App) syncEnded(err error) tea.Cmd {
	s := &a.sync
	s.Active = false
	if ask := (syncing.Asking{Host: a.host, Had: s.opt, Start: a.syncWith}).Missing(err); ask != nil {
		s.run++ // nothing happened yet
		return ask()
	}
	s.Err = err
	s.reloadDue = s.reloadDue || err != nil || !s.AllWritten()
	said := s.Summary()
	if news := a.syncNews(); news != "" {
		said += "; " + news
	}
	if s.unlocked {
		said = nowKept + "; " + said
	}
	return tea.Batch(a.say(said), a.reloadIfDue())
}

const nowKept = "the other darkroom has ended: decisions are kept from now on"

// filesChanged reads the files again after another program had the terminal.
func (a *App) filesChanged() tea.Cmd {
	a.sync.reloadDue = true
	return tea.Batch(a.restoreMouse(), a.reloadIfDue())
}

// reloadIfDue reads the files again, unless the graph is being built already:
// then that is done afterwards.
func (a *App) reloadIfDue() tea.Cmd {
	if !a.sync.reloadDue || a.building {
		return nil
	}
	a.sync.reloadDue, a.building = false, true
	backend, ctx, book, seen := a.backend, a.ctx, a.host.Book.Clone(), a.view
	return func() tea.Msg {
		files, err := backend.Reload(ctx)
		if err != nil {
			return reloadMsg{err: err}
		}
		warm(files.Graph)
		return reloadMsg{files: files, graph: a.prepare(files.Graph, book, seen)}
	}
}

func (a *App) reloaded(m reloadMsg) tea.Cmd {
	a.building = false
	if m.err != nil {
		if errors.Is(m.err, context.Canceled) {
			return nil
		}
		return tea.Batch(a.warn("could not be read again, so nothing changed: "+m.err.Error()), a.reloadIfDue())
	}
	a.sync.waiting = &m
	return tea.Batch(a.settle(), a.reloadIfDue())
}

// settle brings the new graph onto the screen as soon as nothing there points
// into the old one: no overlay, no filter being typed, no range. Folds, cursor and
// filter stay.
func (a *App) settle() tea.Cmd {
	m := a.sync.waiting
	if m == nil || a.overlays.Top() != nil || a.filter.editing || view.Ranging(a.view) {
		return nil
	}
	if m.graph.take[a.view] == nil {
		return a.whenSeen(m.graph, a.settle)
	}
	a.sync.waiting = nil
	if m.files.Book != nil {
		a.host.Book, a.note, a.sync.unlocked = m.files.Book, "", true
		m.graph.inbox = nil
	}
	m.files.Apply(a.host.Book)
	a.title, a.host.Servers, a.host.Changes.Set = m.files.Title, m.files.Servers, m.files.Changes
	for _, w := range m.files.Warnings {
		if !a.log.Has(w) {
			a.warned(w)
		}
	}
	a.setGraph(m.graph)
	a.unfold()
	if m.files.Book != nil {
		said := nowKept
		if !a.sync.Active && a.sync.Any() {
			said += "; " + a.sync.Summary()
		}
		return a.say(said)
	}
	if news := a.syncNews(); news != "" && !a.sync.Active {
		return a.say(news)
	}
	return nil
}

// waitingDashboards counts, per view, what needs a decision there.
func (a *App) waitingDashboards() []int {
	counts := make([]int, len(a.views))
	for i, v := range a.views {
		counts[i] = v.Waiting()
	}
	return counts
}

// syncNews says where a sync brought something to decide, once the graph has it.
func (a *App) syncNews() string {
	for i, n := range a.waitingDashboards() {
		if i < len(a.sync.waitedBefore) {
			n -= a.sync.waitedBefore[i]
		}
		if n > 0 {
			return "new in the " + a.views[i].Info().Title + ": " + text.Count(n, "dashboard") + "; press " + a.viewKey(a.views[i])
		}
	}
	return ""
}

// showSync shows the sync that runs, or what came of the last one.
func (a *App) showSync() {
	a.host.Push(syncing.NewBoard(a.host, &a.sync.State,
		func() { a.sync.cancel() },
		func(worse []string) tea.Cmd { return a.syncWith(syncing.Options{Smaller: worse}) }))
}
