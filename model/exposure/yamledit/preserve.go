package yamledit

import "slices"

// whyNot says why the value at a path cannot be edited.
func (d *Draft) whyNot(path []string) string {
	if d.entry != nil {
		for n := range len(path) + 1 {
			if mark := markOf(d.entry.node.Get(path[:n]...)); mark != "" {
				return "it is written with " + mark + ", which an edit could break: change it by hand"
			}
		}
	}
	return "is written in a way that cannot be edited safely"
}

// markOf is the anchor, alias or tag of a value, or of an item of a list.
func markOf(n *Node) string {
	if n == nil {
		return ""
	}
	if n.mark() == "" && n.Kind == List {
		for _, it := range n.Items {
			if it.Node.mark() != "" {
				return it.Node.mark()
			}
		}
	}
	return n.mark()
}

// has reports whether a list has every element of another, as often.
func has(list, wanted []string) bool {
	rest := slices.Clone(list)
	for _, s := range wanted {
		i := slices.Index(rest, s)
		if i < 0 {
			return false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return true
}

// sameBut reports that two maps differ in nothing but the texts at a path: in a list
// there, what is not a text is the same too.
func sameBut(a, b *Node, path []string) bool {
	if len(path) == 0 {
		return slices.EqualFunc(structured(a), structured(b), func(x, y Element) bool { return sameNode(x.Node, y.Node) })
	}
	others := func(n *Node) []Pair {
		return slices.DeleteFunc(slices.Clone(n.Pairs), func(p Pair) bool { return p.Key == path[0] })
	}
	if !slices.EqualFunc(others(a), others(b), samePair) || !slices.EqualFunc(a.merges(), b.merges(), sameNode) {
		return false
	}
	return sameBut(a.child(path[0]), b.child(path[0]), path[1:])
}

// child is the value of a pair of the map itself, an empty one without it.
func (n *Node) child(key string) *Node {
	if p, ok := n.Pair(key); ok {
		return p.Node
	}
	return &Node{}
}

// structured are the items of a list that are not texts; of another value itself,
// unless it is a text.
func structured(n *Node) []Element {
	switch n.Kind {
	case Scalar:
		return nil
	case Map:
		return []Element{{Node: n}}
	}
	return slices.DeleteFunc(slices.Clone(n.Items), func(it Element) bool { return it.Node.Kind == Scalar })
}
