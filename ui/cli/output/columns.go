package output

import (
	"bytes"
	"cmp"
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
func (l *Listing) Sort(by string) error {
	if by == "" {
		return nil
	}
	var orders []func(a, b Row) int
	for _, field := range strings.Split(by, ",") {
		name, direction, given := strings.Cut(field, ":")
		if given && direction != "asc" && direction != "desc" {
			return fmt.Errorf("--sort %s: after the colon comes asc or desc", field)
		}
		at, err := l.column(name)
		if err != nil {
			return fmt.Errorf("--sort: %w", err)
		}
		orders = append(orders, l.order(at, direction == "desc"))
	}
	slices.SortStableFunc(l.Rows, func(a, b Row) int {
		for _, order := range orders {
			if n := order(a, b); n != 0 {
				return n
			}
		}
		return 0
	})
	return nil
}

// order compares rows by a column.
func (l *Listing) order(at int, down bool) func(a, b Row) int {
	compare := compareText
	if !slices.ContainsFunc(l.Rows, func(r Row) bool { _, ok := leading(r.Cells[at]); return !ok && r.Cells[at] != "" }) {
		compare = compareNumbers
	}
	return func(a, b Row) int {
		x, y := a.Cells[at], b.Cells[at]
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
	for _, name := range strings.Split(names, ",") {
		i, err := l.column(name)
		if err != nil {
			return fmt.Errorf("--columns: %w", err)
		}
		at = append(at, i)
	}
	header := pick(l.Header, at)
	for i := range l.Rows {
		cells := pick(l.Rows[i].Cells, at)
		l.Rows[i] = Row{chosen{l.Rows[i].Object, header, cells}, cells}
	}
	l.Header, l.Usual = header, 0
	return nil
}

func pick(list []string, at []int) []string {
	out := make([]string, len(at))
	for i, n := range at {
		out[i] = list[n]
	}
	return out
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
