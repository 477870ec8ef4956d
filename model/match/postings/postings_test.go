package postings

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The index answers as a map of lists does that keeps only the first few of each.
func TestFindsWhatWasAdded(t *testing.T) {
	const limit = 3
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		var x Index
		want := map[uint64][]int32{}
		x.Grow(10)
		for id := range int32(rnd.IntN(400)) {
			key := uint64(rnd.IntN(300)) // two of the same half are one
			key = key<<32 | key*key%11   // and many have one place
			x.Add(key, id)
			if len(want[key]) < limit {
				want[key] = append(want[key], id)
			}
		}
		x.Freeze(limit)
		for key, ids := range want {
			if got := x.Find(nil, key, 10); !slices.Equal(got, ids) {
				t.Fatalf("key %x: got %v, want %v", key, got, ids)
			}
			if got := x.Find(nil, key, 1); !slices.Equal(got, ids[:1]) {
				t.Fatalf("key %x: the first of %v is %v", key, ids, got)
			}
			if x.Find(nil, key|1<<63, 1) != nil {
				t.Fatalf("key %x was never added", key|1<<63)
			}
		}
	}
	var empty Index
	if empty.Find(nil, 1, 1) != nil {
		t.Error("an index that was never frozen has ids")
	}
}
