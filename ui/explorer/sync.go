package explorer

import (
	"context"
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/text"
)

// syncMsg is one message of a sync: progress, or its end.
type syncMsg struct {
	run      int
	progress *SyncProgress
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
	if len(a.sync.sites) == 0 && a.sync.err == nil {
		return "nothing was synced yet: r"
	}
	return ""
}

// startSync is r: it begins, or shows what runs already.
func (a *App) startSync() tea.Cmd {
	switch {
	case a.sync.active:
		return a.showSync()
	case a.loading.err != nil: // nothing is open: try that again
		return a.startLoading()
	}
	return a.syncWith(SyncOptions{})
}

// syncWith runs the backend's Sync beside the screen.
func (a *App) syncWith(opt SyncOptions) tea.Cmd {
	ctx, cancel := context.WithCancel(a.ctx)
	run, backend := a.sync.run+1, a.backend
	messages, next := beside(a.ctx, func(send func(syncMsg)) {
		err := backend.Sync(ctx, opt, func(p SyncProgress) { send(syncMsg{run: run, progress: &p}) })
		cancel()
		send(syncMsg{run: run, ended: true, err: err})
	})
	a.toast.text = "" // what was said before is not about this
	a.sync = syncState{
		run: run, active: true, cancel: cancel, messages: messages, opt: opt, newsBefore: len(a.news),
		reloadDue: a.sync.reloadDue, waiting: a.sync.waiting,
	}
	return next
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
	a.sync.site(p.Site).take(p)
	next := nextMsg(a.ctx, a.sync.messages)
	if p.Result != nil && p.Result.Written {
		a.sync.reloadDue = true
		return tea.Batch(next, a.reloadIfDue())
	}
	return next
}

// syncEnded asks for secrets that were missing; else all files are read again,
// even where no site has a server: a manifest changes, too.
func (a *App) syncEnded(err error) tea.Cmd {
	s := &a.sync
	s.active = false
	var need *SecretNeeded
	if errors.As(err, &need) {
		s.run++ // nothing happened yet
		return a.askSecret(*need)
	}
	s.err = err
	s.reloadDue = s.reloadDue || err != nil || len(s.written()) < len(s.sites)
	said := s.summary()
	if news := a.syncNews(); news != "" {
		said += "; " + news
	}
	return tea.Batch(a.say(said), a.reloadIfDue())
}

// askSecret asks for one site's name and secret and begins anew with them.
func (a *App) askSecret(need SecretNeeded) tea.Cmd {
	name, secret, where := "Name of the personal access token", "Its secret", "kept in memory until you quit; darkroom init keeps it in the keyring"
	if need.User {
		name, secret = "User name", "Password"
	}
	then := func(a *App, known, typed string) tea.Cmd {
		if (known == "" || typed == "") && a.servers < 2 {
			return a.say("nothing was entered; not synced")
		}
		opt := a.sync.opt // with nothing for this site the others go on without it
		opt.Secrets = append(slices.Clone(opt.Secrets), Secret{need.Site, known, typed})
		return a.syncWith(opt)
	}
	askSecret := func(a *App, known string) tea.Cmd {
		p := newPrompt(secret, need.Site+": "+where, "", func(a *App, typed string) tea.Cmd { return then(a, known, typed) })
		p.secret = true
		a.push(p)
		return nil
	}
	if need.Name != "" {
		return askSecret(a, need.Name)
	}
	a.push(newPrompt(name, need.Site+": "+where, "", askSecret))
	return nil
}

// reloadIfDue reads the files again, unless the graph is being built already:
// then that is done afterwards.
func (a *App) reloadIfDue() tea.Cmd {
	if !a.sync.reloadDue || a.building {
		return nil
	}
	a.sync.reloadDue, a.building = false, true
	backend, ctx := a.backend, a.ctx
	return func() tea.Msg {
		files, err := backend.Reload(ctx)
		if err != nil {
			return reloadMsg{err: err}
		}
		return reloadMsg{files: files, graph: prepare(files.Graph)}
	}
}

func (a *App) reloaded(m reloadMsg) tea.Cmd {
	a.building = false
	if m.err != nil {
		if errors.Is(m.err, context.Canceled) {
			return nil
		}
		return tea.Batch(a.say("could not be read again, so nothing changed: "+m.err.Error()), a.reloadIfDue())
	}
	a.sync.waiting = &m
	return tea.Batch(a.settle(), a.reloadIfDue())
}

// settle brings the new graph onto the screen as soon as nothing there points
// into the old one: no overlay, no filter being typed, no range. Folds, cursor and
// filter stay.
func (a *App) settle() tea.Cmd {
	m := a.sync.waiting
	if m == nil || len(a.overlays) > 0 || a.filter.editing || a.rangeFrom >= 0 {
		return nil
	}
	a.sync.waiting = nil
	m.files.Tell(a.book)
	a.title, a.servers, a.loading.warnings = m.files.Title, m.files.Servers, m.files.Warnings
	a.setGraph(m.graph)
	a.firstFolds()
	if news := a.syncNews(); news != "" && !a.sync.active {
		return a.say(news)
	}
	return nil
}

// syncNews says what a sync brought for the Inbox, once the graph has it.
func (a *App) syncNews() string {
	n := len(a.news) - a.sync.newsBefore
	if n <= 0 {
		return ""
	}
	return "new in the Inbox: " + text.Count(n, "dashboard") + "; press 4"
}
