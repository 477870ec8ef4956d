package yamledit

import (
	"slices"

	"darkroom/model/exposure/yamledit/yamltree"
)

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
func markOf(n *yamltree.Node) string {
	if n == nil {
		return ""
	}
	if n.Mark() == "" && n.Kind == yamltree.List {
		for _, it := range n.Items {
			if it.Node.Mark() != "" {
				return it.Node.Mark()
			}
		}
	}
	return n.Mark()
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
func sameBut(a, b *yamltree.Node, path []string) bool {
	if len(path) == 0 {
		return slices.EqualFunc(structured(a), structured(b), func(x, y yamltree.Element) bool { return yamltree.Same(x.Node, y.Node) })
	}
	others := func(n *yamltree.Node) []yamltree.Pair {
		return slices.DeleteFunc(slices.Clone(n.Pairs), func(p yamltree.Pair) bool { return p.Key == path[0] })
	}
	if !slices.EqualFunc(others(a), others(b), yamltree.SamePair) || !slices.EqualFunc(a.Merges(), b.Merges(), yamltree.Same) {
		return false
	}
	return sameBut(a.Child(path[0]), b.Child(path[0]), path[1:])
}

// structured are the items of a list that are not texts; of another value itself,
// unless it is a text.
func structured(n *yamltree.Node) []yamltree.Element {
	switch n.Kind {
	case yamltree.Scalar:
		return nil
	case yamltree.Map:
		return []yamltree.Element{{Node: n}}
	}
	return slices.DeleteFunc(slices.Clone(n.Items), func(it yamltree.Element) bool { return it.Node.Kind == yamltree.Scalar })
}
