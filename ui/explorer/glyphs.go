package explorer

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

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

// asciiSigns are what text and hints use beside the glyphs.
var asciiSigns = strings.NewReplacer("…", "~", "›", ">", "▏", "_", "→", ">", "←", "<", "↑", "^", "↓", "v", "“", `"`, "”", `"`, "–", "-")

// toASCII makes a frame for a terminal that can show nothing else: our own signs
// get a twin, other letters a question mark per cell.
func toASCII(frame string) string {
	frame = asciiSigns.Replace(frame)
	var b strings.Builder
	for _, r := range frame {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Repeat("?", ansi.StringWidth(string(r))))
		}
	}
	return b.String()
}
