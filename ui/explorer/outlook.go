package explorer

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/outlook"
	"darkroom/ui/explorer/view"
)

// outlookState is what is known of the making of the outlook. At most one is made at a
// time: what changes meanwhile stops it, and one more is made when it has ended.
type outlookState struct {
	stale bool // decisions, graph or files have changed since the last was begun
	run   int  // number of the one that is being made
	stop  context.CancelFunc
	slow  bool // the one that is being made takes a while
}

// slowAfter is how long an outlook is made before the header says so.
const slowAfter = 400 * time.Millisecond

// slowMsg says that the making of an outlook takes a while.
type slowMsg struct{ run int }

// outlookMsg brings an outlook.
type outlookMsg struct {
	run  int
	made *outlook.Outlook
	take map[view.View]func() // what views show of it
	err  error
}

// makeOutlook begins to make one when the last is stale.
func (a *App) makeOutlook() tea.Cmd {
	o := &a.outlook
	if !o.stale || a.loading.active || a.loading.err != nil {
		return nil
	}
	if o.stop != nil {
		o.stop()
		return nil // outlookMade comes back here
	}
	ctx, stop := context.WithCancel(a.ctx)
	o.stale, o.stop = false, stop
	o.run++
	run, book, backend := o.run, a.host.Book.Clone(), a.backend
	graph, views := a.host.Graph, a.foreseers()
	return tea.Batch(func() tea.Msg {
		made, err := backend.Outlook(ctx, book)
		m := outlookMsg{run: run, made: made, take: map[view.View]func(){}, err: err}
		for v, f := range views {
			if err == nil {
				m.take[v] = f.Foresee(graph, made, book)
			}
		}
		return m
	}, a.opt.After(slowAfter, slowMsg{run}))
}

// outlookSlow says so in the header, unless it has been made by now.
func (a *App) outlookSlow(m slowMsg) {
	a.outlook.slow = a.outlook.stop != nil && m.run == a.outlook.run
}

// foreseers are the views that show what an export would do.
func (a *App) foreseers() map[view.View]view.Foreseer {
	out := map[view.View]view.Foreseer{}
	for _, v := range a.views {
		if f, ok := v.(view.Foreseer); ok {
			out[v] = f
		}
	}
	return out
}

// outlookMade takes an outlook in, unless something has changed since.
func (a *App) outlookMade(m outlookMsg) tea.Cmd {
	o := &a.outlook
	if m.run != o.run || o.stop == nil {
		return nil
	}
	o.stop()
	o.stop, o.slow = nil, false
	if o.stale {
		return nil
	}
	if m.err != nil {
		return nil
	}
	a.host.Outlook = m.made
	for v, take := range m.take {
		take()
		a.others.took(v)
	}
	a.applyFilter()
	a.offerAgain()
	a.toTop()
	a.fit()
	return nil
}

// summary is what the header says about an export, the longest way first.
func (a *App) summary() []string {
	t, o := a.curation.Choice(), a.host.Outlook
	if t.Total() == 0 {
		return nil
	}
	included := fmt.Sprintf("%d included", t.Included)
	var all, few []string
	for _, c := range []struct {
		n    int
		word string
		few  bool
	}{
		{o.Count(outlook.Written) + o.Count(outlook.Yours), "written", false},
		{o.Count(outlook.New), "new", true},
		{o.Count(outlook.Changed), "changed", true},
		{o.Count(outlook.Removed), "to go", true},
		{o.Count(outlook.Refused), "refused", true},
	} {
		if c.n == 0 {
			continue
		}
		all = append(all, fmt.Sprintf("%d %s", c.n, c.word))
		if c.few {
			few = append(few, all[len(all)-1])
		}
	}
	if len(all) == 0 {
		return []string{included}
	}
	dot := " " + a.host.Glyphs.Dot + " "
	rest := ""
	if a.outlook.slow {
		rest = "…"
	}
	return []string{strings.Join(all, dot) + rest, strings.Join(few, dot) + rest, included}
}
