package lineage

import (
	"math/bits"
)

// Counts has the number of dashboards at or below every node, and in groups of nodes.
// All of them are counted in one pass over the graph, children first, in which each
// node has a bit for each dashboard; one walk per node would take minutes for 100,000
// nodes that are many layers deep (sources/dbt/SPEED.md#the-graph).
type Counts struct {
	g      *Graph
	groups Groups
	first  ID      // node that is counted: 0, or the first dashboard
	number []int32 // of nodes from first on, then of groups
	// sum has the numbers of the dashboards added up, if there are any.
	sum    []int
	weight func(ID) int
}

// Groups is what NewCounts counts besides the nodes: group i has the ID Len()+i. It has
// nodes and groups that come before it; a dashboard that is in several of them is
// counted once.
type Groups [][]ID

// NewCounts starts with zero everywhere. Without resources, which then are in no group,
// dashboards and groups of them are counted alone.
func (g *Graph) NewCounts(resources bool, groups Groups) *Counts {
	c := &Counts{g: g, groups: groups}
	if !resources {
		c.first = ID(g.resources)
	}
	c.number = make([]int32, g.Len()-int(c.first)+len(groups))
	return c
}

// NewSums is NewCounts that adds up a number of the dashboards besides, such as their
// views: one that is below a node by several ways counts once, a negative one as 0.
func (g *Graph) NewSums(resources bool, groups Groups, number func(*Dashboard) int) *Counts {
	c := g.NewCounts(resources, groups)
	c.weight = func(id ID) int { return max(number(g.Node(id).Dashboard), 0) }
	c.sum = make([]int, len(c.number))
	return c
}

// CountsBelow has the number of all dashboards below every node. It is counted once, when it
// is first asked for; see [Derived].
func (g *Graph) CountsBelow() *Counts {
	return Derived(g, func(g *Graph) *Counts {
		c := g.NewCounts(true, nil)
		c.Add(1, g.DashboardIDs()...)
		return c
	})
}

// AsBelow makes c, to which every dashboard was added once, what CountsBelow gives, so that
// they are not counted again; c is not changed afterwards.
func (c *Counts) AsBelow() {
	if c.deep() {
		Derived(c.g, func(*Graph) *Counts { return c })
	}
}

// DashboardIDs are the IDs of all dashboards.
func (g *Graph) DashboardIDs() []ID {
	ids := make([]ID, len(g.dashboards))
	for i := range ids {
		ids[i] = ID(g.resources + i)
	}
	return ids
}

// Of is the number of a node, or of a group; 0 of what is not counted.
func (c *Counts) Of(id ID) int {
	if id < c.first {
		return 0
	}
	return int(c.number[id-c.first])
}

// Sum is what NewSums adds up, of a node or of a group.
func (c *Counts) Sum(id ID) int {
	if id < c.first {
		return 0
	}
	return c.sum[id-c.first]
}

// deep reports that resources are counted, not dashboards alone.
func (c *Counts) deep() bool { return c.first == 0 }

// blockWords bounds the bits that a node has at first: two lines of the processor's cache.
const blockWords = 16

// mostWords bounds the bits of all nodes and groups, where they are more than at first. Each
// pass over the graph costs its edges, so many dashboards at a time are better.
const mostWords = 1 << 19

// Passes is how often Add goes through the graph for so many dashboards at the most.
func Passes(dashboards int) int {
	return (dashboards + 64*blockWords - 1) / (64 * blockWords)
}

// Add counts each of these dashboards by more, or by less when by is negative, wherever
// it is at or below. Give each once.
func (c *Counts) Add(by int, dashboards ...ID) {
	if len(dashboards) == 0 {
		return
	}
	b := block{Counts: c, by: by, column: make([]int32, len(c.g.dashboards))}
	if c.deep() {
		b.order = Derived(c.g, orderOf)
		b.rows = make([]int32, b.g.resources)
	}
	b.widen(min(blockWords, (len(dashboards)+63)/64))
	for len(dashboards) > 0 {
		n := min(len(dashboards), 64*b.words)
		b.count(dashboards[:n])
		dashboards = dashboards[n:]
		if most := 4 * (len(b.unions.bits) + len(b.inGroups)); most <= mostWords { // twice as many rows of twice the words
			b.widen(2 * b.words)
		}
	}
}

// block is the pass over the graph for as many dashboards as a node has bits.
type block struct {
	*Counts
	by       int
	words    int
	order    *order
	column   []int32 // of each dashboard: its bit, from 1; 0 is not in the block
	unions   *unions
	rows     []int32 // of the resources: their rows among the unions
	joined   []int   // of each row: the last group that has it, from 1
	inGroups []uint64
	// planes has a row for each binary digit of the weights: of the dashboards whose
	// weight has it.
	planes []uint64
}

