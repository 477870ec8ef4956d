package graph

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"darkroom/model/growth"
)

// name is the label of a node; some are longer than others.
func name(node int) string { return fmt.Sprintf("n%d%s", node, strings.Repeat("x", node*7%11)) }

func laidOut(nodes int, edges [][2]int) *Drawing {
	widths := make([]int, nodes)
	for i := range widths {
		widths[i] = len(name(i))
	}
	return Layout(widths, edges)
}

func drawn(d *Drawing, look Look) []string {
	look.Label = func(node int) []Span { return []Span{{Text: name(node)}} }
	w, h := d.Size()
	return d.Lines(&look, 0, 0, w, h)
}

func plain(asciiOnly bool) Look { return Look{ASCII: asciiOnly, Cursor: -1} }

// randomEdges are those of a graph without cycles, from few to many.
func randomEdges(r *rand.Rand, nodes int) (edges [][2]int) {
	order := r.Perm(nodes)
	for range r.IntN(3*nodes + 1) {
		a, b := r.IntN(nodes), r.IntN(nodes)
		if a != b {
			edges = append(edges, [2]int{order[min(a, b)], order[max(a, b)]})
		}
	}
	return edges
}

func unique(edges [][2]int) [][2]int {
	out := slices.Clone(edges)
	slices.SortFunc(out, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(out)
}

// Every edge is drawn and no other: the drawing of any graph is read back, character
// by character, with lines of box-drawing characters and of ASCII.
func TestADrawingIsReadBackIntoItsEdges(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for run := range 1500 {
		nodes := 1 + r.IntN(24)
		edges := randomEdges(r, nodes)
		d := laidOut(nodes, edges)
		for _, asciiOnly := range []bool{false, true} {
			lines := drawn(d, plain(asciiOnly))
			got, err := readBack(lines, nodes, asciiOnly)
			if err != nil || !slices.Equal(got, unique(edges)) {
				t.Fatalf("run %d: %v\nwant %v\ngot  %v\n%s", run, err, unique(edges), got, strings.Join(lines, "\n"))
			}
		}
	}
}

func TestTheDrawingIsAsLargeAsItHasToBe(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		nodes := 1 + r.IntN(40)
		edges := randomEdges(r, nodes)
		d := laidOut(nodes, edges)
		w, h := d.Size()
		if len(drawn(d, plain(false))) != h {
			t.Fatal("not all lines")
		}
		most, bound, nets, detours := 0, 2, 0, 0
		for l, layer := range d.layers {
			most = max(most, len(layer))
			bound += d.across[l]
			if l < len(d.channels) {
				nets += len(d.channels[l].nets)
				bound += 4
				for _, n := range d.channels[l].nets {
					if n.whole != nil && n.from[0].item == bend {
						detours++
					}
				}
			}
		}
		if h < most || h > most+detours {
			t.Errorf("%d lines for at most %d items in a layer and %d detours", h, most, detours)
		}
		if bound += 2 * nets; w > bound {
			t.Errorf("%d cells, expected at most %d", w, bound)
		}
		for node := range nodes {
			x, y, width := d.Box(node)
			if d.At(x, y) != node || d.At(x+width-1, y) != node {
				t.Errorf("node %d is not found at its label", node)
			}
		}
	}
}

func TestTheSameGraphIsDrawnTheSameWay(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 30 {
		edges := randomEdges(r, 30)
		want := drawn(laidOut(30, edges), plain(false))
		r.Shuffle(len(edges), func(i, k int) { edges[i], edges[k] = edges[k], edges[i] })
		if got := drawn(laidOut(30, edges), plain(false)); !slices.Equal(got, want) {
			t.Fatalf("%s\nthen\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
		}
	}
}

// A path lights the lines of its edges and no other: what is lit, read alone, are the
// edges among the ancestors and among the descendants.
func TestThePathThroughANode(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		nodes := 2 + r.IntN(18)
		edges := unique(randomEdges(r, nodes))
		d := laidOut(nodes, edges)
		at := r.IntN(nodes)
		p := d.Path(at)
		above, below := closure(edges, at, 1), closure(edges, at, 0)
		for node := range nodes {
			if p.Has(node) != (above[node] || below[node]) {
				t.Fatalf("node %d on the path through %d: %t", node, at, p.Has(node))
			}
		}
		var want [][2]int
		for _, e := range edges {
			if above[e[0]] && above[e[1]] || below[e[0]] && below[e[1]] {
				want = append(want, e)
			}
		}
		look := plain(false)
		look.Path = p
		lines := drawn(d, look)
		lit := make([]string, len(lines))
		for y, line := range lines { // only what is heavy is read, and what passes below the rest
			cells := []rune(line)
			for x, c := range cells {
				if strings.ContainsRune("─│┌┐└┘├┤┬┴┼╭╰", c) {
					cells[x] = ' '
					if x > 0 && cells[x-1] == '━' && x+1 < len(cells) && cells[x+1] == '━' {
						cells[x] = '━'
					}
				}
			}
			lit[y] = string(cells)
		}
		got, _ := readBack(lit, nodes, false)
		if !slices.Equal(got, want) { // a line that ends where its net goes on unlit is no error
			t.Fatalf("through %d: %v is lit, not %v\n%s", at, got, want, strings.Join(lines, "\n"))
		}
	}
}

