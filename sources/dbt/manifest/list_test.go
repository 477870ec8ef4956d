package manifest

import (
	"slices"
	"testing"
)

// TestListGrowsOnce: when the file says how many entries there will be, they are not copied
// any more, whether it holds a little more or less; and a wrong or unknown size costs no entry.
func TestListGrowsOnce(t *testing.T) {
	const n, entry = 50_000, 5_000
	for name, test := range map[string]struct {
		size  int64
		grows int // at most, after the first few entries
	}{
		"known":      {n * entry, 1},
		"other keys": {2 * n * entry, 1},
		"denser":     {n * entry * 2 / 3, 3},
		"unknown":    {0, 12},
		"wrong":      {1, 12},
	} {
		x, grows := list[int]{size: test.size}, 0
		for i := range n {
			full := len(x.all) == cap(x.all)
			*x.add(int64(i+1) * entry) = i
			if full && i >= enough {
				grows++
			}
		}
		if grows > test.grows {
			t.Errorf("%s: grew %d times", name, grows)
		}
		if got := int64(cap(x.all)); test.size > 1 && got > 2*test.size/entry {
			t.Errorf("%s: room for %d", name, got)
		}
		for i, v := range x.all {
			if v != i {
				t.Fatalf("%s: entry %d is %d", name, i, v)
			}
		}
	}
}

func TestListWithout(t *testing.T) {
	x := list[int]{all: []int{3, 0, 4, 0}}
	if got := x.without(func(v int) bool { return v == 0 }); !slices.Equal(got, []int{3, 4}) {
		t.Errorf("got %v", got)
	}
	none := list[int]{all: []int{0}}
	if got := none.without(func(v int) bool { return v == 0 }); got != nil {
		t.Errorf("got %v for nothing", got)
	}
}
