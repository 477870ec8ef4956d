package view

import (
	"cmp"

	"darkroom/model"
	"darkroom/model/health"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/table"
	"darkroom/ui/theme"
)

// HealthSign is the sign of a state, one cell.
func (h *Host) HealthSign(s health.State) (sign string, style theme.Style) {
	row := [...]struct {
		sign  string
		style theme.Style
	}{
		health.Unknown:  {h.Glyphs.Dot, h.Styles.Dim},
		health.Healthy:  {h.Glyphs.Healthy, h.Styles.Good},
		health.Caution:  {h.Glyphs.Caution, h.Styles.Warn},
		health.Degraded: {h.Glyphs.Degraded, h.Styles.Bad},
	}[s]
	return row.sign, row.style
}

// HealthWord is the sign of a state with its word.
func (h *Host) HealthWord(s health.State) (word string, style theme.Style) {
	sign, style := h.HealthSign(s)
	return sign + " " + s.String(), style
}

// HealthOf is the health of a node that can have one; ok is false without any results.
func (h *Host) HealthOf(id lineage.ID) (s health.State, ok bool) {
	if !h.Health.HasResults() || id == lineage.None {
		return health.Unknown, false
	}
	if r := h.Graph.Node(id).Resource; r != nil && r.Kind != model.KindSource && !r.HasRuns() {
		return health.Unknown, false
	}
	return h.Health.State(id), true
}

// HealthOfEntry is likewise of an exposure; a disabled one has none.
func (h *Host) HealthOfEntry(e *outlook.Entry) (s health.State, ok bool) {
	if !h.Health.HasResults() || e.Disabled {
		return health.Unknown, false
	}
	return h.Health.Entry(e), true
}

// CompareHealth has what is worst first, and what is healthy last.
func CompareHealth(a, b health.State) int { return cmp.Compare(b.Rank(), a.Rank()) }

// HealthName is the column of health in words; without it signs are behind names.
const HealthName = "health"

// HealthColumn is the health of the data behind rows, with its sign. It is shown in panes of
// a width.
func HealthColumn[R any](from int, of func(R) (h *Host, s health.State, ok bool)) table.Column[R] {
	return table.Column[R]{
		Name: HealthName, Heading: "HEALTH", Width: 10, From: from,
		Value: func(r R) string {
			h, s, ok := of(r)
			if !ok {
				return ""
			}
			word, _ := h.HealthWord(s)
			return word
		},
		Style: func(r R) theme.Style {
			h, s, _ := of(r)
			_, style := h.HealthSign(s)
			return style
		},
		Compare: func(a, b R) int { // what needs a look first
			_, x, _ := of(a)
			_, y, _ := of(b)
			return CompareHealth(x, y)
		},
	}
}

// healthLegend explains the signs, the worst first.
func (h *Host) healthLegend() (out []Hint) {
	for _, s := range []health.State{health.Degraded, health.Caution, health.Healthy, health.Unknown} {
		sign, _ := h.HealthSign(s)
		about := s.String()
		switch {
		case s == health.Unknown && h.Health.HasResults():
			about = "health unknown"
		case s == health.Unknown:
			about = "health unknown: no run results"
		}
		out = append(out, Hint{sign, about})
	}
	return out
}
