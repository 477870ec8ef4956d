package query

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/amount"
	"darkroom/model/lineage"
)

// span is what a comparison lets through: a number or a day.
type span struct {
	numbers amount.Range
	dates   [2]time.Time  // from the first, up to before the second
	ages    [2]amount.Age // how long before now these are, so that the larger one is the earlier day
	isAge   bool
	window  amount.Age // of views; none is views in all
}

const (
	viewsTakes = "views: takes a number, as in views:>100, views:>=1k, views:2.5m or views:100..1k, or a window, as in views:30d>100"
	daysTakes  = "updated: takes an age, as in updated:<90d (within 90 days; also 4w, 6mo, 2y), or a date, as in updated:>=2026-01-31 or updated:2026-01..2026-03"
)

// readViews reads a comparison of numbers, and a window before it: 30d>100. A window alone
// asks for any view in it. ok is false where there is none, and unfinished where there could
// be one if it went on.
func readViews(value string) (s span, ok, unfinished bool) {
	if at := strings.IndexAny(value, "<>="); at > 0 {
		s.window, ok = amount.ReadAge(value[:at])
		if !ok {
			return s, false, false
		}
		value = value[at:]
	} else if s.window, ok = amount.ReadAge(value); ok {
		value = ">0"
	}
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
	return s, false, regexp.MustCompile(`^(>=?|<=?)?([0-9]{0,4}|[0-9]{1,5}m|[0-9]{4}-([0-9]{2}-)?[0-9]?)$|^([0-9]{4}(-[0-9]{2}){0,2}|[0-9]{1,5}(d|w|mo|y))?(\.|\.\.([0-9]{0,4}|[0-9]{1,5}m|[0-9]{4}-([0-9]{2}-)?[0-9]?))$`).MatchString(value)
}

// readAges reads <90d, within 90 days; 90d means the same, >6mo is longer ago, and
// 30d..90d between.
func readAges(value string) (s span, ok bool) {
	sign, from, to, ranged := amount.Parts(value)
	s.isAge = true
	near, ok := amount.ReadAge(from)
	switch {
	case ranged:
		far, alsoOk := amount.ReadAge(to)
		s.ages = [2]amount.Age{far, near}
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
		if s.isAge && !a.IsZero() {
			s.dates[i] = a.Before(now)
		}
	}
}

// hasTime reports a time in the span; an unknown one is in none.
func (s *span) hasTime(t time.Time) bool {
	return !t.IsZero() && (s.dates[0].IsZero() || !t.Before(s.dates[0])) && (s.dates[1].IsZero() || t.Before(s.dates[1]))
}

// hasViews reports a dashboard with so many views, in all or within the window; where that
// is not known it has none.
func (s *span) hasViews(d *lineage.Dashboard) bool {
	if s.window.IsZero() {
		return s.numbers.Has(d.Dashboard.Views)
	}
	n, ok := d.Site.ViewsWithin(d.Dashboard, s.window)
	return ok && s.numbers.Has(n)
}

// countsFor reports that the counts of some site begin early enough for a window.
func (k *Known) countsFor(window amount.Age) bool {
	return slices.ContainsFunc(k.Graph.Sites, func(s *model.Site) bool { return s.CountsViewsFor(window) })
}

// tooShort says why nothing is known of a window.
func (k *Known) tooShort(window amount.Age) string {
	var since time.Time
	for _, s := range k.Graph.Sites {
		if first, _, ok := s.Usage.Span(); ok && (since.IsZero() || first.Before(since)) {
			since = first
		}
	}
	if since.IsZero() {
		return "views: no views are counted yet, so " + window.String() + " are unknown: each day of darkroom sync counts them once"
	}
	return "views: they are counted since " + since.Format(time.DateOnly) + ", so " + window.String() + " are unknown"
}
