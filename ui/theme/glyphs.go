package theme

// Glyphs are the symbols that all trees are drawn with. Every state has its own, so
// that it can be read without colour; each is one cell wide in every terminal.
type Glyphs struct {
	Cursor                               string
	Open, Closed                         string
	Included, Excluded, Undecided, Mixed string
}

// Arrow is in front of a row: whether it can be opened, and is open.
func (g *Glyphs) Arrow(children, open bool) string {
	switch {
	case !children:
		return " "
	case open:
		return g.Open
	}
	return g.Closed
}

// NewGlyphs gives the symbols, or similar ones for a terminal that shows ASCII only.
func NewGlyphs(ascii bool) Glyphs {
	if ascii {
		return Glyphs{Cursor: ">", Open: "v", Closed: ">", Included: "[x]", Excluded: "[-]", Undecided: "[ ]", Mixed: "[~]"}
	}
	return Glyphs{Cursor: "▌", Open: "▾", Closed: "▸", Included: "[✓]", Excluded: "[✗]", Undecided: "[ ]", Mixed: "[~]"}
}
