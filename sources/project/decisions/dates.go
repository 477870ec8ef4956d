package decisions

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"darkroom/sources/disk"
)

// dates finds those of one file that lie in the future, by a wrong clock or a slip. The
// decisions are used anyway.
type dates struct {
	file string
	now  time.Time
	late []*disk.Error
}

// mostLate is how many dates of one file are reported.
const mostLate = 3

// look notes a date of a line, allowing a day for clocks and time zones.
func (d *dates) look(line int, source, field string, at time.Time) {
	if at.After(d.now.AddDate(0, 0, 1)) {
		d.late = append(d.late, &disk.Error{
			File: d.file, Place: disk.Place{Line: line, Column: max(strings.Index(source, field+":"), 0) + 1, Source: source},
			What: field + " is in the future: " + at.Format(time.DateOnly), Fix: "correct the date, and check the clock of the computer that wrote it",
		})
	}
}

// report warns of the first dates and counts the others.
func (d *dates) report(warn func(error)) {
	slices.SortStableFunc(d.late, func(a, b *disk.Error) int { return cmp.Compare(a.Place.Line, b.Place.Line) })
	for _, e := range d.late[:min(len(d.late), mostLate)] {
		warn(e)
	}
	if n := len(d.late) - mostLate; n > 0 {
		warn(&disk.Error{File: d.file, What: fmt.Sprintf("more dates are in the future: %d", n)})
	}
}

// warnOfDates looks at all files of the folder; seen is what was found in one of them.
func (s *Store) warnOfDates(now time.Time, past replayed, seen *dates) {
	decided := dates{file: decisionsName, now: now}
	for _, e := range s.file.entries {
		if e.raw == "" { // written as one {…} with others
			continue
		}
		decided.look(e.line+1, strings.TrimRight(e.raw, "\n"), "at", e.rec.At)
	}
	decided.report(s.warn)

	seen.report(s.warn)

	made := dates{file: journalName, now: now}
	for i, l := range past.lines {
		for _, r := range l.Set {
			if r == nil {
				continue
			}
			if rec, field := r.record(); field == "" {
				made.look(past.numbers[i], "", "at", rec.At)
			}
		}
	}
	made.report(s.warn)
}
