package text

import "strings"

// signs are the symbols of our own texts and drawings, and what they are in ASCII. The
// signs of states are not here: a Glyphs has them.
const (
	signs   = "…›▏→←↑↓“”‘’–—·×│┃─━▌▾▸▣"
	inASCII = "~>_><^v\"\"''--.x||-=>v>#"
)

// Signs makes a frame for a terminal with signs of ASCII only: our own symbols are
// replaced by similar ones, letters of any script stay.
func Signs(frame string) string {
	ours := []rune(signs)
	return strings.Map(func(r rune) rune {
		switch {
		case r < 0x80:
			return r
		case r >= 0x2500 && r < 0x2580 && !strings.ContainsRune(signs, r): // corners and crossings
			return '+'
		}
		for i, sign := range ours {
			if r == sign {
				return rune(inASCII[i])
			}
		}
		return r
	}, frame)
}

// ASCII makes a frame for a terminal that shows ASCII only: what Signs leaves becomes a
// question mark per cell.
func ASCII(frame string) string {
	frame = Signs(frame)
	var b strings.Builder
	for _, r := range frame {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Repeat("?", Width(string(r))))
		}
	}
	return b.String()
}
