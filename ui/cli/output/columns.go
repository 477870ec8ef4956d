package output

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// column finds a column by its name; spaces may be underscores, letters of any case.
func (l *Listing) column(name string) (int, error) {
	plain := func(s string) string { return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "_", " ") }
	at := slices.IndexFunc(l.Header, func(h string) bool { return plain(h) == plain(name) })
	if at < 0 {
		return 0, fmt.Errorf("no column %q; there are %s", name, strings.Join(l.Header, ", "))
	}
	return at, nil
}

// Sort orders the rows by columns: "views:desc,title". A column that begins with a number
// in each row is ordered by it. What is empty comes last in both directions.
func (l *Listing) Sort(ctx context.Context, by string) error {
	if by == "" {
		return nil
	}
	var orders []func(a, b int) int
	for field := range strings.SplitSeq(by, ",") {
		name, direction, given := strings.Cut(field, ":")
		if given && direction != "asc" && direction != "desc" {
			return fmt.Errorf("--sort %s: after the colon comes asc or desc", field)
		}
		at, err := l.column(name)
		if err != nil {
			return fmt.Errorf("--sort: %w", err)
		}
		cells := make([]string, l.n)
		for i := range cells {
			if err := ctx.Err(); err != nil {
				return err
			}
			cells[i] = l.cells(l.Row(i))[at]
		}
		orders = append(orders, order(cells, direction == "desc"))
	}
	l.order = make([]int, l.n)
	for i := range l.order {
		l.order[i] = i
	}
	slices.SortStableFunc(l.order, func(a, b int) int {
		for _, order := range orders {
			if n := order(a, b); n != 0 {
				return n
			}
		}
		return 0
	})
	return nil
}

// order compares rows by their cells of a column.
func order(cells []string, down bool) func(a, b int) int {
	compare := compareText
	if !slices.ContainsFunc(cells, func(c string) bool { _, ok := leading(c); return !ok && c != "" }) {
		compare = compareNumbers
	}
	return func(a, b int) int {
		x, y := cells[a], cells[b]
		switch {
		case x == "" || y == "":
			return cmp.Compare(len(y), len(x)) * min(1, len(x)+len(y))
		case down:
			return compare(y, x)
		}
		return compare(x, y)
	}
}

func compareText(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }

func compareNumbers(a, b string) int {
	x, _ := leading(a)
	y, _ := leading(b)
	return cmp.Or(cmp.Compare(x, y), compareText(a, b))
}

// leading is the number that a text begins with.
func leading(s string) (n int, ok bool) {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	n, err := strconv.Atoi(s[:digits])
	return n, err == nil
}

// Choose keeps these columns, in this order. JSON objects keep what is in them under the
// same names.
func (l *Listing) Choose(names string) error {
	if names == "" {
		return nil
	}
	var at []int
	for name := range strings.SplitSeq(names, ",") {
		i, err := l.column(name)
		if err != nil {
			return fmt.Errorf("--columns: %w", err)
		}
		at = append(at, i)
	}
	l.keep(at)
	l.Usual, l.chosen = 0, true
	return nil
}

// chosen is an object with some columns only.
type chosen struct {
	object        any
	header, cells []string
}

// MarshalJSON writes the object's own values, and the text of a column that it does not
// have.
func (c chosen) MarshalJSON() ([]byte, error) {
	whole, err := plainJSON(c.object)
	if err != nil {
		return nil, err
	}
	var values map[string]json.RawMessage
	if err := json.Unmarshal(whole, &values); err != nil {
		return nil, err
	}
	out := []byte("{")
	for i, name := range c.header {
		key := strings.ReplaceAll(name, " ", "_")
		value, known := values[key]
		if !known {
			if value, err = plainJSON(c.cells[i]); err != nil {
				return nil, err
			}
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendQuote(out, key)
		out = append(append(out, ':'), bytes.TrimSpace(value)...)
	}
	return append(out, '}'), nil
}

// plainJSON keeps letters of HTML as they are.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return b.Bytes(), err
}
