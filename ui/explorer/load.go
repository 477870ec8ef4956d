package explorer

import (
	"context"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/text"
)

// loadState is what is known of the loading that runs.
type loadState struct {
	run      int // number of the loading; messages of an older one are dropped
	sources  []Progress
	active   bool
	err      error
	messages <-chan loadMsg
}

// loadMsg is one message of a loading: progress, a larger graph, or its end.
type loadMsg struct {
	run      int
	progress *Progress
	graph    *prepared
	done     *Loaded // with graph
	err      error
}

// startLoading runs the backend's Load in the background.
func (a *App) startLoading() tea.Cmd {
	run, backend, ctx, seen := a.loading.run+1, a.backend, a.ctx, a.view
	a.loading = loadState{run: run, active: true}
	messages, next := background(ctx, a.opt.Go, func(send func(loadMsg)) {
		defer a.opt.Loaded()
		done, err := backend.Load(ctx,
			func(p Progress) { send(loadMsg{run: run, progress: &p}) },
			func(g *lineage.Graph) { send(loadMsg{run: run, graph: a.prepare(g, curate.New(nil), seen)}) })
		if err != nil {
			send(loadMsg{run: run, err: err})
			return
		}
		send(loadMsg{run: run, done: &done, graph: a.prepare(done.Graph, done.Book, seen)})
		warm(done.Graph)
	})
	a.loading.messages = messages
	return next
}

// background starts work that has more than one message. Its messages come through
// a channel that a command reads one by one, so that none is lost and their order
// stays; each message asks for the next. Nothing waits once quit has ended.
func background[M tea.Msg](quit context.Context, start func(func()), work func(send func(M))) (<-chan M, tea.Cmd) {
	messages := make(chan M, 64)
	start(func() {
		work(func(m M) {
			select {
			case messages <- m:
			case <-quit.Done():
			}
		})
	})
	return messages, nextMsg(quit, messages)
}

// nextMsg reads one message of what runs in the background.
func nextMsg[M tea.Msg](ctx context.Context, out <-chan M) tea.Cmd {
	return func() tea.Msg {
		select {
		case m := <-out:
			return m
		case <-ctx.Done():
			return nil
		}
	}
}

// loaded takes one message in and asks for the next.
func (a *App) loaded(m loadMsg) tea.Cmd {
	if m.run != a.loading.run {
		return nil
	}
	switch {
	case m.err != nil:
		a.loading.active = false
		if !errors.Is(m.err, context.Canceled) {
			a.loading.err = m.err
		}
		return nil
	case m.graph != nil && m.graph.take[a.view] == nil:
		return a.whenSeen(m.graph, func() tea.Cmd { return a.loaded(m) })
	case m.done != nil:
		a.loading.active = false
		a.title, a.by, a.note, a.host.Book, a.host.Servers = m.done.Title, m.done.By, m.done.ReadOnly, m.done.Book, m.done.Servers
		a.host.Changes.Set = m.done.Changes
		a.setGraph(m.graph)
		a.unfold()
		a.toTop()
		return a.welcome(m.done.Warnings, m.done.Welcome)
	case m.graph != nil:
		a.setGraph(m.graph)
		a.unfold()
	case m.progress != nil:
		a.loading.note(*m.progress)
	}
	return nextMsg(a.ctx, a.loading.messages)
}

func (l *loadState) note(p Progress) {
	for i := range l.sources {
		if l.sources[i].Source == p.Source {
			l.sources[i] = p
			return
		}
	}
	l.sources = append(l.sources, p)
}

// toTop begins each view at its top, unless a key was pressed while it loaded: what was
// read last can belong above what came first.
func (a *App) toTop() {
	if a.touched {
		return
	}
	for _, v := range a.views {
		v.MoveBy(-endless)
	}
	a.details.Other()
	a.fit()
}

// welcome says the one thing worth knowing first; the log has the rest.
func (a *App) welcome(warnings []string, special string) tea.Cmd {
	if a.note != "" {
		warnings = append([]string{a.note}, warnings...)
	}
	for _, w := range warnings {
		a.warned(w)
	}
	if a.note == "" && special != "" {
		return a.say(special)
	}
	if all := append(warnings, a.opt.Problems...); len(all) > 0 {
		return a.show(all[0])
	}
	return nil
}

// loadingLines are shown where the view will be.
func (a *App) loadingLines(width int) []string {
	if a.loading.err != nil {
		lines := []string{a.host.Styles.Bad.Render("Could not open."), ""}
		for _, l := range text.CleanLines(a.loading.err.Error()) {
			lines = append(lines, text.Wrap(l, max(width-2, 10))...)
		}
		return append(lines, "", a.host.Styles.Dim.Render(a.keyOf("sync")+" tries again, "+a.keyOf(quitName)+" quits."))
	}
	lines := []string{a.host.Styles.Title.Render("Loading"), ""}
	for _, p := range a.loading.sources {
		state := "…"
		switch {
		case p.Done:
			state = a.host.Glyphs.Linked
		case p.Total > 0:
			state = fmt.Sprintf("%d%%", min(100*p.Read/p.Total, 100))
		}
		lines = append(lines, text.PadLeft(state, 4)+"  "+text.Cut(text.Clean(p.Source), max(width-7, 4)))
	}
	return lines
}
