// Package slab hands out room for many small things that all live as long as each other: the
// garbage collector looks at each thing that was made alone, however small it is.
package slab

// The sizes of blocks: the first are small, for small projects.
const (
	first = 8
	most  = 512
)

// Of is room for things of one type; the zero value is ready to use.
type Of[T any] struct {
	free []T
	size int
}

// Room is an empty list with room for n things; nil without any. Appending more than n
// never touches a neighbour.
func (s *Of[T]) Room(n int) []T {
	switch {
	case n == 0:
		return nil
	case n > most/4:
		return make([]T, 0, n)
	case n > len(s.free):
		s.size = min(max(2*s.size, first), most)
		s.free = make([]T, max(s.size, n))
	}
	room := s.free[:0:n]
	s.free = s.free[n:]
	return room
}

// One is room for one thing.
func (s *Of[T]) One() *T { return &s.Room(1)[:1][0] }
