package artifact

import "time"

// TimeOf reads dbt's timestamps: with Z, with an offset, or with neither, which is UTC; and
// days, which begin in UTC.
// Any other text is the zero time, unknown.
func TimeOf(s string) time.Time {
	for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", time.DateTime, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
