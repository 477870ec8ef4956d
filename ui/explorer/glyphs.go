package explorer

// glyphs are the signs the explorer draws. Every state has its own, so that it
// reads without colour; each is one cell wide in every terminal.
type glyphs struct {
	cursor                               string
	open, closed                         string
	included, excluded, undecided, mixed string
	rule, ruleAcross                     string
	linked, gap, unsure                  string
	crumb, dot, down, up                 string
}

var (
	unicodeGlyphs = glyphs{
		cursor: "▌", open: "▾", closed: "▸",
		included: "[✓]", excluded: "[✗]", undecided: "[ ]", mixed: "[~]",
		rule: "│", ruleAcross: "─",
		linked: "✓", gap: "✗", unsure: "?",
		crumb: " › ", dot: "·", down: "↓", up: "↑",
	}
	asciiGlyphs = glyphs{
		cursor: ">", open: "v", closed: ">",
		included: "[x]", excluded: "[-]", undecided: "[ ]", mixed: "[~]",
		rule: "|", ruleAcross: "-",
		linked: "x", gap: "-", unsure: "?",
		crumb: " > ", dot: ".", down: "v", up: "^",
	}
)
