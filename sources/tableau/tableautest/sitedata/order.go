package sitedata

import (
	"sort"
)

// SortOrder is what a list is sorted by before the ids: nothing, or one field.
type SortOrder struct {
	Given bool
	Field string
	Down  bool
}

// Less reports whether a comes before b.
func (by SortOrder) Less(a, b *Object) bool {
	if by.Given {
		left, right := a.Text(by.Field), b.Text(by.Field)
		if left != right {
			return (left < right) != by.Down
		}
	}
	return a.ID < b.ID
}

// Ordered is all objects of a type, by id unless the query says otherwise, as the real
// server has it. The result is shared: do not change it.
func (s *Store) Ordered(typeName string, by SortOrder) []*Object {
	key := orderKey{typeName, by}
	s.mu.Lock()
	defer s.mu.Unlock()
	list, ok := s.sorted[key]
	if !ok {
		list = append([]*Object(nil), s.All[typeName]...)
		sort.Slice(list, func(i, j int) bool { return by.Less(list[i], list[j]) })
		s.sorted[key] = list
	}
	return list
}
