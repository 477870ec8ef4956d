package explorer

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/query"
	"darkroom/ui/explorer/view"
	"darkroom/ui/fuzzy"
	"darkroom/ui/text"
)

// afterwards is what follows a filter once its frame is drawn: dashboards are counted, and
// where nothing matches the other views are asked. Each step is a message of its own, and
// none is taken when the filter is another one by then.
type afterwards struct {
	run       int
	due, done bool
	elsewhere []elsewhere
}

// elsewhere is a view with hits.
type elsewhere struct {
	view view.View
	hits int
}

// afterFilter begins what is due.
func (a *App) afterFilter() tea.Cmd {
	rest := &a.filter.rest
	if !rest.due {
		return nil
	}
	rest.due = false
	return a.ifStill(rest.run, a.countFilter)
}

// ifStill does something with the next message, unless there is another filter.
func (a *App) ifStill(run int, do func() tea.Cmd) tea.Cmd {
	return func() tea.Msg {
		return view.Then(func() tea.Cmd {
			if run != a.filter.rest.run {
				return nil
			}
			return do()
		})
	}
}

func (a *App) countFilter() tea.Cmd {
	f := &a.filter
	f.rest.done = true
	a.shownByFilter()
	if a.filterProblem() != "" || a.view.Hits() > 0 {
		return nil
	}
	return a.lookElsewhere(0)
}

// lookElsewhere asks one view after another. When none has a hit, names that are like the
// words are shown here.
func (a *App) lookElsewhere(i int) tea.Cmd {
	f := &a.filter
	if i == len(a.views) {
		if len(f.rest.elsewhere) == 0 {
			a.showSimilar()
		}
		return nil
	}
	if v := a.views[i]; v != a.view {
		back := v.Here()
		v.Filter(f.bound)
		if n := v.Hits(); n > 0 {
			f.rest.elsewhere = append(f.rest.elsewhere, elsewhere{v, n})
		}
		v.Filter(nil)
		back(false)
	}
	return a.ifStill(f.rest.run, func() tea.Cmd { return a.lookElsewhere(i + 1) })
}

// showSimilar shows rows with names that are like the words of a filter that no row has.
func (a *App) showSimilar() {
	f := &a.filter
	like := map[string]*fuzzy.Matcher{}
	for _, w := range f.bound.Words {
		like[w] = fuzzy.New(w)
	}
	similar := f.bound.Similar(func(name, word string) bool { return like[word].Score(name) > 0 })
	if similar == nil {
		return
	}
	if a.view.Filter(similar); a.view.Hits() == 0 {
		a.view.Filter(f.bound)
		return
	}
	f.similar, f.shown, f.hiddenAt = true, nil, 0
	a.view.FirstHit()
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
	a.switchTo(a.filter.rest.elsewhere[0].view)
	a.view.FirstHit()
	return nil
}

// offered are the values of a field that are counted for the list of what the filter line
// can become. They are counted in the background once for each time that a field is begun.
type offered struct {
	run    int
	field  string // whose values these are, or will be
	due    bool
	values []query.Value
}

// offer renews what the filter line can become. In the middle of a line that is nothing,
// and of values nothing before they are counted.
func (a *App) offer() {
	f := &a.filter
	typed := f.input.Value()
	if f.input.Position() != len([]rune(typed)) {
		f.offers.Offer(nil, typed)
		return
	}
	if field := query.ValueField(typed); field != f.offered.field {
		f.offered = offered{run: f.offered.run + 1, field: field, due: field != ""}
	}
	f.offers.Offer(query.Suggest(typed, f.offered.values), typed)
}

// offerAgain counts again what is counted of states: what an export does has changed.
func (a *App) offerAgain() {
	if f := &a.filter; f.editing && f.offered.field == "state" {
		f.offered.field = ""
		a.offer()
	}
}

// countOffered begins to count the values that are due.
func (a *App) countOffered() tea.Cmd {
	o := &a.filter.offered
	if !o.due {
		return nil
	}
	o.due = false
	run, field, known := o.run, o.field, a.known()
	if field == "state" {
		known.Book = known.Book.Clone()
	}
	return func() tea.Msg {
		values := known.Values(field)
		return view.Then(func() tea.Cmd {
			if o := &a.filter.offered; run == o.run {
				o.values = values
				a.offer()
			}
			return nil
		})
	}
}

// takeOffer puts what was chosen into the line.
func (a *App) takeOffer(s query.Suggestion) {
	f := &a.filter
	f.input.SetValue(s.Text)
	f.input.CursorEnd()
	a.setFilter(f.input.Value())
	a.offer()
}

// chooseOffer goes up or down in the list, and without one in the view.
func (a *App) chooseOffer(by int) tea.Cmd {
	switch {
	case a.filter.offers.Len() > 0:
		a.filter.offers.Move(by)
		return nil
	case by < 0:
		return a.do("move.up")
	}
	return a.do("move.down")
}

// Most of what is offered is seen at once on a screen of 80 by 24.
const (
	offerLines = 8
	offerWidth = 72
)

// offersArea is where the list is drawn: below the filter line.
func (a *App) offersArea(f frame) rect {
	area := f.body()
	return rect{area.x + 1, area.y, min(offerWidth, area.w-2, a.filter.offers.Width()), min(offerLines, max(area.h/2, 1))}
}

func (a *App) drawOffers(screen []string, f frame) {
	area := a.offersArea(f)
	for i, l := range a.filter.offers.Draw(a.host, area.w, area.h) {
		screen[area.y+i] = text.Over(screen[area.y+i], 0, text.Spaces(area.x)+l, max(f.view.w, area.x+area.w)) // no half of a row beside it
	}
}

// clickOffer takes what was clicked. It reports whether something was.
func (a *App) clickOffer(f frame, x, y int) bool {
	area := a.offersArea(f)
	if !a.filter.editing || !area.contains(x, y) {
		return false
	}
	s, ok := a.filter.offers.At(y - area.y)
	if ok {
		a.takeOffer(s)
	}
	return ok
}
