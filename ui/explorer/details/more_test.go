package details

import (
	"strings"
	"testing"

	"darkroom/ui/explorer/view"
	"darkroom/ui/theme"
)

// A list that is shortened ends in a line that opens it, unless that line would take the
// place of the last row; once it was opened it is whole.
func TestMoreOpensAList(t *testing.T) {
	page := NewPage(&view.Host{Styles: &theme.Styles{}, Glyphs: view.NewGlyphs(false)}, 40)
	if most := page.Most("fixes", 20, 6); most != 6 {
		t.Errorf("%d rows at first", most)
	}
	if most := page.Most("fixes", 7, 6); most != 7 {
		t.Errorf("%d of 7 rows", most)
	}
	page.More("fixes", 0)
	if len(page.Lines) > 0 {
		t.Errorf("nothing more: %q", page.Lines)
	}
	page.More("fixes", 14)
	if len(page.Links) != 1 || page.Links[0].Target.List != "fixes" || !strings.Contains(strings.Join(page.Lines, ""), "14 more") {
		t.Errorf("%q %v", page.Lines, page.Links)
	}
	page.Rows = func(list string) int { return map[string]int{"fixes": 212}[list] }
	if most := page.Most("fixes", 20, 6); most != 20 {
		t.Errorf("%d rows of the list that was opened", most)
	}
}
