package explorer

import "darkroom/ui/theme"

// glyphs are the signs the explorer draws besides those of every tree.
type glyphs struct {
	theme.Glyphs
	rule, ruleAcross     string
	linked, gap, unsure  string
	crumb, dot, down, up string
}

func newGlyphs(ascii bool) glyphs {
	if ascii {
		return glyphs{
			Glyphs: theme.NewGlyphs(true),
			rule:   "|", ruleAcross: "-",
			linked: "x", gap: "-", unsure: "?",
			crumb: " > ", dot: ".", down: "v", up: "^",
		}
	}
	return glyphs{
		Glyphs: theme.NewGlyphs(false),
		rule:   "│", ruleAcross: "─",
		linked: "✓", gap: "✗", unsure: "?",
		crumb: " › ", dot: "·", down: "↓", up: "↑",
	}
}
