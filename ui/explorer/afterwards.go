package explorer

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/query"
	"darkroom/ui/explorer/view"
	"darkroom/ui/fuzzy"
)

// afterwards is what follows a filter once its frame is drawn: dashboards are counted, and
// where nothing matches the other views are asked. It is found in the background, and
// dropped when the filter is another one by then.
type afterwards struct {
	run       int
	due, done bool
	stop      context.CancelFunc // nil before it begins
	shown     func() []string
	elsewhere []elsewhere
}

// end lets it be.
func (r *afterwards) end() {
	if r.stop != nil {
		r.stop()
	}
}

// elsewhere is a view with hits.
type elsewhere struct {
	view view.View
	hits int
}

// afterFilter begins what is due.
func (a *App) afterFilter() tea.Cmd {
	f := &a.filter
	if !f.rest.due || !a.others.all() {
		return nil
	}
	ctx, stop := context.WithCancel(a.ctx)
	f.rest.due, f.rest.stop = false, stop
	run, shown, further := f.rest.run, f.rest.shown, func() further { return further{} }
	if a.filterProblem() == "" && a.view.Hits() == 0 {
		further = a.lookFurther(ctx, f.bound)
	}
	return func() tea.Msg {
		keys, more := setOf(shown()), further()
		if more.similar != nil {
			keys = setOf(more.similar.Shown())
		}
		return view.Then(func() tea.Cmd {
			if run == f.rest.run {
				stop()
				f.rest.done, f.rest.elsewhere, f.shown = true, more.elsewhere, keys
				a.showSimilar(more.similar)
			}
			return nil
		})
	}
}

// further is what there is where a view has no hit: other views that have some or, when none
// has, rows with names that are like the words.
type further struct {
	elsewhere []elsewhere
	similar   *view.Answer
}

// lookFurther gives what finds it.
func (a *App) lookFurther(ctx context.Context, bound *query.Bound) func() further {
	type look = func(context.Context, *query.Bound) view.Answer
	var others []view.View
	var looks []look
	for _, v := range a.views {
		if v != a.view {
			others, looks = append(others, v), append(looks, v.Look())
		}
	}
	here := a.view.Look()
	return func() (more further) {
		for i, find := range looks {
			if n := find(ctx, bound).Hits; n > 0 {
				more.elsewhere = append(more.elsewhere, elsewhere{others[i], n})
			}
		}
		like := map[string]*fuzzy.Matcher{}
		for _, w := range bound.Words {
			like[w] = fuzzy.New(w)
		}
		similar := bound.Similar(func(name, word string) bool { return like[word].Score(name) > 0 })
		if similar == nil || len(more.elsewhere) > 0 {
			return more
		}
		if found := here(ctx, similar); found.Hits > 0 {
			more.similar = &found
		}
		return more
	}
}

// showSimilar shows rows with names that are like the words of a filter that no row has.
func (a *App) showSimilar(found *view.Answer) {
	if found != nil {
		found.Show()
		a.filter.similar, a.filter.hiddenAt = true, 0
		a.view.FirstHit()
	}
}

// pointsElsewhere says which views have what is not here; empty when none is known.
func (a *App) pointsElsewhere() string {
	var parts []string
	for i, e := range a.filter.rest.elsewhere {
		noun := ""
		if i == 0 {
			noun = " match"
			if e.hits != 1 {
				noun = " matches"
			}
		}
		parts = append(parts, fmt.Sprintf("%d%s in %s", e.hits, noun, strings.TrimSpace(a.viewKey(e.view)+" "+e.view.Info().Title)))
	}
	return strings.Join(parts, ", ")
}

// goElsewhere is a jump to the first view that has what is not here.
func (a *App) goElsewhere() tea.Cmd {
	return a.switchTo(a.filter.rest.elsewhere[0].view, func() { a.view.FirstHit() })
}

// shownByFilter are the dashboards that the filter shows, by key.
func (a *App) shownByFilter() map[string]bool {
	f := &a.filter
	if f.shown == nil {
		f.shown = setOf(a.view.Shown())
	}
	return f.shown
}

// hiddenIncluded counts included dashboards that the filter does not show: what is
// written is always the whole choice, so the screen says it.
func (a *App) hiddenIncluded() int {
	f, book := &a.filter, a.host.Book
	if !f.active() || !f.rest.done {
		return 0
	}
	if f.hiddenAt == book.Version()+1 {
		return f.hidden
	}
	f.hidden, f.hiddenAt = 0, book.Version()+1
	if a.curation.Choice().Included == 0 {
		return 0
	}
	shown := a.shownByFilter()
	for _, d := range a.host.Graph.Dashboards() {
		if !shown[d.Key] && book.Effective(d.Key) == curate.Included {
			f.hidden++
		}
	}
	return f.hidden
}

func setOf(keys []string) map[string]bool {
	set := make(map[string]bool, len(keys))
	for _, key := range keys {
		set[key] = true
	}
	return set
}