func closure(edges [][2]int, at, end int) map[int]bool {
	seen := map[int]bool{at: true}
	for again := true; again; {
		again = false
		for _, e := range edges {
			if seen[e[end]] && !seen[e[1-end]] {
				seen[e[1-end]], again = true, true
			}
		}
	}
	return seen
}

// A cycle, which dbt does not allow, is drawn without the edge that closes it.
func TestACycleIsDrawnWithoutOneEdge(t *testing.T) {
	d := laidOut(3, [][2]int{{0, 1}, {1, 2}, {2, 0}, {1, 1}})
	if len(d.Dropped) != 2 || len(d.layers) != 3 {
		t.Errorf("dropped %v in %d layers", d.Dropped, len(d.layers))
	}
	if got, err := readBack(drawn(d, plain(false)), 3, false); err != nil || len(got) != 2 {
		t.Errorf("%v, %v", got, err)
	}
}

// A window shows the same cells as the whole.
func TestAWindowIsAPartOfTheWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	d := laidOut(30, randomEdges(r, 30))
	whole := drawn(d, plain(false))
	look := plain(false)
	look.Label = func(node int) []Span { return []Span{{Text: name(node)}} }
	for range 200 {
		x, y, w, h := r.IntN(40), r.IntN(10), 1+r.IntN(60), 1+r.IntN(12)
		for i, got := range d.Lines(&look, x, y, w, h) {
			cells := []rune(whole[y+i] + strings.Repeat(" ", x+w))
			if want := strings.TrimRight(string(cells[x:x+w]), " "); got != want {
				t.Fatalf("%q, want %q", got, want)
			}
		}
	}
}

// A label that is cut at the edge of a window has a sign there; all other cells are the
// same.
func TestACutLabelHasASign(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	d := laidOut(30, randomEdges(r, 30))
	whole := drawn(d, plain(false))
	look := plain(false)
	look.Cut = "…"
	look.Label = func(node int) []Span { return []Span{{Text: name(node)[:1]}, {Text: name(node)[1:]}} }
	cut := 0
	for range 300 {
		x, y, w := r.IntN(40), r.IntN(10), 4+r.IntN(60)
		for i, got := range d.Lines(&look, x, y, w, 12) {
			want := []rune(whole[y+i] + strings.Repeat(" ", x+w))
			for node := range d.nodes {
				left, row, width := d.Box(node)
				if row != y+i || left+width <= x || left >= x+w {
					continue
				}
				if left < x {
					want[x] = '…'
					cut++
				}
				if left+width > x+w {
					want[x+w-1] = '…'
					cut++
				}
			}
			if want := strings.TrimRight(string(want[x:x+w]), " "); got != want {
				t.Fatalf("%q, want %q", got, want)
			}
		}
	}
	if cut < 100 {
		t.Errorf("only %d labels were cut", cut)
	}
}

// The work grows with the graph, not with the square of it.
func TestWorkGrowsWithTheGraph(t *testing.T) {
	growth.Check(t, 100, func(n int) growth.Run {
		var edges [][2]int
		for i := range n {
			for _, step := range []int{1, 3, 10} {
				if i/10 != (i+step)/10 && i+step < n {
					edges = append(edges, [2]int{i, i + step})
				}
			}
		}
		return func() int {
			laidOut(n, edges)
			return 0
		}
	})
}
