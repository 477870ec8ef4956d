package ask

import (
	"slices"
	"testing"
)

// Twice as much after each good answer, until one is too much. From then on half after each of
// those and twice as much after three good ones, never more than the most and never less
// than one (sources/tableau/API.md#page-sizes).
func TestPageSize(t *testing.T) {
	for _, c := range []struct {
		most    int
		answers string
		want    []int
	}{
		{120, "--+++--" + "++++++++++++" + "-----------", []int{
			25, 12, 12, 12, 24, 12, 6, 6, 6, 12, 12, 12, 24, 24, 24, 48, 48, 48, 96, 48, 24, 12, 6, 3, 1, 1, 1, 1, 1, 1,
		}},
		{1000, "+++++++", []int{100, 200, 400, 800, 1000, 1000, 1000}},
		{120, "++-+++", []int{100, 120, 60, 60, 60, 120}},
		{1000, "++++-++++++", []int{100, 200, 400, 800, 400, 400, 400, 500, 500, 500, 500}}, // more than is bearable is tried once
		{1000, "+++-+++---", []int{100, 200, 400, 200, 200, 200, 400, 200, 100, 50}},
	} {
		p := PageSize{Now: 50, Most: c.most}
		var sizes []int
		for _, answer := range c.answers {
			if answer == '-' {
				p.Shrink()
			} else {
				p.After(Answered)
			}
			sizes = append(sizes, p.Now)
		}
		if !slices.Equal(sizes, c.want) {
			t.Errorf("%s: sizes %v\nwant  %v", c.answers, sizes, c.want)
		}
	}
	p := PageSize{Now: 1, Most: 120}
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

// Nearly all pages of a large site are full ones, also where the server gives less than asked
// for at once.
func TestPagesAreFull(t *testing.T) {
	for _, bears := range []int{1000, 450, 90} {
		asked, full := 0, 0
		for _, objects := range []int{5_000, 20_000, 60_000, 5_000, 40_000} {
			full += (objects + bears - 1) / bears
			p := PageSize{Now: 50, Most: 1000}
			for got := 0; got < objects; asked++ {
				if p.Now > bears {
					p.Shrink()
					continue
				}
				got += p.Now
				p.After(Answered)
			}
		}
		most := 1.5
		if bears < 1000 {
			most = 3 // between half of what it bears and all, and each fourth is too much
		}
		if float64(asked) > most*float64(full) {
			t.Errorf("a server that bears %d: %d questions, %d pages would be enough", bears, asked, full)
		}
	}
}
