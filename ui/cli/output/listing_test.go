package output

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestListing(t *testing.T) {
	l := Listing{Header: []string{"name", "kind", "tables"}}
	l.Add(map[string]string{"name": "=1+1"}, "=1+1", "a|b", Number(2))
	l.Add(map[string]string{"name": "\x1b[31mred"}, "\x1b[31mred", "c", Number(-1))
	for format, want := range map[string]string{
		"csv":      "name,kind,tables\n'=1+1,a|b,2\n",
		"markdown": "| name | kind | tables |\n|---|---|---|\n| =1+1 | a\\|b | 2 |\n",
		"table":    "NAME",
		"json":     `"name": "=1+1"`,
	} {
		if err := CheckFormat(format); err != nil {
			t.Error(err)
		}
		var b strings.Builder
		if err := l.Print(t.Context(), &b, format); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), want) || strings.Contains(b.String(), "\x1b") {
			t.Errorf("%s: %q", format, b.String())
		}
	}
	if CheckFormat("xml") == nil {
		t.Error("xml is not a format")
	}
	l.Drop("nosuch")
	l.Drop("kind")
	var b strings.Builder
	if err := l.Print(t.Context(), &b, "csv"); err != nil || !strings.HasPrefix(b.String(), "name,tables\n'=1+1,2\n") {
		t.Errorf("%q, %v", b.String(), err)
	}
}

// A long listing makes each row when it prints it and keeps none: once, and once more for
// each column that it is sorted by. JSON needs no cells.
func TestRowsAreMadeAsTheyArePrinted(t *testing.T) {
	const n = 50
	for _, x := range []struct {
		format, sort string
		rows, cells  int
	}{
		{"json", "", n, 0},
		{"json", "b:desc", 2 * n, n},
		{"csv", "b,a", 3 * n, 3 * n},
		{"table", "", n, n},
		{"markdown", "", n, n},
	} {
		l, rows, cells := Listing{Header: []string{"a", "b"}}, 0, 0
		l.Fill(n, func(i int) Row {
			rows++
			return Row{Object: i, Cells: func() []string { cells++; return []string{Number(i), Number(-i)} }}
		})
		var b strings.Builder
		if err := errors.Join(l.Sort(t.Context(), x.sort), l.Print(t.Context(), &b, x.format)); err != nil {
			t.Fatal(err)
		}
		if rows != x.rows || cells != x.cells {
			t.Errorf("%s by %q: %d rows and %d cells made, want %d and %d", x.format, x.sort, rows, cells, x.rows, x.cells)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	l := Listing{Header: []string{"a"}}
	l.Fill(n, func(int) Row {
		t.Error("a row is made although it is stopped")
		return Row{Cells: func() []string { return []string{""} }}
	})
	if err := errors.Join(l.Sort(ctx, "a"), l.Print(ctx, io.Discard, "table")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
