package explorer

import (
	"strings"
	"testing"

	"darkroom/model"
)

// An overlay is a box: the row that one decides about stays on the screen, whatever the
// size, and the hints are on the edge of the box.
func TestABoxLeavesTheRowVisible(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}, {200, 50}, {60, 20}} {
		s, _ := open(t, size[0], size[1])
		s.View("Dashboards").Press("open-all").Cursor("Return Rates").Press("tick", "decide.why")
		s.Has("Why?", "╰─ enter keep", "[✓] + Return Rates").On("Return Rates").Keys("esc").Hasnt("Why?")
		for _, action := range []string{"explain", "help", "palette"} {
			s.Press(action).On("Return").Keys("esc").Hasnt("╰─")
		}
	}
}

// On a small screen an overlay takes the whole place, with its hints in the footer.
func TestASmallScreenHasNoBoxes(t *testing.T) {
	s, _ := open(t, 50, 14)
	s.Filter("overview").Press("tick", "decide.why").Has("Why?").Footer("enter keep", "esc cancel").Hasnt("╰─", "fct_orders")
	s.ClickOn("esc cancel").Hasnt("Why?")
}

// The mouse reaches what is in a box and on its edge, and not what is behind it.
func TestMouseInABox(t *testing.T) {
	s, _ := open(t, 120, 36)
	s.View("Dashboards").Press("open-all").Cursor("Return Rates").Press("help")
	s.ClickOn("esc close").Hasnt("╰─").On("Return Rates")
	s.Press("help").Keys("close every").ClickOn("close everything").Hasnt("╰─").NoRow("Return Rates")
	s.Press("open-all", "top", "palette").Click(1, 8).Has("╰─")
	s.Keys("esc").On("acme")
}

// A name of wide characters that a box cuts in half leaves the box where it is.
func TestABoxOverWideCharacters(t *testing.T) {
	site := tower()
	for i := range site.Dashboards {
		site.Dashboards[i].Name = strings.Repeat("売上", 30)
	}
	for width := 100; width < 104; width++ {
		s := begin(t, &fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}, width, 30)
		s.View("Dashboards").Press("open-all", "bottom", "help")
		raw := strings.Split(s.Raw(), "\n")
		box := s.Model().(*App).box.Outside
		for y := box.Y; y < box.Y+box.H; y++ {
			cells := drawnBy(raw[y], width, func(r rune) int {
				if r > 0x2fff {
					return 2
				}
				return 1
			})
			if strings.ContainsRune(string(cells), 'X') || !strings.ContainsRune("╭│╰", cells[box.X]) || !strings.ContainsRune("╮│╯", cells[box.X+box.W-1]) {
				t.Errorf("at %d, line %d: %s", width, y, string(cells))
			}
		}
	}
}
