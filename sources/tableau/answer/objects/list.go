package objects

import (
	"iter"

	"darkroom/sources/compact"
)

// List is all objects of one kind by position. Pointers to them stay valid.
type List[T any] struct{ all compact.Chunks[T] }

// Len counts them.
func (l *List[T]) Len() int { return l.all.Len() }

// Add appends an empty one.
func (l *List[T]) Add() *T { return l.all.Add() }

// At is the one at a position.
func (l *List[T]) At(at int32) *T { return l.all.At(int(at)) }

// All gives all of them with their positions.
func (l *List[T]) All() iter.Seq2[int32, *T] {
	return func(yield func(int32, *T) bool) {
		for at := range int32(l.Len()) {
			if !yield(at, l.At(at)) {
				return
			}
		}
	}
}
