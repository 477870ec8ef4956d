package text

import (
	"strconv"
	"strings"
	"time"
)

// Ago is how long before now something was, in its largest unit: "2 days", "5 weeks".
// It is empty for an unknown time; a time ahead of the clock is "now".
func Ago(then, now time.Time) string {
	if then.IsZero() {
		return ""
	}
	const day = 24 * time.Hour
	switch age := now.Sub(then); {
	case age < time.Minute:
		return "now"
	case age < time.Hour:
		return strconv.Itoa(int(age/time.Minute)) + " min"
	case age < day:
		return Count(int(age/time.Hour), "hour")
	case age < 14*day:
		return Count(int(age/day), "day")
	case age < 60*day:
		return Count(int(age/(7*day)), "week")
	case age < 730*day:
		return Count(int(age/(30*day)), "month")
	default:
		return strconv.Itoa(int(age/(365*day))) + " years"
	}
}

// Percent prints a share of a whole: "83 %", and "<1 %" for what is there and rounds to
// nothing; of nothing it is empty.
func Percent(part, whole int) string {
	switch {
	case whole <= 0:
		return ""
	case part > 0 && 100*part < whole:
		return "<1 %"
	}
	return strconv.Itoa(100*part/whole) + " %"
}

// Bar is a bar of some cells that are filled by the share of a part in a whole.
func Bar(part, whole, cells int, full, empty string) string {
	filled := Filled(part, whole, cells)
	return strings.Repeat(full, filled) + strings.Repeat(empty, cells-filled)
}

// Filled is how many cells of a bar are filled. What is there fills one cell at least, and
// what is missing leaves one.
func Filled(part, whole, cells int) int {
	if whole <= 0 {
		return 0
	}
	filled := part * cells / whole
	if part > 0 {
		filled = max(filled, 1)
	}
	if part < whole {
		filled = min(filled, cells-1)
	}
	return filled
}
