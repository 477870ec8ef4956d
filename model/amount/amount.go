// Package amount reads comparisons of a number, and lengths of time, as people write them
// in filters and rules: ">1k", "<=2.5m", "100..1k", "0"; "90d", "6mo".
//
// Not here: what is compared.
package amount

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Range is what a comparison lets through: both ends are in.
type Range struct{ from, to float64 }

const between = ".."

// Parts takes a comparison apart: its sign, and what is on both sides of a range.
func Parts(text string) (sign, from, to string, ranged bool) {
	digits := strings.TrimLeft(text, "<>=")
	sign = text[:len(text)-len(digits)]
	from, to, ranged = strings.Cut(digits, between)
	return sign, from, to, ranged
}

// Read reads a comparison; ok is false where there is none, and unfinished where there
// could be one if the text went on.
func Read(text string) (r Range, ok, unfinished bool) {
	text = strings.ToLower(text)
	sign, from, to, ranged := Parts(text)
	if ranged {
		r, ok = ends(sign, from, to)
		return r, ok, !ok && like(`^([0-9]+(\.[0-9]+)?[km]?)?\.\.([0-9]+\.?)?$`, text)
	}
	n, ok := number(from)
	if !ok {
		return r, false, like(`^(>=?|<=?|=)?([0-9]+\.)?$|^[0-9]+(\.[0-9]+)?[km]?\.$`, text)
	}
	r = Range{0, math.Inf(1)}
	switch sign {
	case ">":
		r.from = math.Nextafter(n, math.Inf(1))
	case ">=":
		r.from = n
	case "<":
		r.to = math.Nextafter(n, math.Inf(-1))
	case "<=":
		r.to = n
	case "=", "":
		r.from, r.to = n, n
	default:
		return Range{}, false, false
	}
	return r, true, false
}

// Has reports a number in the range; one below zero is unknown, and in none.
func (r Range) Has(n int) bool { return n >= 0 && float64(n) >= r.from && float64(n) <= r.to }

// ends reads a range, of which one end may be open.
func ends(sign, from, to string) (r Range, ok bool) {
	low, hasLow := number(from)
	high, hasHigh := number(to)
	if from == "" {
		low, hasLow = 0, true
	}
	if to == "" {
		high, hasHigh = math.Inf(1), true
	}
	return Range{low, high}, sign == "" && from+to != "" && hasLow && hasHigh
}

// number reads 100, 1k, 2.5m.
func number(text string) (float64, bool) {
	times := 1.0
	if rest, ok := strings.CutSuffix(text, "k"); ok {
		text, times = rest, 1e3
	} else if rest, ok := strings.CutSuffix(text, "m"); ok {
		text, times = rest, 1e6
	}
	whole, part, pointed := strings.Cut(text, ".")
	if !digits(whole, 15) || pointed && !digits(part, 6) {
		return 0, false
	}
	n, err := strconv.ParseFloat(text, 64)
	return n * times, err == nil
}

// digits reports one digit or more, and at most so many.
func digits(text string, most int) bool {
	return text != "" && len(text) <= most && strings.Trim(text, "0123456789") == ""
}

func like(pattern, text string) bool { return regexp.MustCompile(pattern).MatchString(text) }
