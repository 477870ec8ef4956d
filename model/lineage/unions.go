package lineage

// unions are sets of dashboards, as rows of bits. Most nodes have below them exactly what one
// of the nodes that they lead to has, and share its row: rows are few, so they stay in the
// processor's cache, and each is counted once.
type unions struct {
	words  int
	bits   []uint64 // row after row; the first is empty
	number []int32  // of dashboards in each row
	worth  []int    // of each row, where sums are wanted

	// The union that is being made: the row best, or, if mixed, what is in mix. best is the
	// largest row that is in it.
	best  int32
	mixed bool
	mix   []uint64
}

func newUnions(words int) *unions {
	u := &unions{words: words, mix: make([]uint64, words)}
	u.clear()
	return u
}

// clear leaves the empty row alone.
func (u *unions) clear() {
	u.bits = append(u.bits[:0], u.mix...)
	clear(u.bits)
	u.number, u.worth = append(u.number[:0], 0), append(u.worth[:0], 0)
}

func (u *unions) row(i int32) []uint64 { return rowOf(u.bits, int(i), u.words) }

func (u *unions) add(row int32) {
	switch {
	case row == 0 || row == u.best:
	case u.best == 0 && !u.mixed:
		u.best = row
	default:
		u.open()
		join(u.mix, u.row(row))
		if u.number[row] > u.number[u.best] {
			u.best = row
		}
	}
}

// addBit adds one dashboard.
func (u *unions) addBit(bit int32) {
	u.open()
	u.mix[bit/64] |= 1 << (bit % 64)
}

func (u *unions) open() {
	if !u.mixed {
		copy(u.mix, u.row(u.best))
		u.mixed = true
	}
}

// end gives the row of the union, a new one only where there is none like it among those
// that were added: a union that is no larger than one of its parts is that part.
func (u *unions) end(worth func(row []uint64) int) int32 {
	row, mixed := u.best, u.mixed
	u.best, u.mixed = 0, false
	if !mixed {
		return row
	}
	n := int32(ones(u.mix))
	if n == u.number[row] {
		return row
	}
	u.bits, u.number, u.worth = append(u.bits, u.mix...), append(u.number, n), append(u.worth, worth(u.mix))
	return int32(len(u.number) - 1)
}
