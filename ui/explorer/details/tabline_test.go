package details

import "testing"

// The tabs are as many as there is room for, and a click meets the one that is drawn there.
func TestTabsByWidth(t *testing.T) {
	p := &page{tabs: tabs(), active: 2}
	for _, c := range []struct {
		width, x, want int
		line           string
	}{
		{60, 2, 0, " General  Lineage [Columns] Proof  YAML "},
		{60, 22, 2, " General  Lineage [Columns] Proof  YAML "},
		{38, 2, 0, "General Lineage [Columns] Proof YAML"},
		{38, 33, 4, "General Lineage [Columns] Proof YAML"},
		{30, 2, 2, "[Columns]"},
		{30, 12, -1, "[Columns]"},
	} {
		line := ""
		for i := range p.tabs {
			if form := tabForm(p, c.width); tabWidth(p, i, form) != len(tabLabel(p, i, form)) {
				t.Errorf("width %d: tab %d has %d cells", c.width, i, tabWidth(p, i, form))
			}
			line += tabLabel(p, i, tabForm(p, c.width))
		}
		if got := tabAt(p, c.x, c.width); line != c.line || got != c.want {
			t.Errorf("width %d: %q, tab %d at %d, want %q and %d", c.width, line, got, c.x, c.line, c.want)
		}
	}
}
