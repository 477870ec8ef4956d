package tree

// set is a set of items. Their ids are small numbers, of which a large tree asks for every
// one when it makes its rows.
type set struct{ has []bool }

func (s *set) contains(id ID) bool { return int(id) < len(s.has) && s.has[id] }

func (s *set) put(id ID, in bool) {
	for in && int(id) >= len(s.has) {
		s.has = append(s.has, make([]bool, int(id)+1)...)
	}
	if int(id) < len(s.has) {
		s.has[id] = in
	}
}

// remove takes out those that a function is true of.
func (s *set) remove(which func(ID) bool) {
	for id, in := range s.has {
		if in && which(ID(id)) {
			s.has[id] = false
		}
	}
}

// all are the items in the set.
func (s *set) all() (ids []ID) {
	for id, in := range s.has {
		if in {
			ids = append(ids, ID(id))
		}
	}
	return ids
}
