package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/query"
	"darkroom/ui/explorer/panes"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

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
	run, field, known := o.run, o.field, a.known(a.filter.query)
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

// takeOffer puts what was chosen into the line, makes that the filter and does what follows.
func (a *App) takeOffer(s query.Suggestion, then func()) tea.Cmd {
	f := &a.filter
	f.input.SetValue(s.Text)
	f.input.CursorEnd()
	f.typed = f.input.Value() != f.query.Text
	return a.foresee(a.view, query.Parse(f.input.Value()), view.Still(func() {
		a.setFilter(f.input.Value())
		a.offer()
		then()
	}))
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
func (a *App) offersArea(f panes.Frame) panes.Rect {
	area := f.Body()
	return panes.Rect{X: area.X + 1, Y: area.Y, W: min(offerWidth, area.W-2, a.filter.offers.Width()), H: min(offerLines, max(area.H/2, 1))}
}

func (a *App) drawOffers(screen []string, f panes.Frame) {
	area := a.offersArea(f)
	for i, l := range a.filter.offers.Draw(a.host, area.W, area.H) {
		screen[area.Y+i] = text.Over(screen[area.Y+i], 0, text.Spaces(area.X)+l, max(f.View.W, area.X+area.W)) // no half of a row beside it
	}
}

// clickOffer takes what was clicked. It reports whether something was.
func (a *App) clickOffer(f panes.Frame, x, y int) (cmd tea.Cmd, clicked bool) {
	area := a.offersArea(f)
	if !a.filter.editing || !area.Contains(x, y) {
		return nil, false
	}
	s, ok := a.filter.offers.At(y - area.Y)
	if ok {
		cmd = a.takeOffer(s, func() {})
	}
	return cmd, ok
}
