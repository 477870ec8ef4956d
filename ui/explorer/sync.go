package explorer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/text"
)

// syncState is the sync that runs beside the screen, or the last one.
type syncState struct {
	run      int // messages of an older one are dropped
	active   bool
	cancel   context.CancelFunc
	messages chan syncMsg
	opt      SyncOptions
	sites    []siteSync
	err      error // of the whole sync

	reloadDue bool       // files changed since they were read
	waiting   *reloadMsg // read, and kept until nothing on the screen points into the old graph
}

// siteSync is what is known of one site.
type siteSync struct {
	name   string
	line   string // said last: signed in, waiting
	stages []SyncProgress
	now    string // the stage that moved last
	result *SyncResult
}

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

// syncWith runs the backend's Sync beside the screen, as startLoading does.
func (a *App) syncWith(opt SyncOptions) tea.Cmd {
	ctx, cancel := context.WithCancel(a.ctx)
	s := &a.sync
	*s = syncState{run: s.run + 1, active: true, cancel: cancel, messages: make(chan syncMsg, 64), opt: opt, reloadDue: s.reloadDue, waiting: s.waiting}
	run, out, backend, quit := s.run, s.messages, a.backend, a.ctx
	send := func(m syncMsg) {
		m.run = run
		select {
		case out <- m:
		case <-quit.Done():
		}
	}
	go func() {
		err := backend.Sync(ctx, opt, func(p SyncProgress) { send(syncMsg{progress: &p}) })
		cancel()
		send(syncMsg{ended: true, err: err})
	}()
	return nextMsg(quit, out)
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
	if err == nil && len(s.written()) == len(s.sites) {
		return tea.Batch(a.say(s.summary()), a.reloadIfDue())
	}
	s.reloadDue = true
	return tea.Batch(a.say(s.summary()), a.reloadIfDue())
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
	before := len(a.news)
	m.files.Tell(a.book)
	a.title, a.servers, a.loading.warnings = m.files.Title, m.files.Servers, m.files.Warnings
	a.setGraph(m.graph)
	a.firstFolds()
	if n := len(a.news) - before; n > 0 {
		return a.say(fmt.Sprintf("%s in the Inbox: 4", text.Count(n, "dashboard")))
	}
	return nil
}

// site finds or makes the state of a site.
func (s *syncState) site(name string) *siteSync {
	for i := range s.sites {
		if s.sites[i].name == name {
			return &s.sites[i]
		}
	}
	s.sites = append(s.sites, siteSync{name: name})
	return &s.sites[len(s.sites)-1]
}

func (s *siteSync) take(p SyncProgress) {
	switch {
	case p.Result != nil:
		s.result = p.Result
	case p.Stage == "":
		s.line = p.Line
	default:
		s.now = p.Stage
		for i := range s.stages {
			if s.stages[i].Stage == p.Stage {
				s.stages[i] = p
				return
			}
		}
		s.stages = append(s.stages, p)
	}
}

// written are the sites with a new snapshot.
func (s *syncState) written() (names []string) {
	for i := range s.sites {
		if r := s.sites[i].result; r != nil && r.Written {
			names = append(names, s.sites[i].name)
		}
	}
	return names
}

// worse are the sites whose old snapshot was kept.
func (s *syncState) worse() (names []string) {
	for i := range s.sites {
		if r := s.sites[i].result; r != nil && len(r.Worse) > 0 {
			names = append(names, s.sites[i].name)
		}
	}
	return names
}

// status is the line while a sync runs.
func (s *syncState) status() string {
	if !s.active {
		return ""
	}
	var parts []string
	for i := range s.sites {
		site := &s.sites[i]
		switch at := slices.IndexFunc(site.stages, func(p SyncProgress) bool { return p.Stage == site.now }); {
		case site.result != nil:
		case at >= 0:
			parts = append(parts, site.name+": "+site.now+" "+site.stages[at].count())
		default:
			parts = append(parts, site.name+": "+site.line)
		}
	}
	return text.Clean("syncing (R shows, and stops) " + strings.Join(parts, ", "))
}

func (p SyncProgress) count() string {
	if p.Total > p.Done {
		return fmt.Sprintf("%d of %d", p.Done, p.Total)
	}
	return fmt.Sprint(p.Done)
}

// summary is one line about a sync that ended.
func (s *syncState) summary() string {
	if errors.Is(s.err, context.Canceled) {
		return "sync stopped; what was fetched is kept, r goes on from there"
	}
	var nothing *NothingToSync
	if errors.As(s.err, &nothing) {
		return "read the files again; " + nothing.Why
	}
	if s.err != nil {
		return "not synced: " + s.err.Error()
	}
	for i := range s.sites {
		switch site := &s.sites[i]; {
		case site.result == nil:
		case site.result.Err != nil:
			return site.name + " was not synced; R says why"
		case len(site.result.Worse) > 0:
			return site.name + " kept its old snapshot, the answer was worse; R says why"
		}
	}
	if n := len(s.sites); n != 1 {
		return "synced " + text.Count(n, "site")
	}
	return s.sites[0].name + ": " + s.sites[0].result.Summary
}
