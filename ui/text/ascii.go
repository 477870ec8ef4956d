package text

import "strings"

// asciiSymbols replaces the symbols that our own texts and hints use.
var asciiSymbols = strings.NewReplacer("…", "~", "›", ">", "▏", "_", "→", ">", "←", "<", "↑", "^", "↓", "v", "“", `"`, "”", `"`, "–", "-")

// ASCII makes a frame for a terminal that shows ASCII only: our own symbols are
// replaced by similar ones, other letters by a question mark per cell.
func ASCII(frame string) string {
	frame = asciiSymbols.Replace(frame)
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
