package usage

import (
	"fmt"
	"maps"
	"math/rand"
	"slices"
	"testing"
	"time"
)

func on(day int) time.Time { return time.Date(2026, 1, 1, 3, 0, 0, 0, time.UTC).AddDate(0, 0, day) }

// counted is a history of one dashboard, a, by day; b is there to make lines.
func counted(counts map[int]int) *History {
	var h *History
	for _, day := range slices.Sorted(maps.Keys(counts)) {
		h = h.With(on(day), map[string]int{"a": counts[day], "b": day})
	}
	return h
}

// Each row is what was counted by day, and the views since a day: -1 is not known.
func TestWithin(t *testing.T) {
	const q = Unknown
	for name, c := range map[string]struct {
		counts  map[int]int
		from    int
		created int // 0 is not known
		total   int
		want    int
	}{
		"the difference":                    {map[int]int{0: 10, 10: 15, 20: 40}, 10, 0, 40, 25},
		"from the first day":                {map[int]int{0: 10, 10: 15, 20: 40}, 0, 0, 40, 30},
		"nothing":                           {map[int]int{0: 10, 10: 10, 20: 10}, 0, 0, 10, 0},
		"between two days the earlier":      {map[int]int{0: 10, 10: 15, 20: 40}, 15, 0, 40, 25},
		"the history is shorter":            {map[int]int{5: 10, 20: 40}, 4, 0, 40, -1},
		"no history":                        {nil, 4, 0, 40, -1},
		"never viewed":                      {nil, 4, 0, 0, 0},
		"it fell":                           {map[int]int{0: 500, 10: 520, 20: 3, 30: 8}, 0, 0, 8, 28},
		"it fell to nothing":                {map[int]int{0: 500, 10: 0, 20: 4}, 0, 0, 4, 4},
		"unknown in between":                {map[int]int{0: 10, 10: q, 20: 40}, 0, 0, 40, 30},
		"unknown at the beginning":          {map[int]int{0: 10, 10: q, 20: 40}, 10, 0, 40, -1},
		"unknown at the end":                {map[int]int{0: 10, 20: q}, 0, 0, 40, -1},
		"known again":                       {map[int]int{0: q, 10: 15, 20: 40}, 10, 0, 40, 25},
		"the window begins later than days": {map[int]int{0: 10, 20: 40}, 30, 0, 40, 0},
	} {
		d := Dashboard{LUID: "a", Total: c.total}
		if c.created > 0 {
			d.Created = on(c.created)
		}
		views, ok := counted(c.counts).Within(d, on(c.from))
		if !ok {
			views = -1
		}
		if views != c.want {
			t.Errorf("%s: %d, want %d", name, views, c.want)
		}
	}
}

// A dashboard that was not there when the window began is known where it is younger.
func TestYoung(t *testing.T) {
	h := New(nil).With(on(0), map[string]int{"b": 1}).With(on(20), map[string]int{"a": 7, "b": 1})
	for name, c := range map[string]struct {
		created time.Time
		ok      bool
	}{"younger": {on(10), true}, "older": {on(-10), false}, "on that day": {on(0), false}, "not known": {time.Time{}, false}} {
		views, ok := h.Within(Dashboard{"a", 7, c.created}, on(5))
		if ok != c.ok || ok && views != 7 {
			t.Errorf("%s: %d, %v", name, views, ok)
		}
	}
}

// A partial answer adds nothing false: what it does not have is unknown until it is
// there again, and an answer without counts adds no day.
func TestPartialAnswers(t *testing.T) {
	h := New(nil).With(on(0), map[string]int{"a": 10, "b": 5})
	if same := h.With(on(1), map[string]int{"a": Unknown, "b": Unknown}); len(same.Days()) != 1 {
		t.Error("a day without counts is a day")
	}
	h = h.With(on(1), map[string]int{"b": 6})
	if _, ok := h.Within(Dashboard{LUID: "a", Total: 99}, on(1)); ok {
		t.Error("a is known on a day that did not have it")
	}
	h = h.With(on(1).Add(time.Hour), map[string]int{"a": 12, "b": Unknown})
	h = h.With(on(2), map[string]int{"a": 20, "b": 9})
	for luid, want := range map[string]int{"a": 8, "b": 3} {
		if views, ok := h.Within(Dashboard{LUID: luid, Total: 99}, on(1)); !ok || views != want {
			t.Errorf("%s: %d, %v", luid, views, ok)
		}
	}
}

// Two dashboards that a short key does not tell apart are unknown.
func TestKeys(t *testing.T) {
	one, two := "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"
	h := New(nil).With(on(0), map[string]int{one: 1, two: 2, "x": 1}).With(on(1), map[string]int{one: 3, two: 4, "x": 1})
	if _, ok := h.Within(Dashboard{LUID: one, Total: 3}, on(0)); ok {
		t.Error("which of two is known")
	}
	if Key("3F2A9C81-d4e7-0000-0000-000000000000") != "3f2a9c81d4e7" || Key("Not-Hex-But-Long") != "not-hex-but-long" {
		t.Error(Key("3F2A9C81-d4e7-0000-0000-000000000000"), Key("Not-Hex-But-Long"))
	}
}

// Whatever the order in which two people's days are joined, the counts of each day are
// those that were seen, and thinning changes none of a day that stays.
func TestJoinedAndThinned(t *testing.T) {
	random := rand.New(rand.NewSource(1)) //nolint:gosec // for tests
	total := map[string]int{"a": 0, "b": 0, "c": 0}
	truth := map[int]map[string]int{}
	var mine, theirs *History
	for day := range 450 {
		for luid := range total {
			if random.Intn(3) == 0 {
				total[luid] += random.Intn(50)
			}
		}
		truth[day] = maps.Clone(total)
		if random.Intn(2) == 0 {
			mine = mine.With(on(day), total)
		}
		if random.Intn(2) == 0 {
			theirs = theirs.With(on(day), total)
		}
	}
	days := append(slices.Clone(mine.Days()), theirs.Days()...)
	random.Shuffle(len(days), func(i, j int) { days[i], days[j] = days[j], days[i] })
	all := New(days)
	thin := all.Thin()
	for _, h := range []*History{mine, theirs, all, thin} {
		for i, d := range h.Days() {
			day := int(d.Date.Sub(date(on(0))).Hours() / 24)
			for luid, want := range truth[day] {
				if got, ok := h.at(luid, i); !ok || got != want {
					t.Fatalf("day %d: %s is %d, %v, want %d", day, luid, got, ok, want)
				}
			}
		}
	}
	if a, b := len(all.Days()), len(thin.Days()); a < 300 || b > 150 {
		t.Errorf("%d days, thin %d", a, b)
	}
	if again := fmt.Sprint(thin.Thin().Days()); again != fmt.Sprint(thin.Days()) {
		t.Error("thin is not thin")
	}
	_, last, _ := all.Span()
	from := last.AddDate(0, 0, -30)
	was, _ := all.Within(Dashboard{LUID: "a", Total: 1}, from)
	if is, ok := thin.Within(Dashboard{LUID: "a", Total: 1}, from); !ok || is != was || was == 0 {
		t.Errorf("%d views, thin %d", was, is)
	}
}
