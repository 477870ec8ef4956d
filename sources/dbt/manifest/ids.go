package manifest

import (
	"darkroom/model"
	"darkroom/sources/compact"
)

// bucket says in which list of the project an entry is.
type bucket uint8

const (
	nowhere bucket = iota
	inResources
	inTests
	inExposures
)

// place is where the entry of a unique_id is.
type place struct {
	in bucket
	at int32
}

// columnPlace is where the column of a name is among those of an entry, the last of which
// that name was read in, and what it was there.
type columnPlace struct {
	entry, at int32
	column    *model.Column
}

// numbered has something for a text by the text's number.
type numbered[T any] struct{ all compact.Chunks[T] }

func (n *numbered[T]) of(number int) *T {
	for number >= n.all.Len() {
		n.all.Add()
	}
	return n.all.At(number)
}

// part returns the piece of a unique_id that reads as b, without an allocation:
// its end, or what follows the package ("test.shop.not_null_id.5f1c").
func part(id string, b []byte) (string, bool) {
	if len(b) == 0 || len(b) > len(id) {
		return "", false
	}
	if tail := id[len(id)-len(b):]; tail == string(b) {
		return tail, true
	}
	from := 0
	for dots := 0; dots < 2; from++ {
		if from == len(id) {
			return "", false
		}
		if id[from] == '.' {
			dots++
		}
	}
	if from+len(b) <= len(id) && id[from:from+len(b)] == string(b) {
		return id[from : from+len(b)], true
	}
	return "", false
}
