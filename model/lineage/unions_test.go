package lineage

import "testing"

// A union that adds nothing to one of its parts is that part, however many come together, so
// that rows are as many as there are different sets below nodes, about.
func TestUnionsShareRows(t *testing.T) {
	u := newUnions(2)
	worth := func(row []uint64) int { return 10 * ones(row) }
	bits := func(bits ...int32) int32 {
		for _, bit := range bits {
			u.addBit(bit)
		}
		return u.end(worth)
	}
	of := func(rows ...int32) int32 {
		for _, row := range rows {
			u.add(row)
		}
		return u.end(worth)
	}
	if of() != 0 || of(0, 0) != 0 {
		t.Error("nothing is not the empty row")
	}
	a, b := bits(3, 100), bits(3)
	if a == b || of(b, a) != a || of(a, b, b) != a || of(0, b) != b || of(b, b) != b {
		t.Error("a row is made that is there")
	}
	c := bits(7)
	all := of(b, c, a)
	if all == a || of(c, all, a, b) != all {
		t.Error("what several rows have together is no row of its own")
	}
	u.add(all)
	u.addBit(100)
	if u.end(worth) != all {
		t.Error("a dashboard that is there makes a row")
	}
	for row, want := range map[int32]int32{0: 0, a: 2, b: 1, c: 1, all: 3} {
		if u.number[row] != want || u.worth[row] != 10*int(want) {
			t.Errorf("row %d counts %d, worth %d, want %d", row, u.number[row], u.worth[row], want)
		}
	}
	if len(u.number) != 5 {
		t.Errorf("%d rows, want 5", len(u.number))
	}
	if u.clear(); len(u.number) != 1 || u.number[0] != 0 || bits(1) != 1 {
		t.Error("another block begins with rows of the one before it")
	}
}
