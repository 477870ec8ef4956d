package text

import (
	"testing"
	"time"
)

func TestAgo(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	const day = 24 * time.Hour
	for age, want := range map[time.Duration]string{
		-day: "now", 0: "now", 59 * time.Second: "now", time.Minute: "1 min", 59 * time.Minute: "59 min", time.Hour: "1 hour", 23 * time.Hour: "23 hours",
		day: "1 day", 13 * day: "13 days", 14 * day: "2 weeks", 35 * day: "5 weeks", 59 * day: "8 weeks", 60 * day: "2 months", 729 * day: "24 months",
		730 * day: "2 years", 4000 * day: "10 years",
	} {
		if got := Ago(now.Add(-age), now); got != want {
			t.Errorf("%v: %q, want %q", age, got, want)
		}
	}
	if got := Ago(time.Time{}, now); got != "" {
		t.Errorf("unknown: %q", got)
	}
}

func TestShares(t *testing.T) {
	for _, x := range []struct {
		part, whole  int
		bar, percent string
	}{
		{0, 0, "....", ""},
		{0, 9, "....", "0 %"},
		{1, 1000, "#...", "<1 %"},
		{5, 10, "##..", "50 %"},
		{999, 1000, "###.", "99 %"},
		{10, 10, "####", "100 %"},
	} {
		if bar, percent := Bar(x.part, x.whole, 4, "#", "."), Percent(x.part, x.whole); bar != x.bar || percent != x.percent {
			t.Errorf("%d of %d: %q %q", x.part, x.whole, bar, percent)
		}
	}
}
