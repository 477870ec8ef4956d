package slab_test

import (
	"testing"

	"darkroom/model/slab"
)

func TestRoom(t *testing.T) {
	var s slab.Of[int]
	var lists [][]int
	for n := range 200 {
		list := s.Room(n)
		if len(list) != 0 || cap(list) != n || n == 0 && list != nil {
			t.Fatalf("room for %d: %d of %d", n, len(list), cap(list))
		}
		for range n + 1 { // one more than there is room for
			list = append(list, n)
		}
		lists = append(lists, list)
	}
	for n, list := range lists {
		for _, x := range list {
			if x != n {
				t.Fatalf("list %d has %d of another", n, x)
			}
		}
	}
}

// Many things are few blocks.
func TestAllocations(t *testing.T) {
	const things = 10_000
	if n := testing.AllocsPerRun(5, func() {
		var s slab.Of[*int]
		for range things {
			*s.One() = nil
		}
	}); n > things/200 {
		t.Errorf("%v allocations for %d things", n, things)
	}
}
