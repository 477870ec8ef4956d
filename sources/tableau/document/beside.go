package document

import (
	"iter"
	"slices"

	"darkroom/model/beside"
	"darkroom/sources/dbt/jsonwindow"
)

// A long list is read in two goroutines: one takes entries apart, batch by batch, while what
// was taken apart before is used.
const (
	batchSize = 64 << 10 // bytes of text, or one entry that is longer
	batches   = 3
)

// batch is some entries of a list.
type batch struct {
	Entries
	last bool
	err  error // what comes behind them
}

// roomLike makes as much room as another batch has.
func (b *batch) roomLike(other *batch) {
	b.text, b.nodes, b.starts = slices.Grow(b.text[:0], cap(other.text)), slices.Grow(b.nodes[:0], cap(other.nodes)), slices.Grow(b.starts[:0], cap(other.starts))
}

// List gives the entries of a list one by one, each until the next one; depth is that of the
// entries. What went wrong is in err afterwards.
func (s *Stream) List(depth int, err *error) iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if *err = s.is('['); *err != nil {
			return
		}
		more := false
		if *err = s.w.Try(func(l *jsonwindow.Lexer) { more = l.Enter('[', "") }); *err != nil || !more {
			return
		}
		for b := range s.inBatches(depth) {
			if !b.each(yield) {
				return
			}
			*err = b.err
		}
	}
}

// inBatches gives the batches of a list one by one, each until the next one. Those after the
// first are made beside their use. Nothing is read any more when it ends.
func (s *Stream) inBatches(depth int) iter.Seq[*batch] {
	return func(yield func(*batch) bool) {
		b := &s.batches[0]
		if s.fill(b, depth, true); !yield(b) || b.last {
			return
		}
		full, free, stop := make(chan *batch, batches), make(chan *batch, batches), make(chan struct{})
		for i := range s.batches {
			s.batches[i].roomLike(b)
			free <- &s.batches[i]
		}
		wait := beside.Do(func() {
			defer close(full)
			s.fillAll(full, free, stop, depth)
		})
		defer func() {
			close(stop)
			wait()
		}()
		for b := range full {
			if !yield(b) {
				return
			}
			free <- b
		}
	}
}

// fillAll fills free batches until the last, or until it is to stop.
func (s *Stream) fillAll(full, free chan *batch, stop chan struct{}, depth int) {
	for {
		select {
		case <-stop:
			return
		case b := <-free:
			s.fill(b, depth, false)
			full <- b
			if b.last {
				return
			}
		}
	}
}

// fill takes the next entries of a list apart; first are those at its start.
func (s *Stream) fill(b *batch, depth int, first bool) {
	b.clear()
	b.err = nil
	more := true
	scan := func(text []byte) int {
		switch n, found := b.add(text, maxDepth-depth, &s.names); found {
		case whole:
			return n
		case cutOff:
			return 0
		}
		return -1
	}
	for b.err == nil && more && len(b.text) < batchSize {
		b.err = s.w.Try(func(l *jsonwindow.Lexer) {
			if more = l.Element(first); more {
				l.Scan(scan)
			}
		})
		first = false
	}
	b.last = !more || b.err != nil
}
