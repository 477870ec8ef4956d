// Package usage says how often dashboards were viewed within a window, from the total
// counts that were seen on some days: BI tools report how often something was viewed in
// all, so a window needs a count of before. Its rules are in RULES.md.
//
// Not here: the file that keeps the counts (sources/project/viewcounts).
package usage

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Unknown is the count of a dashboard that was there, or had been, and had none.
const Unknown = -1

// Day is what was counted on one day.
type Day struct {
	Date time.Time // midnight in UTC
	// Counts are the totals that differ from those of the days before, by Key.
	Counts map[string]int
}

// History is what was counted so far. It is not changed once it is made; nil is empty.
type History struct {
	days   []Day
	points map[string][]point // by Key, in the order of days
}

// point is a count that differs from the one before.
type point struct{ day, count int }

// Key is a dashboard's LUID, short enough for a line of many: twelve digits tell the
// dashboards of a site apart, and [History.With] sees where they do not.
func Key(luid string) string {
	digits := strings.ReplaceAll(strings.ToLower(luid), "-", "")
	if len(digits) > 12 && strings.Trim(digits, "0123456789abcdef") == "" {
		return digits[:12]
	}
	return strings.ToLower(luid)
}

// New makes a history of days in any order. Several of one date are one: of two counts the
// larger is the later one.
func New(days []Day) *History {
	byDate := map[time.Time]map[string]int{}
	for _, d := range days {
		at := date(d.Date)
		if byDate[at] == nil {
			byDate[at] = map[string]int{}
		}
		for key, n := range d.Counts {
			if old, ok := byDate[at][key]; !ok || n > old {
				byDate[at][key] = n
			}
		}
	}
	h := &History{points: map[string][]point{}}
	for _, at := range slices.SortedFunc(maps.Keys(byDate), time.Time.Compare) {
		for key, n := range byDate[at] {
			h.points[key] = append(h.points[key], point{len(h.days), n})
		}
		h.days = append(h.days, Day{at, byDate[at]})
	}
	return h
}

func date(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// Days are all of them, by date. Callers must not change them.
func (h *History) Days() []Day {
	if h == nil {
		return nil
	}
	return h.days
}

// Span are the first and the last day; ok is false of an empty history.
func (h *History) Span() (first, last time.Time, ok bool) {
	if days := h.Days(); len(days) > 0 {
		return days[0].Date, days[len(days)-1].Date, true
	}
	return first, last, false
}

// With adds what was counted on a day: the totals by LUID, Unknown where there is none. A
// second count of a day takes the place of the first, where it knows one. Counts of which
// none is known add nothing: the answer did not have them.
func (h *History) With(at time.Time, totals map[string]int) *History {
	at = date(at)
	kept := slices.DeleteFunc(slices.Clone(h.Days()), func(d Day) bool { return d.Date.Equal(at) })
	before := New(slices.DeleteFunc(slices.Clone(kept), func(d Day) bool { return d.Date.After(at) }))
	now := byKey(totals)
	if !slices.ContainsFunc(slices.Collect(maps.Values(now)), func(n int) bool { return n != Unknown }) {
		return h
	}
	for key := range before.points { // what is gone is no longer known
		if _, ok := now[key]; !ok {
			now[key] = Unknown
		}
	}
	for _, d := range h.Days() {
		if !d.Date.Equal(at) {
			continue
		}
		for key, n := range d.Counts {
			if now[key] == Unknown {
				now[key] = n
			}
		}
	}
	maps.DeleteFunc(now, func(key string, n int) bool {
		old, ok := before.at(key, len(before.days))
		return ok && old == n
	})
	return New(append(kept, Day{at, now}))
}

// byKey are totals by Key. Which of two with one key it is cannot be said.
func byKey(totals map[string]int) map[string]int {
	out := make(map[string]int, len(totals))
	for luid, n := range totals {
		key := Key(luid)
		if _, twice := out[key]; twice {
			n = Unknown
		}
		out[key] = max(n, Unknown)
	}
	return out
}

// at is the count of a dashboard on a day by its number; ok is false where it had not been
// seen by then.
func (h *History) at(key string, day int) (count int, ok bool) {
	for _, p := range h.points[key] {
		if p.day > day {
			break
		}
		count, ok = p.count, true
	}
	return count, ok
}

// Dashboard is what is asked about.
type Dashboard struct {
	LUID    string
	Total   int // views in all, Unknown where they are not known
	Created time.Time
}

// Within is how often a dashboard was viewed from the last count at or before from. ok is
// false where that is not known.
func (h *History) Within(d Dashboard, from time.Time) (views int, ok bool) {
	if d.Total == 0 {
		return 0, true // never
	}
	base, ok := h.base(from)
	if !ok || d.LUID == "" {
		return 0, false
	}
	key := Key(d.LUID)
	last, seen := h.at(key, base)
	if !seen && !d.Created.IsZero() && d.Created.After(h.days[base].Date.AddDate(0, 0, 1)) {
		return d.Total, d.Total >= 0 // it is younger than the window
	}
	if !seen || last == Unknown {
		return 0, false
	}
	known := false
	for _, p := range h.points[key] {
		known = p.count != Unknown
		switch {
		case p.day <= base || !known:
			continue
		case p.count < last:
			views += p.count // counting began again
		default:
			views += p.count - last
		}
		last = p.count
	}
	return views, known
}

// base is the last day at or before a time.
func (h *History) base(from time.Time) (day int, ok bool) {
	from = date(from)
	for i, d := range h.Days() {
		if d.Date.After(from) {
			break
		}
		day, ok = i, true
	}
	return day, ok
}

// Thin keeps the file small: each day for a hundred days, then the last of each week, and
// nothing older than 400 days but what was known then. Counts stay what they were on the
// days that stay.
func (h *History) Thin() *History {
	_, last, ok := h.Span()
	if !ok {
		return h
	}
	var kept []Day
	for _, d := range h.days {
		if n := len(kept); n > 0 && replaces(kept[n-1].Date, d.Date, last) {
			joined := maps.Clone(kept[n-1].Counts)
			maps.Copy(joined, d.Counts)
			kept[n-1] = Day{d.Date, joined}
			continue
		}
		kept = append(kept, d)
	}
	return New(kept)
}

// replaces reports that of two days, one after the other, only the later one is kept.
func replaces(earlier, later, last time.Time) bool {
	const day = 24 * time.Hour
	if last.Sub(later) > 400*day {
		return true
	}
	year, week := earlier.ISOWeek()
	y, w := later.ISOWeek()
	return last.Sub(later) > 100*day && year == y && week == w
}
