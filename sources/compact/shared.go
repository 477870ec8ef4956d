package compact

// Shared keeps equal values once.
type Shared[T comparable] struct {
	all  map[T]*T
	last *T
}

// Of is where v is kept; nil is the place of the zero value. What is there is not to be
// changed.
func (s *Shared[T]) Of(v T) *T {
	var zero T
	switch {
	case v == zero:
		return nil
	case s.last != nil && *s.last == v:
		return s.last
	}
	kept := s.all[v]
	if kept == nil {
		if s.all == nil {
			s.all = map[T]*T{}
		}
		kept = new(T)
		*kept = v
		s.all[v] = kept
	}
	s.last = kept
	return kept
}
