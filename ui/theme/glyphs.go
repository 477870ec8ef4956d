package theme

// Glyphs are the signs that every tree of ours is drawn with. Every state has its
// own, so that it reads without colour; each is one cell wide in every terminal.
type Glyphs struct {
	Cursor                               string
	Open, Closed                         string
	Included, Excluded, Undecided, Mixed string
}

// NewGlyphs gives the signs, or their twins for a terminal that shows ASCII only.
func NewGlyphs(ascii bool) Glyphs {
	if ascii {
		return Glyphs{Cursor: ">", Open: "v", Closed: ">", Included: "[x]", Excluded: "[-]", Undecided: "[ ]", Mixed: "[~]"}
	}
	return Glyphs{Cursor: "▌", Open: "▾", Closed: "▸", Included: "[✓]", Excluded: "[✗]", Undecided: "[ ]", Mixed: "[~]"}
}
