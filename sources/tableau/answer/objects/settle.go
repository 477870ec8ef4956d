package objects

import (
	"slices"

	"darkroom/sources/tableau/answer/schema"
)

// Settle joins the objects that are one. They could not be recognized when they were read: an id, a LUID,
// a path or the workbook can be in another file, or further down in the same one. So it
// is done when all is read, and does not depend on the order of files and fields
// (sources/tableau/API.md#the-same-object). It returns where each object is now.
func (all *Objects) Settle() (moved func(Ref) Ref) {
	s := settling{all: all}
	for k := range s.parent {
		s.parent[k] = make([]int32, all.index[k].heads.Len())
		for i := range s.parent[k] {
			s.parent[k][i] = int32(i)
		}
	}
	for _, pair := range all.same {
		s.join(pair[0].Kind, pair[0].At, pair[1].At)
	}
	s.joinWorkbooks()
	// A workbook that becomes known makes others known.
	for s.changed = true; s.changed; {
		s.changed = false
		s.findWorkbooks()
		s.joinByName(schema.Dashboard, s.path, false)
		for _, k := range inWorkbooks() {
			s.shareWorkbooks(k)
			s.joinByName(k, s.nameInWorkbook, true)
			s.shareWorkbooks(k)
		}
	}
	if slices.Contains(s.joined[:], true) {
		all.compact(&s)
	}
	all.nameInWorkbooks()
	return func(r Ref) Ref {
		if moved := s.moved[r.Kind]; moved != nil {
			r.At = moved[r.At]
		}
		return r
	}
}

// inWorkbooks are the kinds whose names are unique in a workbook.
func inWorkbooks() []schema.Kind {
	return []schema.Kind{schema.Sheet, schema.Dashboard, schema.Datasource}
}

type settling struct {
	all     *Objects
	parent  [schema.KindCount][]int32 // towards the first of those that are one
	moved   [schema.KindCount][]int32 // the place of each after compact
	joined  [schema.KindCount]bool    // something was joined
	changed bool                      // in this round
}

func (s *settling) find(k schema.Kind, at int32) int32 {
	p := s.parent[k]
	for p[at] != at {
		p[at] = p[p[at]]
		at = p[at]
	}
	return at
}

func (s *settling) join(k schema.Kind, a, b int32) {
	a, b = s.find(k, a), s.find(k, b)
	if a != b {
		s.parent[k][max(a, b)] = min(a, b)
		s.joined[k], s.changed = true, true
	}
}

// name is what objects are compared by: a text, in a workbook or Nowhere. Without a text it is
// none.
type name struct {
	workbook int32
	text     string
}

// group is what has one name: objects with an id, with a LUID, with neither. Several with
// an id are different objects.
type group struct {
	ids, luids, bare []int32
	has              map[int32]bool
}

func (g *group) add(root int32, id, luid bool) {
	if g.has[root] {
		return
	}
	g.has[root] = true
	if id {
		g.ids = append(g.ids, root)
	}
	if luid {
		g.luids = append(g.luids, root)
	}
	if !id && !luid {
		g.bare = append(g.bare, root)
	}
}

// joinByName joins the objects of a kind that have one name, unless their LUIDs, or with
// byID their ids, show that several have it: then those that have neither are one.
func (s *settling) joinByName(k schema.Kind, nameOf func(schema.Kind, int32) name, byID bool) {
	ids, luids := s.identified(k)
	sure := luids
	if byID {
		sure = ids
	}
	if !s.anyUnsure(k, nameOf, sure) {
		return
	}
	first := make(map[name]int32, len(s.parent[k]))
	groups := map[name]*group{} // of names that several have, which are few
	for i := range s.parent[k] {
		n, root := nameOf(k, int32(i)), s.find(k, int32(i))
		other, taken := first[n]
		switch {
		case n.text == "", taken && other == root:
			continue
		case !taken:
			first[n] = root
			continue
		}
		if groups[n] == nil {
			groups[n] = &group{has: map[int32]bool{}}
			groups[n].add(other, ids[other], luids[other])
		}
		groups[n].add(root, ids[root], luids[root])
	}
	for _, g := range groups {
		s.joinAll(k, g.bare)
		if len(g.luids) < 2 && (!byID || len(g.ids) < 2) {
			s.joinAll(k, slices.Concat(g.bare, g.ids, g.luids))
		}
	}
}

// anyUnsure reports an object with a name of which it is not sure that it differs from
// others of the name: most sites have none.
func (s *settling) anyUnsure(k schema.Kind, nameOf func(schema.Kind, int32) name, sure []bool) bool {
	for at := range s.parent[k] {
		if !sure[s.find(k, int32(at))] && nameOf(k, int32(at)).text != "" {
			return true
		}
	}
	return false
}

func (s *settling) joinAll(k schema.Kind, list []int32) {
	for _, at := range list {
		s.join(k, list[0], at)
	}
}

// identified says which objects have an id and which a LUID of Tableau's, by the first of
// those that are one.
func (s *settling) identified(k schema.Kind) (ids, luids []bool) {
	ids, luids = make([]bool, len(s.parent[k])), make([]bool, len(s.parent[k]))
	for at, h := range s.all.Heads(k) {
		root := s.find(k, at)
		ids[root] = ids[root] || h.given
		luids[root] = luids[root] || h.luid != ""
	}
	return ids, luids
}
