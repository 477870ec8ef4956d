package selector

// Universe is all nodes that can be selected, with the edges between them. It is not
// changed once it is made, and safe for concurrent reading.
type Universe struct {
	Nodes []Node
	Defs  Definitions
	State State

	byID     map[string]int32
	up, down [][]int32
	files    map[string]files // per project
}

// New joins nodes by their parents. Of nodes with one id the first counts; a parent
// that is not there has no edge.
func New(nodes []Node) *Universe {
	u := &Universe{byID: make(map[string]int32, len(nodes)), files: map[string]files{}}
	u.Nodes = nodes[:0:0]
	for i := range nodes {
		n := &nodes[i]
		if _, twice := u.byID[n.ID]; twice {
			continue
		}
		u.byID[n.ID] = int32(len(u.Nodes))
		u.Nodes = append(u.Nodes, *n)
		if u.files[n.Project] == nil {
			u.files[n.Project] = files{}
		}
		if n.Package == n.Project {
			u.files[n.Project].add(n.Path)
			u.files[n.Project].add(n.PatchPath)
		}
	}
	u.up, u.down = make([][]int32, len(u.Nodes)), make([][]int32, len(u.Nodes))
	for i := range u.Nodes {
		for _, parent := range u.Nodes[i].Parents {
			if from, ok := u.byID[parent]; ok && from != int32(i) {
				u.up[i] = append(u.up[i], from)
				u.down[from] = append(u.down[from], int32(i))
			}
		}
	}
	return u
}

// reach adds to a set what is within so many steps of it; -1 is any number.
func (u *Universe) reach(edges [][]int32, from set, steps int) set {
	found := from.clone()
	layer := from.list()
	for ; len(layer) > 0 && steps != 0; steps-- {
		var next []int32
		for _, i := range layer {
			for _, j := range edges[i] {
				if !found.has(j) {
					found.add(j)
					next = append(next, j)
				}
			}
		}
		layer = next
	}
	return found
}
