package plain

import (
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"darkroom/ui/text"
)

// line prints one line, or as many as a text has; empty ones are left out.
func line(w io.Writer, said string) {
	for _, l := range text.CleanLines(said) {
		if strings.TrimSpace(l) != "" {
			_, _ = io.WriteString(w, l+"\n") // an output that fails ends the next print
		}
	}
}

// signs are what a drawing has for eyes, and the word for it. A sign that its word follows
// is left out.
var signs = strings.NewReplacer(
	"[✓] included", "included", "[✗] excluded", "excluded", "[ ] undecided", "undecided",
	"◆ healthy", "healthy", "◇ caution", "caution", "▲ degraded", "degraded", "● written", "written", "∅ gone", "gone",
	"[✓]", "included", "[✗]", "excluded", "[ ]", "undecided", "[~]", "mixed",
	"◆", "healthy", "◇", "caution", "▲", "degraded", "▣", "dashboard", "✓", "yes", "✗", "no", "≠", "differs", "∅", "gone", "●", "written",
	"↑↓", "up or down", "↑", "up", "↓", "down", "←", "left", "→", "right", "↵", "enter", "▌", "", "▸", "", "▾", "", "▏", "", "│", ",", "·", "-", "…", "...",
	" ─ ", " - ", "━", "", "─", "", "›", ">", // bars and rules say nothing
)

// words is a drawing as text: no colours, no frames, words for signs, one space between
// words. What has nothing to read is left out.
func words(lines []string) string {
	var b strings.Builder
	for _, l := range lines {
		l = strings.Join(strings.Fields(signs.Replace(ansi.Strip(l))), " ")
		if strings.Trim(l, "-, ") != "" {
			b.WriteString(l + "\n")
		}
	}
	return b.String()
}
