package match

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"darkroom/model"
	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

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
	p := &model.Project{Name: "shop", Adapter: "postgres"}
	for i := range 150 {
		p.Resources = append(p.Resources, model.Resource{
			ID: fmt.Sprintf("model.shop.m%03d", i), Kind: model.KindModel, Name: fmt.Sprint("m", i),
			Database: "d", Schema: string(rune('s' + i%2)), Identifier: word(3 + rnd.IntN(7)),
		})
	}
	g := newGroup(warehouse.Of("postgres"), []*model.Project{p})
	hits := 0
	for range 2000 {
		schema, table := string(rune('s'+rnd.IntN(3))), word(4+rnd.IntN(5))
		var want []int32
		if len([]rune(table)) >= nearFrom {
			for id := range g.entries {
				e := &g.entries[id]
				limit := nearElsewhere
				if e.parts[relation.Schema].Text == schema {
					limit = nearInSchema
				}
				if d := slowDistance([]rune(table), []rune(e.parts[relation.Identifier].Text)); 0 < d && d <= limit {
					want = append(want, int32(id))
				}
			}
		}
		var got []int32
		for _, n := range g.nearTo(schema, table) {
			got = append(got, n.id)
			if d := slowDistance([]rune(table), []rune(g.entries[n.id].parts[relation.Identifier].Text)); d != n.distance {
				t.Fatalf("distance of %s is %d, not %d", table, d, n.distance)
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
