package explorer

import (
	"strings"

	"darkroom/ui/explorer/panes"
	"darkroom/ui/explorer/tour"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// The tour takes a few lines above the status line, where there is room for them besides
// the panes.
const (
	tourLines  = 3
	tourHeight = 16 // lines of a screen from which on it is drawn
)

func (a *App) tourAction() view.Action {
	return view.Action{
		Name: "tour", Keys: []string{"?t"}, Group: view.GroupShow, Title: "a tour of the whole job in six steps: `t` and enter in the help; esc leaves it",
		Why: a.noTour, Do: view.Still(a.startTour),
	}
}

func (a *App) noTour() string {
	if len(a.host.Graph.Dashboards()) == 0 {
		return "the tour needs dashboards; darkroom --demo has some"
	}
	if a.panes.Height < tourHeight {
		return "the window is too small for the tour"
	}
	return ""
}

func (a *App) startTour() {
	a.tour = tour.New(func(name string) string {
		if act := a.registry.Named(name); act != nil && len(act.Keys) > 0 {
			return view.KeyLabel(act.Keys[0])
		}
		return ""
	})
	a.panes.Edge = tourLines + 1
	a.fit()
}

func (a *App) endTour() {
	a.tour, a.panes.Edge = nil, 0
	a.fit()
}

// drawTour draws what to do above the status line.
func (a *App) drawTour(screen []string, f panes.Frame) {
	if a.tour == nil || f.Edge.H == 0 {
		return
	}
	st := a.host.Styles
	heading, lines := a.tour.Lines(f.Edge.W-4, f.Edge.H-1)
	rule := max(f.Edge.W-text.Width(heading)-5, 0)
	out := []string{st.Accent.Render(strings.Repeat(a.host.Glyphs.RuleAcross, 2) + " " + text.Cut(heading, f.Edge.W-5) + " " + strings.Repeat(a.host.Glyphs.RuleAcross, rule))}
	for _, l := range lines {
		out = append(out, "  "+l)
	}
	panes.Place(screen, f.Edge.With(out))
}