// widen gives each node so many words.
func (b *block) widen(words int) {
	b.words, b.unions, b.inGroups = words, newUnions(words), make([]uint64, len(b.groups)*words)
}

func (b *block) count(dashboards []ID) {
	first := ID(b.g.resources)
	for i, id := range dashboards {
		b.column[id-first] = int32(i + 1)
		b.number[id-b.first] += int32(b.by)
	}
	b.layPlanes(dashboards)
	if b.deep() {
		b.countResources()
	}
	b.countGroups()
	for _, id := range dashboards {
		b.column[id-first] = 0
	}
}

// countResources goes through the components, those downstream first.
func (b *block) countResources() {
	b.unions.clear()
	for from := 0; from < len(b.order.nodes); {
		to, visited := b.order.end(from), 0
		nodes := b.order.nodes[from:to]
		for _, id := range nodes {
			b.rows[id] = 0 // what was below it in another block
		}
		for _, id := range nodes {
			next := b.g.down.neighbours(id)
			visited += len(next)
			for _, id := range next {
				b.unite(id)
			}
		}
		b.g.visits.Add(int64(visited))
		row := b.unions.end(b.worth)
		for _, id := range nodes {
			b.rows[id] = row
		}
		b.add(int(b.unions.number[row]), b.unions.worth[row], nodes...)
		from = to
	}
}

// unite adds what is at or below a node to the union.
func (b *block) unite(id ID) {
	if at := int(id) - b.g.resources; at < 0 {
		b.unions.add(b.rows[id])
	} else if bit := b.column[at] - 1; bit >= 0 {
		b.unions.addBit(bit)
	}
}

// countGroups counts what is at or below the members of each group.
func (b *block) countGroups() {
	b.joined = append(b.joined[:0], make([]int, len(b.unions.number))...)
	for i, members := range b.groups {
		row := rowOf(b.inGroups, i, b.words)
		clear(row)
		for _, id := range members {
			if at := int(id) - b.g.Len(); at >= 0 {
				join(row, rowOf(b.inGroups, at, b.words))
			} else {
				b.include(row, id, i+1)
			}
		}
		b.add(ones(row), b.worth(row), ID(b.g.Len()+i))
	}
}

// include adds what is at or below a node to the row of a group, unless another node of the
// group has the same below it.
func (b *block) include(row []uint64, id ID, group int) {
	if at := int(id) - b.g.resources; at >= 0 {
		if bit := b.column[at] - 1; bit >= 0 {
			row[bit/64] |= 1 << (bit % 64)
		}
	} else if below := b.rows[id]; b.joined[below] != group {
		b.joined[below] = group
		join(row, b.unions.row(below))
	}
}

func rowOf(all []uint64, i, words int) []uint64 { return all[i*words : (i+1)*words] }

func join(row, more []uint64) {
	for i, word := range more[:len(row)] {
		row[i] |= word
	}
}

func ones(row []uint64) (n int) {
	for _, word := range row {
		n += bits.OnesCount64(word)
	}
	return n
}

// add counts so many dashboards, which are worth so much, for some nodes.
func (b *block) add(n, worth int, to ...ID) {
	if n == 0 {
		return
	}
	for _, id := range to {
		b.number[id-b.first] += int32(b.by * n)
		if b.sum != nil {
			b.sum[id-b.first] += b.by * worth
		}
	}
}

// layPlanes spreads the weights of the block's dashboards over the planes, and counts them
// for themselves.
func (b *block) layPlanes(dashboards []ID) {
	if b.sum == nil {
		return
	}
	b.planes = b.planes[:0]
	for i, id := range dashboards {
		weight := uint(b.weight(id))
		b.sum[id-b.first] += b.by * int(weight)
		for len(b.planes) < bits.Len(weight)*b.words {
			b.planes = append(b.planes, 0)
		}
		for digit := range bits.Len(weight) {
			if weight>>digit&1 != 0 {
				rowOf(b.planes, digit, b.words)[i/64] |= 1 << (i % 64)
			}
		}
	}
}

// worth is the sum of the weights of a row.
func (b *block) worth(row []uint64) (n int) {
	for digit := range len(b.planes) / b.words {
		for i, word := range rowOf(b.planes, digit, b.words) {
			n += bits.OnesCount64(word&row[i]) << digit
		}
	}
	return n
}
