package view

// Nested is a view whose rows have levels, for those who hear a row and do not see it.
type Nested interface {
	// Nesting is where the cursor's row is: its level from 1, the number of its row and of
	// all rows, and whether something is below it and open.
	Nesting() Nesting
}

// Nesting is the place of a row.
type Nesting struct {
	Level        int
	Row, Rows    int // from 1
	Parent, Open bool
}
