package refresh

import (
	"cmp"
	"slices"
	"time"
)

// Ordered are the verdicts that are due, by how stale the data is times how often its
// dashboards were viewed; a published data source counts for what reads it, too, and comes
// before it.
func Ordered(verdicts []*Verdict, now time.Time) []*Verdict {
	weights := map[*Verdict]float64{}
	var due []*Verdict
	for _, v := range verdicts {
		if v.State == Due {
			due = append(due, v)
			weights[v] = v.weight(now)
		}
	}
	for _, v := range due {
		for _, before := range v.Before {
			weights[before] = max(weights[before], weights[v])
		}
	}
	slices.SortStableFunc(due, func(a, b *Verdict) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(len(a.Before), len(b.Before)),
			cmp.Compare(a.Extract.Site.ID(), b.Extract.Site.ID()), cmp.Compare(a.Extract.Name, b.Extract.Name), cmp.Compare(a.Extract.LUID, b.Extract.LUID))
	})
	return due
}

// stalest is the staleness of an extract that was never refreshed.
const stalest = 10 * 365 * 24 * time.Hour

func (v *Verdict) weight(now time.Time) float64 {
	age := now.Sub(v.DataAt)
	if v.DataAt.IsZero() || age > stalest {
		age = stalest
	}
	return max(age, time.Minute).Minutes() * float64(1+v.Extract.Views)
}

// Quota is how many refreshes a site may start within one hour; 0 is any number.
type Quota int

// SiteQuota is that of Tableau Cloud (sources/tableau/API.md#rate-limits).
const SiteQuota Quota = 60

// Room is how many can be started now, after those that were started at these times, and
// when there is room for one more than that: zero for any number.
func (q Quota) Room(started []time.Time, now time.Time) (n int, next time.Time) {
	if q <= 0 {
		return 1 << 30, time.Time{}
	}
	recent := slices.Clone(started)
	recent = slices.DeleteFunc(recent, func(t time.Time) bool { return !t.After(now.Add(-time.Hour)) })
	slices.SortFunc(recent, time.Time.Compare)
	n = max(0, int(q)-len(recent))
	if n > 0 || len(recent) == 0 {
		return n, now.Add(time.Hour)
	}
	return 0, recent[len(recent)-int(q)].Add(time.Hour)
}
