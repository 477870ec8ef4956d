package editdistance

import (
	"strings"
	"testing"
)

func TestBounded(t *testing.T) {
	long := strings.Repeat("x", 2*Longest)
	for _, c := range []struct {
		a, b        string
		limit, want int
	}{
		{"", "", 3, 0},
		{"orders", "orders", 0, 0},
		{"order", "orders", 2, 1},
		{"odrers", "orders", 2, 1}, // neighbours changed places
		{"größe", "grösse", 2, 2},
		{"orders", "customers", 2, 3}, // beyond the limit
		{"kitten", "sitting", Longest, 3},
		{"", "abc", Longest, 3},
		{long, long + "y", 2, 0}, // the same as far as is compared
		{long, "", 2 * Longest, Longest},
	} {
		if got := Bounded([]rune(c.a), []rune(c.b), c.limit); got != c.want {
			t.Errorf("%.20q to %.20q within %d: %d, want %d", c.a, c.b, c.limit, got, c.want)
		}
	}
}
