package selector

import "darkroom/model/selector/glob"

// Universe is all nodes that can be selected, with the edges between them. It is not
// changed once it is made, and safe for concurrent reading.
type Universe struct {
	Nodes []Node
	Defs  Definitions
	State State

	byID     map[string]int32
	up, down [][]int32
	files    map[string]glob.Files // per project
}

// New joins nodes by their parents. Of nodes with one id the first counts; a parent
// that is not there has no edge. The universe keeps the list, which may be large.
func New(nodes []Node) *Universe {
	u := &Universe{byID: make(map[string]int32, len(nodes)), files: map[string]glob.Files{}}
	u.Nodes = u.firstOfEach(nodes)
	for i := range u.Nodes {
		n := &u.Nodes[i]
		if u.files[n.Project] == nil {
			u.files[n.Project] = glob.Files{}
		}
		if n.Package == n.Project {
			u.files[n.Project].Add(n.Path)
			u.files[n.Project].Add(n.PatchPath)
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

// firstOfEach leaves out nodes with the id of an earlier one, and numbers the others.
func (u *Universe) firstOfEach(nodes []Node) []Node {
	for i := range nodes {
		if _, twice := u.byID[nodes[i].ID]; !twice {
			u.byID[nodes[i].ID] = int32(len(u.byID))
		}
	}
	if len(u.byID) == len(nodes) {
		return nodes
	}
	first := make([]Node, 0, len(u.byID))
	for i := range nodes {
		if int(u.byID[nodes[i].ID]) == len(first) {
			first = append(first, nodes[i])
		}
	}
	return first
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
