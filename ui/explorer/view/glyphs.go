package view

import "darkroom/ui/theme"

// Glyphs are the signs the explorer draws besides those of every tree.
type Glyphs struct {
	theme.Glyphs
	Rule, RuleAcross     string
	Linked, Gap, Unsure  string
	Crumb, Dot, Down, Up string
}

// NewGlyphs gives the signs, or those for a terminal that shows ASCII only.
func NewGlyphs(ascii bool) Glyphs {
	if ascii {
		return Glyphs{
			Glyphs: theme.NewGlyphs(true),
			Rule:   "|", RuleAcross: "-",
			Linked: "x", Gap: "-", Unsure: "?",
			Crumb: " > ", Dot: ".", Down: "v", Up: "^",
		}
	}
	return Glyphs{
		Glyphs: theme.NewGlyphs(false),
		Rule:   "│", RuleAcross: "─",
		Linked: "✓", Gap: "✗", Unsure: "?",
		Crumb: " › ", Dot: "·", Down: "↓", Up: "↑",
	}
}
