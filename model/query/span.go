package query

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"darkroom/model/amount"
)

// span is what a comparison lets through: a number or a day.
type span struct {
	numbers amount.Range
	dates   [2]time.Time // from the first, up to before the second
	ages    [2]age       // how long before now these are, so that the larger one is the earlier day
	isAge   bool
}

// age is a length of time as it is written.
type age struct {
	n    int
	unit string // d, w, mo, y; empty for no limit
}

func (a age) before(now time.Time) time.Time {
	switch a.unit {
	case "d":
		return now.AddDate(0, 0, -a.n)
	case "w":
		return now.AddDate(0, 0, -7*a.n)
	case "mo":
		return now.AddDate(0, -a.n, 0)
	}
	return now.AddDate(-a.n, 0, 0)
}

const (
	viewsTakes = "views: takes a number, as in views:>100, views:>=1k, views:2.5m or views:100..1k"
	daysTakes  = "updated: takes an age, as in updated:<90d (within 90 days; also 4w, 6mo, 2y), or a date, as in updated:>=2026-01-31 or updated:2026-01..2026-03"
)

func reading(pattern string) func(string) bool {
	compiled := regexp.MustCompile(pattern)
	return compiled.MatchString
}

// readViews reads a comparison of numbers; ok is false where there is none, and
// unfinished where there could be one if it went on.
func readViews(value string) (s span, ok, unfinished bool) {
	s.numbers, ok, unfinished = amount.Read(value)
	return s, ok, unfinished
}

// readDays reads a comparison of ages or of days.
func readDays(value string) (s span, ok, unfinished bool) {
	if s, ok := readAges(value); ok {
		return s, true, false
	}
	if s, ok := readDates(value); ok {
		return s, true, false
	}
	return s, false, reading(`^(>=?|<=?)?([0-9]{0,4}|[0-9]{1,5}m|[0-9]{4}-([0-9]{2}-)?[0-9]?)$|^([0-9]{4}(-[0-9]{2}){0,2}|[0-9]{1,5}(d|w|mo|y))?(\.|\.\.([0-9]{0,4}|[0-9]{1,5}m|[0-9]{4}-([0-9]{2}-)?[0-9]?))$`)(value)
}

// readAges reads <90d, within 90 days; 90d means the same, >6mo is longer ago, and
// 30d..90d between.
func readAges(value string) (s span, ok bool) {
	sign, from, to, ranged := amount.Parts(value)
	s.isAge = true
	near, ok := readAge(from)
	switch {
	case ranged:
		far, alsoOk := readAge(to)
		s.ages = [2]age{far, near}
		return s, sign == "" && from+to != "" && (ok || from == "") && (alsoOk || to == "")
	case !ok:
		return s, false
	case sign == "<", sign == "<=", sign == "":
		s.ages[0] = near
	case sign == ">", sign == ">=":
		s.ages[1] = near
	default:
		return s, false
	}
	return s, true
}

func readAge(text string) (age, bool) {
	digits := strings.TrimRight(text, "dwmoy")
	a := age{unit: text[len(digits):]}
	if !reading(`^[0-9]{1,5}(d|w|mo|y)$`)(text) {
		return age{}, false
	}
	a.n, _ = strconv.Atoi(digits)
	return a, true
}

// readDates reads a day, a month or a year with a sign, or two of them as a range.
func readDates(value string) (s span, ok bool) {
	sign, from, to, ranged := amount.Parts(value)
	begin, end, ok := period(from)
	if ranged {
		_, last, alsoOk := period(to)
		s.dates = [2]time.Time{begin, last}
		return s, sign == "" && from+to != "" && (ok || from == "") && (alsoOk || to == "")
	}
	switch sign {
	case ">":
		s.dates[0] = end
	case ">=":
		s.dates[0] = begin
	case "<":
		s.dates[1] = begin
	case "<=":
		s.dates[1] = end
	case "":
		s.dates = [2]time.Time{begin, end}
	default:
		return s, false
	}
	return s, ok
}

// period is a day, a month or a year: from its beginning to that of the next one.
func period(text string) (begin, end time.Time, ok bool) {
	for layout, next := range map[string][3]int{"2006": {1, 0, 0}, "2006-01": {0, 1, 0}, time.DateOnly: {0, 0, 1}} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, t.AddDate(next[0], next[1], next[2]), true
		}
	}
	return begin, end, false
}

// at settles ages from now on.
func (s *span) at(now time.Time) {
	for i, a := range s.ages {
		if s.isAge && a.unit != "" {
			s.dates[i] = a.before(now)
		}
	}
}

// hasTime reports a time in the span; an unknown one is in none.
func (s *span) hasTime(t time.Time) bool {
	return !t.IsZero() && (s.dates[0].IsZero() || !t.Before(s.dates[0])) && (s.dates[1].IsZero() || t.Before(s.dates[1]))
}
