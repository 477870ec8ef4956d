package header

import (
	"strings"
	"testing"

	"darkroom/ui/text"
	"darkroom/ui/theme"
)

func seven(current string) Header {
	h := Header{Title: "roastery + wholesale", Summary: []string{"13 written · 2 new · 2 refused", "13 · 2 · 2"}}
	for i, title := range []string{"Models", "Dashboards", "Exposures", "Lineage", "Gaps", "Inbox", "Files"} {
		t := Tab{Key: string(rune('1' + i)), Title: title, Current: title == current}
		if title == "Inbox" {
			t.Waiting = 3
		}
		h.Tabs = append(h.Tabs, t)
	}
	return h
}

func TestSevenTabs(t *testing.T) {
	for _, x := range []struct {
		width   int
		current string
		want    string
	}{
		{200, "Models", " darkroom  roastery + wholesale [1 Models] 2 Dashboards  3 Exposures  4 Lineage  5 Gaps  6 Inbox(3)  7 Files" + strings.Repeat(" ", 61) + "13 written · 2 new · 2 refused"},
		{140, "Models", " darkroom  roastery + wholes… [1 Models] 2 Dashboards  3 Exposures  4 Lineage  5 Gaps  6 Inbox(3)  7 Files   13 written · 2 new · 2 refused"},
		{120, "Dashboards", " darkroom  1 Models [2 Dashboards] 3 Exposures  4 Lineage  5 Gaps  6 Inbox(3)  7 Files   13 written · 2 new · 2 refused"},
		{100, "Lineage", " darkroom  roastery…  1 Models  2 Dash  3 Expo [4 Lineage] 5 Gaps  6 Inbox(3)  7 Files   13 · 2 · 2"},
		{80, "Dashboards", " darkroom  1 Models [2 Dashboards] 3 Expo  4 Line  5 Gaps  6 Inbox(3)  7 Files"},
		{59, "Inbox", " darkroom  1  2  3  4  5 [6 Inbox(3)] 7         13 · 2 · 2"},
		{40, "Dashboards", " 1 [2 Dashboards] 3  4  5  6(3)  7"},
		{24, "Dashboards", " 1 [2] 3  4  5  6  7"},
	} {
		got := strings.TrimRight(seven(x.current).At(x.width).Draw(&theme.Styles{}), " ")
		if got != x.want {
			t.Errorf("at %d:\n%q\nwant\n%q", x.width, got, x.want)
		}
	}
}

// At every width the line fits, the current tab is marked, and a click on the number of a
// tab finds it.
func TestEveryWidth(t *testing.T) {
	for width := 24; width <= 240; width++ {
		for current := range seven("").Tabs {
			h := seven("")
			h.Tabs[current].Current = true
			line := h.At(width)
			drawn := line.Draw(&theme.Styles{})
			if text.Width(drawn) > width {
				t.Fatalf("at %d: %d cells: %q", width, text.Width(drawn), drawn)
			}
			if !strings.Contains(drawn, "["+h.Tabs[current].Key) {
				t.Errorf("at %d the current tab is not marked: %q", width, drawn)
			}
			for i, tab := range h.Tabs {
				sign := " " + tab.Key
				if tab.Current {
					sign = "[" + tab.Key
				}
				for x := text.CellOf(drawn, sign); x <= text.CellOf(drawn, sign)+2; x++ {
					if got := line.Tab(x); got != i {
						t.Errorf("at %d: cell %d is tab %d, not %d: %q", width, x, got, i, drawn)
					}
				}
			}
		}
	}
}
