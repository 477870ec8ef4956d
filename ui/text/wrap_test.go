package text

import (
	"slices"
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		width int
		in    string
		want  []string
	}{
		{20, "", []string{""}},
		{20, "short", []string{"short"}},
		{10, "one two three four", []string{"one two", "three four"}},
		{12, "two  spaces  stay", []string{"two  spaces", "stay"}},
		{14, "  indented line that is long", []string{"  indented", "line that is", "long"}},
		{30, "Sales <sales-analytics@roastery.example>", []string{"Sales", "<sales-analytics@roastery.", "example>"}},
		{32, "Sales <sales-analytics@roastery.example>", []string{"Sales", "<sales-analytics@roastery.", "example>"}},
		{34, "Sales <sales-analytics@roastery.example>", []string{"Sales", "<sales-analytics@roastery.example>"}},
		{26, "roastery.analytics_core.fct_orders", []string{"roastery.analytics_core.", "fct_orders"}},
		{34, "models/marts/core/fct_orders_by_day.sql", []string{"models/marts/core/", "fct_orders_by_day.sql"}},
		{10, "abcdefghijklmnopqrstuvwxyz", []string{"abcdefghij", "klmnopqrst", "uvwxyz"}},
		{5, "売上売上 売上", []string{"売上", "売上", "売上"}},
		{1, "売上", []string{"売", "上"}},
		{6, "one\ntwo three", []string{"one", "two", "three"}},
		{4, "      x", []string{"x"}},
	} {
		if got := Wrap(c.in, c.width); !slices.Equal(got, c.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
	if Wrap("x", 0) != nil {
		t.Error("there is a line without cells")
	}
}

// Nothing is lost but the spaces where lines end, and no line is too wide.
func FuzzWrap(f *testing.F) {
	f.Add("one two three-four/five", 7)
	f.Add("売上 👩🏽‍🚀 e\u0301", 3)
	f.Fuzz(func(t *testing.T, s string, width int) {
		s, width = Clean(s), 2+max(width, -width)%60
		lines := Wrap(s, max(width, 2))
		for _, l := range lines {
			if Width(l) > max(width, 2) {
				t.Fatalf("%q is wider than %d", l, width)
			}
		}
		without := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got := without(strings.Join(lines, "")); got != without(s) {
			t.Fatalf("%q became %q", s, lines)
		}
	})
}
