package tour

import (
	"strings"

	"darkroom/ui/explorer/panes"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// The tour takes a few lines above the status line, where there is room for them besides
// the panes.
const (
	edgeLines = 3
	MinHeight = 16 // lines of a screen from which on it is drawn
)

// Needs is what the tour is given by the explorer.
type Needs struct {
	Host    *view.Host
	Panes   *panes.Division
	Key     func(action string) string // for New
	Resized func()                     // the panes have other sizes
}

// Guide shows a tour while there is one.
type Guide struct {
	Needs
	tour *Tour // nil when it is not on
}

// NewGuide has no tour yet.
func NewGuide(n Needs) *Guide { return &Guide{Needs: n} }

// Action begins the tour.
func (g *Guide) Action() view.Action {
	return view.Action{
		Name: "tour", Keys: []string{"?t"}, Group: view.GroupShow, Title: "a tour of the whole job in six steps: `t` and enter in the help; esc leaves it",
		Why: g.unable, Do: view.Still(g.start),
	}
}

func (g *Guide) unable() string {
	if len(g.Host.Graph.Dashboards()) == 0 {
		return "the tour needs dashboards; darkroom --demo has some"
	}
	if g.Panes.Height < MinHeight {
		return "the window is too small for the tour"
	}
	return ""
}

func (g *Guide) start() {
	g.tour, g.Panes.Edge = New(g.Key), edgeLines+1
	g.Resized()
}

// Did goes on when a step has been done.
func (g *Guide) Did(action string) { g.tour.did(action) }

// On reports that there is a tour.
func (g *Guide) On() bool { return g.tour != nil }

// End leaves it.
func (g *Guide) End() {
	g.tour, g.Panes.Edge = nil, 0
	g.Resized()
}

// Draw draws what to do above the status line.
func (g *Guide) Draw(screen []string, edge panes.Rect) {
	if g.tour == nil || edge.H == 0 {
		return
	}
	accent, across := g.Host.Styles.Accent, g.Host.Glyphs.RuleAcross
	heading, lines := g.tour.lines(edge.W-4, edge.H-1)
	rule := max(edge.W-text.Width(heading)-5, 0)
	out := []string{accent.Render(strings.Repeat(across, 2) + " " + text.Cut(heading, edge.W-5) + " " + strings.Repeat(across, rule))}
	for _, l := range lines {
		out = append(out, "  "+l)
	}
	panes.Place(screen, edge.With(out))
}
