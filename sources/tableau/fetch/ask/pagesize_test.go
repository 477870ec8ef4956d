package ask

import (
	"slices"
	"testing"
)

// Half after each answer that was too much, twice as much after three good ones,
// never more than the most and never less than one (sources/tableau/API.md#page-sizes).
func TestPageSize(t *testing.T) {
	p := PageSize{Now: 50, Most: 120}
	var sizes []int
	for _, answer := range "--+++--" + "++++++++++++" + "-----------" {
		if answer == '-' {
			p.Shrink()
		} else {
			p.After(Answered)
		}
		sizes = append(sizes, p.Now)
	}
	want := []int{25, 12, 12, 12, 24, 12, 6, 6, 6, 12, 12, 12, 24, 24, 24, 48, 48, 48, 96, 48, 24, 12, 6, 3, 1, 1, 1, 1, 1, 1}
	if !slices.Equal(sizes, want) {
		t.Errorf("sizes %v\nwant  %v", sizes, want)
	}
	if p.Shrink() {
		t.Error("there is something smaller than one")
	}
	p.After(TooMuch)
	for range 30 {
		p.After(Answered)
	}
	if p.Now != p.Most {
		t.Errorf("%d at the end, the most is %d", p.Now, p.Most)
	}
}
