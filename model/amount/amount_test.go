package amount

import (
	"testing"
	"time"
)

// What could still become a comparison is unfinished; all other text is wrong.
func TestRead(t *testing.T) {
	for text, want := range map[string][2]bool{ // ok, unfinished
		">1k": {true, false}, "<=2.5M": {true, false}, "0": {true, false}, "=7": {true, false}, "100..1k": {true, false}, "..7": {true, false}, "7..": {true, false},
		"": {false, true}, ">": {false, true}, ">=": {false, true}, "2.": {false, true}, "..": {false, true}, "1..2.": {false, true},
		"many": {}, ">1kk": {}, ">1..2": {}, "-1": {}, "> 7": {}, "1e3": {}, "=>1": {}, "9999999999999999": {}, "1.1234567": {},
	} {
		if _, ok, unfinished := Read(text); ok != want[0] || unfinished != want[1] {
			t.Errorf("%q: ok %v, unfinished %v", text, ok, unfinished)
		}
	}
}

// Both ends are in, and what is below zero is unknown.
func TestHas(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want bool
	}{
		{">1k", 1000, false},
		{">1k", 1001, true},
		{">=1k", 1000, true},
		{"<1k", 999, true},
		{"<1k", 1000, false},
		{"<=1k", 1000, true},
		{"<1k", -1, false},
		{"100..1k", 99, false},
		{"100..1k", 100, true},
		{"100..1k", 1000, true},
		{"100..1k", 1001, false},
		{"..7", 7, true},
		{"..7", -1, false},
		{"7..", 1 << 40, true},
		{"1k..1", 500, false},
	} {
		if r, _, _ := Read(c.text); r.Has(c.n) != c.want {
			t.Errorf("%q has %d: %v", c.text, c.n, !c.want)
		}
	}
}

// A length has a number and a unit.
func TestReadAge(t *testing.T) {
	noon := time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"90d": "2025-12-31", "4w": "2026-03-03", "6mo": "2025-10-01", "2y": "2024-03-31", "0d": "2026-03-31",
		"": "", "d": "", "90": "", "90m": "", "90dd": "", "-1d": "", "1 d": "", "999999d": "", "1.5d": "",
	} {
		a, ok := ReadAge(text)
		if ok != (want != "") || ok && (a.Before(noon).Format(time.DateOnly) != want || a.String() != text || a.IsZero()) {
			t.Errorf("%q: %v, %v, %s", text, a, ok, a.Before(noon))
		}
	}
	for text, want := range map[string]string{"30d": "30 days", "1w": "1 week", "6mo": "6 months", "1y": "1 year"} {
		if a, _ := ReadAge(text); a.Words() != want {
			t.Errorf("%q: %q", text, a.Words())
		}
	}
}
