package view

import (
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/theme"
)

// Sign is what is drawn beside a checkbox: what an export does with the dashboard.
type Sign struct {
	State        outlook.State
	Glyph, ASCII string
	About        string // for the legend
	style        func(*theme.Styles) theme.Style
}

// signs has one row for each state.
func signs() []Sign {
	dim := func(s *theme.Styles) theme.Style { return s.Dim }
	good := func(s *theme.Styles) theme.Style { return s.Good }
	add := func(s *theme.Styles) theme.Style { return s.Add }
	warn := func(s *theme.Styles) theme.Style { return s.Warn }
	bad := func(s *theme.Styles) theme.Style { return s.Bad }
	return []Sign{
		{outlook.Written, "●", "*", "in the YAML and equal", good},
		{outlook.New, "+", "+", "will be added", add},
		{outlook.Changed, "~", "~", "will change", warn},
		{outlook.Removed, "−", "-", "will be taken out", warn},
		{outlook.Refused, "!", "!", "refused", bad},
		{outlook.Yours, "≠", "#", "you edited it and the BI tool differs", warn},
		{outlook.Manual, "h", "h", "written by hand", dim},
		{outlook.Gone, "∅", "0", "gone from the BI tool", warn},
	}
}

// PlanSign is the sign of a state, one cell; of none a space.
func (h *Host) PlanSign(s outlook.State) (sign string, style theme.Style) {
	for _, row := range signs() {
		if row.State == s {
			if h.Glyphs.ASCII {
				return row.ASCII, row.style(h.Styles)
			}
			return row.Glyph, row.style(h.Styles)
		}
	}
	return " ", theme.Style{}
}

// Does is what an export does with a dashboard.
func (h *Host) Does(d *lineage.Dashboard) outlook.State { return h.Outlook.Of(d.Key).State }

// Legend explains all signs beside names: checkboxes, what an export does, tables, health.
func (h *Host) Legend() []Hint {
	out := []Hint{
		{h.Glyphs.Included, "included"},
		{h.Glyphs.Excluded, "excluded"},
		{h.Glyphs.Undecided, "undecided"},
		{h.Glyphs.Mixed, "some of what is below"},
		{"2" + h.Glyphs.Tick, "2 of them included"},
		{"2" + h.Glyphs.Cross, "2 of them excluded"},
	}
	for _, row := range signs() {
		sign, _ := h.PlanSign(row.State)
		out = append(out, Hint{sign, row.About})
	}
	out = append(out,
		Hint{h.Glyphs.Linked, "table linked"}, Hint{h.Glyphs.Unsure, "table needs your decision"}, Hint{h.Glyphs.Gap, "table not in dbt"})
	return append(out, h.healthLegend()...)
}

// AdoptsIt says how an exposure that is written by hand is adopted.
func AdoptsIt(string) string { return "A adopts it" }
