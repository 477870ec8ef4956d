package view

import "darkroom/ui/theme"

// Glyphs are the signs the explorer draws besides those of every tree.
type Glyphs struct {
	theme.Glyphs
	ASCII                bool
	Rule, RuleAcross     string
	Bold, BoldAcross     string    // rules beside the details that have the keys
	Corners              [4]string // of a box: the upper two, then the lower two
	Linked, Gap, Unsure  string
	Crumb, Dot, Down, Up string
	More                 string // where a name is cut
	Here                 string // the dashboard or resource that a way leads to
	Full, Bare           string // of a bar: what is done, and what is not
	Healthy, Caution     string // of health
	Degraded             string
	Tick, Cross          string // after a number: so many are included, excluded
}

// NewGlyphs gives the signs, or those for a terminal that shows ASCII only.
func NewGlyphs(ascii bool) Glyphs {
	if ascii {
		return Glyphs{
			Glyphs: theme.NewGlyphs(true), ASCII: true,
			Rule: "|", RuleAcross: "-", Bold: "|", BoldAcross: "=", Corners: [4]string{"+", "+", "+", "+"},
			Linked: "=", Gap: "!", Unsure: "?",
			Crumb: " > ", Dot: ".", Down: "v", Up: "^", Here: "#", More: "~",
			Full: "#", Bare: ".", Tick: "x", Cross: "-", Healthy: "H", Caution: "C", Degraded: "D",
		}
	}
	return Glyphs{
		Glyphs: theme.NewGlyphs(false),
		Rule:   "│", RuleAcross: "─", Bold: "┃", BoldAcross: "━", Corners: [4]string{"╭", "╮", "╰", "╯"},
		Linked: "✓", Gap: "✗", Unsure: "?",
		Crumb: " › ", Dot: "·", Down: "↓", Up: "↑", Here: "▣", More: "…",
		Full: "━", Bare: "─", Tick: "✓", Cross: "✗", Healthy: "◆", Caution: "◇", Degraded: "▲",
	}
}
