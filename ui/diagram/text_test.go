package diagram

import (
	"fmt"
	"strings"
	"testing"

	"darkroom/ui/text"
)

// A drawing keeps to a width by cutting its titles, and below the shortest of them it is
// cut off, which is said. A title that fits is left alone.
func TestTextKeepsToAWidth(t *testing.T) {
	d := &Diagram{}
	for i := range 4 {
		d.Nodes = append(d.Nodes, Node{Title: fmt.Sprintf("売上 of a model with a long name, number %d", i)})
		if i > 0 {
			d.Edges = append(d.Edges, [2]int{i - 1, i})
		}
	}
	d.Nodes[0].Title = "short"
	for _, ascii := range []bool{false, true} {
		all := d.Text(ascii, 0)
		for _, width := range []int{20, 60, 80, 120, 1000} {
			got := d.Text(ascii, width)
			drawn, says, off := strings.Cut(got, "\ncut off on the right: ")
			for line := range strings.Lines(drawn) {
				if n := text.Width(strings.TrimRight(line, "\n")); n > width {
					t.Errorf("%d cells of %d: %q", n, width, line)
				}
			}
			if off != (width < 60) || off && !strings.Contains(says, "20 columns of ") || width >= 60 && !strings.Contains(got, "short") {
				t.Errorf("at %d: %s", width, got)
			}
			if width == 1000 && got != all {
				t.Errorf("%q, without a width %q", got, all)
			}
		}
	}
}
