package text

import "strings"

// asciiSigns are twins of the signs that our own texts and hints use.
var asciiSigns = strings.NewReplacer("…", "~", "›", ">", "▏", "_", "→", ">", "←", "<", "↑", "^", "↓", "v", "“", `"`, "”", `"`, "–", "-")

// ASCII makes a frame for a terminal that can show nothing else: our own signs
// get a twin, other letters a question mark per cell.
func ASCII(frame string) string {
	frame = asciiSigns.Replace(frame)
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
