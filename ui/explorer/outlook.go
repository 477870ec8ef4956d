package explorer

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/outlook"
	"darkroom/ui/explorer/view"
)

// outlookState is what is known of the making of the outlook. At most one is made at a
// time: what changes meanwhile stops it, and one more is made when it has ended.
type outlookState struct {
	stale   bool // decisions, graph or files have changed since the last was begun
	run     int  // number of the one that is being made
	stop    context.CancelFunc
	problem string // why the last could not be made
}

// outlookMsg brings an outlook.
type outlookMsg struct {
	run  int
	made *outlook.Outlook
	take []func() // by views, what they show of it
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
	return func() tea.Msg {
		made, err := backend.Outlook(ctx, book)
		m := outlookMsg{run: run, made: made, err: err}
		for _, v := range views {
			if err == nil {
				m.take = append(m.take, v.Foresee(graph, made, book))
			}
		}
		return m
	}
}

// foreseers are the views that show what an export would do.
func (a *App) foreseers() (out []view.Foreseer) {
	for _, v := range a.views {
		if f, ok := v.(view.Foreseer); ok {
			out = append(out, f)
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
	o.stop = nil
	if o.stale {
		return nil
	}
	if m.err != nil {
		o.problem = m.err.Error()
		return nil
	}
	a.host.Outlook, o.problem = m.made, ""
	for _, take := range m.take {
		take()
	}
	a.applyFilter()
	a.fit()
	return nil
}
