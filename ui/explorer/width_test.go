package explorer

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/ui/explorer/panes"
	"darkroom/ui/text"
)

// wide are texts that terminals count differently: a skin tone, a family, a flag, a
// heart with and without its colour, a keycap, and letters with marks.
const wide = "👍🏽 👨‍👩‍👧‍👦 🇩🇪 ❤️ ❤ 1️⃣ क्षि e\u0301 ☕"

// The panes stay where they are whatever a terminal counts for a text, and nothing of
// an older frame is left between them.
func TestPanesStayInPlaceWhateverTheTerminalCounts(t *testing.T) {
	tables := map[string]func(r rune) int{
		"each code point for itself": func(r rune) int { return text.Width(string(r)) },
		"emoji are narrow":           func(rune) int { return 1 },
		"emoji are very wide": func(r rune) int {
			if r > 0x2000 && r != '│' {
				return 4
			}
			return 1
		},
		"marks are letters": func(r rune) int { return max(text.Width(string(r)), 1) },
	}
	site := tower()
	for i := range site.Dashboards {
		site.Dashboards[i].Name = strings.Repeat(wide, 1+i%3) + site.Dashboards[i].Name
	}
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}
	s := begin(t, f, 120, 30)
	s.View("Dashboards").Press("open-all", "move.bottom")
	frame := strings.Split(s.Raw(), "\n")
	place := (&panes.Division{Width: 120, Height: 30, Share: 60}).Frame()
	for name, width := range tables {
		found := false
		for y := place.Rule.Y; y < place.Rule.Y+place.Rule.H; y++ {
			cells := drawnBy(frame[y], 120, width)
			if cells[place.Rule.X] != '│' {
				t.Errorf("%s: the rule is not at %d:\n%s", name, place.Rule.X, string(cells))
			}
			if strings.ContainsRune(string(cells[:place.Rule.X+1]), '¤') {
				t.Errorf("%s: something is left of the last frame:\n%s", name, string(cells))
			}
			found = found || strings.ContainsRune(string(cells), '👍')
		}
		if !found {
			t.Errorf("%s: the emoji are not on the screen", name)
		}
	}
}

var pieces = regexp.MustCompile("\x1b\\[([0-9;]*)([A-Za-z])|.")

// drawnBy is a line that shows ¤ everywhere after a terminal has drawn on it that does
// not wrap and has its own widths.
func drawnBy(line string, columns int, width func(rune) int) []rune {
	cells := []rune(strings.Repeat("¤", columns))
	at := 0
	for _, m := range pieces.FindAllStringSubmatch(line, -1) {
		switch m[2] {
		case "m":
		case "K":
			for i := at; i < columns; i++ {
				cells[i] = ' '
			}
		case "G":
			n, _ := strconv.Atoi(m[1])
			at = n - 1
		default:
			r := []rune(m[0])[0]
			for range width(r) {
				cells[min(at, columns-1)] = r
				at++
			}
		}
	}
	return cells
}
