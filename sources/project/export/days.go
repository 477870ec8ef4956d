package export

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"darkroom/model/exposure/merge"
	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/sources/disk"
)

// sinceWhen is the first day without the dashboard; a day that cannot be right is today.
func sinceWhen(e *merge.Entry, today time.Time) string {
	if e.State.GoneSince == "" || wrongDay(e.State.GoneSince, today) != "" {
		return today.UTC().Format(time.DateOnly)
	}
	return e.State.GoneSince
}

// wrongDay says what is wrong with a day in the last export; a day is allowed for time zones.
func wrongDay(text string, today time.Time) string {
	switch day, err := time.Parse(time.DateOnly, text); {
	case err != nil:
		return "cannot be read"
	case day.After(today.AddDate(0, 0, 1)):
		return "is in the future"
	}
	return ""
}

// wrongDays are the days in a last export that cannot be right: each would keep an entry
// of a gone dashboard for longer than the grace period.
func wrongDays(pe projectExport, entries []merge.Entry, today time.Time) (out []string) {
	for i := range entries {
		since := entries[i].State.GoneSince
		if since == "" {
			continue
		}
		if what := wrongDay(since, today); what != "" {
			said := &disk.Error{
				File: filepath.Join(pe.project.Root, filepath.FromSlash(lastExport)), Place: placeOfDay(pe.base, since),
				What: fmt.Sprintf("the day since when %s is gone %s", entries[i].Name, what),
				Fix:  "the grace period begins today; correct the date if it was another day",
			}
			out = append(out, said.Error())
		}
	}
	return out
}

// placeOfDay finds a day in a last export.
func placeOfDay(base []byte, day string) disk.Place {
	n := 0
	for line := range strings.Lines(string(base)) {
		n++
		if i := strings.Index(line, `gone: "`+yamltext.Escape(day)+`"`); i >= 0 {
			return disk.Place{Line: n, Column: i + 1}
		}
	}
	return disk.Place{}
}

// daysSince counts whole days since one that sinceWhen gave.
func daysSince(day string, today time.Time) int {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0
	}
	return int(today.Sub(t).Hours() / 24)
}
