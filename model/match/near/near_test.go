package near

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// list is a list of relations, schema and table.
type list [][2]string

func (l list) Name(id int32) (schema, table string) { return l[id][0], l[id][1] }

func (l list) Called(dst []int32, table string) []int32 {
	for id, name := range l {
		if name[1] == table && len(dst) < cap(dst) {
			dst = append(dst, int32(id))
		}
	}
	return dst
}

// TestNearAgainstEveryName compares the index with a look at every name.
func TestNearAgainstEveryName(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	word := func(n int) string {
		b := make([]rune, n)
		for i := range b {
			b[i] = []rune("abé")[rnd.IntN(3)]
		}
		return string(b)
	}
	var names list
	for i := range 150 {
		names = append(names, [2]string{string(rune('s' + i%2)), word(3 + rnd.IntN(7))})
	}
	x := New(names, len(names))
	hits := 0
	for range 2000 {
		schema, table := string(rune('s'+rnd.IntN(3))), word(4+rnd.IntN(5))
		var want []int32
		if len([]rune(table)) >= shortest {
			for id, name := range names {
				limit := elsewhere
				if name[0] == schema {
					limit = inSchema
				}
				if d := slowDistance([]rune(table), []rune(name[1])); 0 < d && d <= limit {
					want = append(want, int32(id))
				}
			}
		}
		var got []int32
		for _, n := range x.Find(schema, table) {
			got = append(got, n.ID)
			if d := slowDistance([]rune(table), []rune(names[n.ID][1])); d != n.Distance {
				t.Fatalf("distance of %s is %d, not %d", table, d, n.Distance)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("%s.%s: got %v, want %v", schema, table, got, want)
		}
		hits += len(want)
	}
	if hits < 1000 {
		t.Fatalf("only %d near names in the whole test", hits)
	}
}

// slowDistance is the textbook recursion.
func slowDistance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j], d[i][j-1], d[i-1][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
