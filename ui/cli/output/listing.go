// Package output prints what commands have to say: listings as a table, JSON, CSV or
// Markdown, sentences wrapped, and texts that are safe for a terminal.
//
// Not here: what is printed (ui/cli and its rooms), and what a terminal can show
// (ui/cli/terminal).
package output

import (
	"fmt"
	"slices"
)

// Listing is something to list: objects for machines, and columns of them for
// reading.
type Listing struct {
	Header []string
	// Usual is how many of the columns, from the left, are printed when none are chosen;
	// 0 is all of them.
	Usual int

	added []Row
	// row makes each of n rows where they are not added.
	row func(i int) Row
	n   int
	// order has the rows' numbers where they are sorted, columns those of the cells that
	// the header names where they are not all of them.
	order   []int
	columns []int
	// chosen: objects have these columns only.
	chosen bool
}

// Row is one entry. Object is what JSON prints; cells follow the header.
type Row struct {
	Object any
	Cells  func() []string
}

// Add adds an entry.
func (l *Listing) Add(object any, cells ...string) {
	l.added = append(l.added, Row{object, func() []string { return cells }})
	l.n++
}

// Fill gives a long listing its n rows. Each is made when it is printed, and once more
// for each column that the listing is sorted by, so that none of them is kept.
func (l *Listing) Fill(n int, row func(i int) Row) { l.n, l.row = n, row }

// Len is how many rows there are.
func (l *Listing) Len() int { return l.n }

// Row is the row that is printed in this place.
func (l *Listing) Row(i int) Row {
	if l.order != nil {
		i = l.order[i]
	}
	if l.row != nil {
		return l.row(i)
	}
	return l.added[i]
}

// first has no more than so many of the rows.
func (l Listing) first(n int) Listing {
	l.n = min(l.n, n)
	return l
}

// cells are those of a row that the header names.
func (l *Listing) cells(r Row) []string {
	all := r.Cells()
	if l.columns == nil {
		return all[:len(l.Header)]
	}
	return pick(all, l.columns[:len(l.Header)])
}

// keep keeps these columns, in this order.
func (l *Listing) keep(at []int) {
	before := l.columns
	l.Header, l.columns = pick(l.Header, at), at
	if before != nil {
		l.columns = pick(before, at)
	}
}

func pick[T any](list []T, at []int) []T {
	out := make([]T, len(at))
	for i, n := range at {
		out[i] = list[n]
	}
	return out
}

// Drop takes a column away.
func (l *Listing) Drop(name string) {
	at := slices.Index(l.Header, name)
	if at < 0 {
		return
	}
	var rest []int
	for i := range l.Header {
		if i != at {
			rest = append(rest, i)
		}
	}
	l.keep(rest)
	if at < l.Usual {
		l.Usual--
	}
}

// Number prints a count; one that is not known is empty.
func Number(n int) string {
	if n < 0 {
		return ""
	}
	return fmt.Sprint(n)
}
