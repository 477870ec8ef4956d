package fetch

import (
	"slices"
	"testing"
)

// Half after each answer that was too much, twice as much after three good ones,
// never more than the most and never less than one (facts/tableau.md §2.8).
func TestPace(t *testing.T) {
	p := pace{size: 50, most: 120}
	var sizes []int
	for _, answer := range "--+++--" + "++++++++++++" + "-----------" {
		if answer == '-' {
			p.shrink()
		} else {
			p.answered(whole)
		}
		sizes = append(sizes, p.size)
	}
	want := []int{25, 12, 12, 12, 24, 12, 6, 6, 6, 12, 12, 12, 24, 24, 24, 48, 48, 48, 96, 48, 24, 12, 6, 3, 1, 1, 1, 1, 1, 1}
	if !slices.Equal(sizes, want) {
		t.Errorf("sizes %v\nwant  %v", sizes, want)
	}
	if p.shrink() {
		t.Error("there is something smaller than one")
	}
	p.answered(tooMuch)
	for range 30 {
		p.answered(whole)
	}
	if p.size != p.most {
		t.Errorf("%d at the end, the most is %d", p.size, p.most)
	}
}
