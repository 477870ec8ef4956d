package lineage

// Inherit gives for every node the bits of the node and of everything upstream of it,
// given the bits of each node alone. It is one pass over the graph, upstream first; the
// nodes of a cycle have the same.
func (g *Graph) Inherit(own []uint32) []uint32 {
	all := make([]uint32, g.Len())
	o := Derived(g, orderOf)
	for end := len(o.nodes); end > 0; {
		begin := end - 1
		for begin > 0 && o.of[o.nodes[begin-1]] == o.of[o.nodes[begin]] {
			begin--
		}
		var bits uint32
		for _, id := range o.nodes[begin:end] {
			bits |= own[id]
			for _, parent := range g.up.neighbours(id) {
				bits |= all[parent] // still 0 within the cycle
			}
		}
		for _, id := range o.nodes[begin:end] {
			all[id] = bits
		}
		end = begin
	}
	for id := g.resources; id < g.Len(); id++ {
		all[id] = own[id]
		for _, parent := range g.up.neighbours(ID(id)) {
			all[id] |= all[parent]
		}
	}
	return all
}
