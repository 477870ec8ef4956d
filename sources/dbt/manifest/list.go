package manifest

import "slices"

// list is the entries of one kind, in one piece, so that they need not be copied when all are
// there. Memory is reserved for as many as the rest of the file may have, since what is never
// written to takes none.
type list[T any] struct {
	all  []T
	size int64 // bytes of the file; 0 when unknown
}

const (
	// enough are entries that say how many the file has.
	enough = 4096
	// shortest is how many bytes dbt writes for an entry at the least: a file whose first
	// entries have less does not say how many there are.
	shortest = 1 << 10
)

// add appends a zero T, with read bytes of the file before its end. The pointer is valid until
// the next one.
func (x *list[T]) add(read int64) *T {
	n := len(x.all)
	if n == cap(x.all) {
		more := max(n, 16)
		if n >= enough {
			rest := float64(x.size - read)
			more = max(n/4, int(min(float64(n)*rest/float64(read), rest/shortest)))
		}
		x.all = slices.Grow(x.all, more)
	}
	x.all = x.all[:n+1]
	return &x.all[n]
}

// without are the entries without those that were dropped; nil for none.
func (x *list[T]) without(dropped func(T) bool) []T {
	if x.all = slices.DeleteFunc(x.all, dropped); len(x.all) == 0 {
		return nil
	}
	return x.all
}
