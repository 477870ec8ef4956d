package explorer

import (
	"context"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/query"
	"darkroom/ui/explorer/view"
)

// asking is what was typed into the filter line, while the answer is found in the
// background. Until it is there the filter and what is shown are those of the text before;
// what acts on rows waits for it (applyTyped).
type asking struct {
	run    int
	query  query.Query
	answer func() answer // waits for the answer; nil when nothing is asked
	stop   context.CancelFunc
}

// end lets what was asked be.
func (k *asking) end() {
	if k.answer != nil {
		k.stop()
	}
	k.answer = nil
}

// answer is what a query lets through in the view.
type answer struct {
	bound *query.Bound // nil for an empty query
	asked string       // what is wrong with a selector, or that it selects nothing
	view.Answer
}

// typedMsg lets the view follow what was typed. The letter is on the screen before, and of
// several that came together only the last asks the view.
type typedMsg struct{}

// foundMsg says that an answer is there.
type foundMsg struct{ run int }

// askTyped begins to find what the line lets through. An answer to another line is not
// wanted any more.
func (a *App) askTyped() tea.Cmd {
	f := &a.filter
	k, typed := &f.asking, f.input.Value()
	if !f.editing || !f.typed || k.answer != nil && k.query.Text == typed {
		return nil
	}
	k.end()
	ctx, stop := context.WithCancel(a.ctx)
	q := query.Parse(typed)
	*k = asking{run: k.run + 1, query: q, answer: a.look(ctx, q), stop: stop}
	return k.wait()
}

// wait gives what ends when the answer is there.
func (k *asking) wait() tea.Cmd {
	run, answer := k.run, k.answer
	return func() tea.Msg {
		answer()
		return foundMsg{run}
	}
}

// found takes an answer in, unless another one is asked for by now.
func (a *App) found(m foundMsg) {
	if k := &a.filter.asking; k.answer != nil && m.run == k.run {
		a.takeAnswer()
	}
}

func (a *App) takeAnswer() {
	f := &a.filter
	q, answer := f.asking.query, f.asking.answer
	f.asking.answer = nil
	a.answerTo(q, answer)
	f.asking.stop()
	f.typed = f.input.Value() != q.Text
}

// applyTyped makes the line the filter, where it is not yet.
func (a *App) applyTyped() {
	f := &a.filter
	switch {
	case !f.editing || !f.typed:
	case f.asking.answer != nil && f.asking.query.Text == f.input.Value():
		a.takeAnswer()
	default:
		a.setFilter(f.input.Value())
	}
}

// needsTyped reports input that acts on what the line lets through, which is not known yet.
func (a *App) needsTyped(msg tea.Msg) bool {
	f := &a.filter
	if !f.editing || !f.typed || a.panes.TooSmall() {
		return false
	}
	key, ok := msg.(tea.KeyMsg)
	name := key.String()
	return !ok || a.overlays.Top() == nil && !isLetter(key) && name != "esc" && name != "ctrl+c" && !a.suspends(name)
}

// look finds what a query lets through in the view. It takes what is there now; what it
// returns may be called in the background, by several, of whom one finds the answer and the
// others wait for it.
func (a *App) look(ctx context.Context, q query.Query) func() answer {
	if answer := a.foresaw(q); answer != nil {
		return answer
	}
	return a.lookIn(a.view, ctx, q)
}

func (a *App) lookIn(v view.View, ctx context.Context, q query.Query) func() answer {
	if q.Empty() {
		return func() answer { return answer{Answer: view.Answer{Show: func() { v.Filter(nil) }}} }
	}
	known, find := a.known(q), v.Look()
	if q.Changes() {
		known.Book = known.Book.Clone()
	}
	return sync.OnceValue(func() (r answer) {
		r.bound, r.asked = q.Bind(known)
		r.Answer = find(ctx, r.bound)
		return r
	})
}

// answerTo makes a query the filter, and takes the cursor to its first hit.
func (a *App) answerTo(q query.Query, answer func() answer) {
	f := &a.filter
	f.arrive, f.typed = nil, false
	view.EndRange(a.view)
	a.let(q, answer)
	if f.active() {
		a.view.FirstHit()
	}
}

// let shows what a query lets through. What takes a look at all dashboards follows after
// the frame.
func (a *App) let(q query.Query, answer func() answer) {
	f, found := &a.filter, answer()
	f.query, f.bound, f.asked, f.similar = q, found.bound, found.asked, false
	f.hiddenAt, f.shown = 0, nil
	f.rest.end()
	f.rest = afterwards{run: f.rest.run + 1, due: f.active(), shown: found.Shown}
	found.Show()
}
