package curate

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// census reads "key title project workbook site", one dashboard a word with slashes:
// "a/Sales/Top/W1/s1". A leading ~ hides it; "s1!" alone is a whole site, "s1?" a
// partial one.
func census(text string) Census {
	c := Census{Places: map[string]Place{}, Hidden: map[string]bool{}, Complete: map[string]bool{}}
	for _, word := range strings.Fields(text) {
		switch parts := strings.Split(word, "/"); {
		case strings.HasSuffix(word, "!"), strings.HasSuffix(word, "?"):
			c.Complete[word[:len(word)-1]] = strings.HasSuffix(word, "!")
		case strings.HasPrefix(word, "~"):
			c.Hidden[parts[0][1:]] = true
		default:
			c.Places[parts[0]] = Place{parts[1], parts[2], parts[3], parts[4]}
		}
	}
	return c
}

// news writes the inbox as text.
func news(b *Book, c Census) string {
	var words []string
	for _, i := range b.Inbox(c) {
		words = append(words, i.Key+":"+i.Kind.String())
	}
	return strings.Join(words, " ")
}

const start = "s1! s2! a/A/P/W/s1 b/B/P/W/s1 c/C/P/W/s1 d/D/P/W/s2"

func TestInbox(t *testing.T) {
	for _, c := range []struct{ name, now, want string }{
		{"nothing happened", start, ""},
		{"a new one", start + " e/E/P/W/s1", "e:new"},
		{"renamed", strings.Replace(start, "a/A/P", "a/Z/P", 1), "a:renamed"},
		{"moved to another project", strings.Replace(start, "b/B/P", "b/B/Q", 1), "b:moved"},
		{"moved to another workbook", strings.Replace(start, "b/B/P/W", "b/B/P/V", 1), "b:moved"},
		{"renamed and moved is reported once", strings.Replace(start, "b/B/P", "b/Z/Q", 1), "b:renamed"},
		{"gone", strings.Replace(start, " c/C/P/W/s1", "", 1), "c:gone"},
		{"two swap their titles", strings.NewReplacer("a/A", "a/B", "b/B", "b/A").Replace(start), "b:renamed a:renamed"},
		{"never gone from a partial site", strings.NewReplacer("s1!", "s1?", " c/C/P/W/s1", "").Replace(start), ""},
		{"a partial site can have new ones", strings.Replace(start, "s1!", "s1?", 1) + " e/E/P/W/s1", "e:new"},
		{"never gone from a site that is not loaded", "s1! a/A/P/W/s1 b/B/P/W/s1 c/C/P/W/s1", ""},
		{"nothing loaded", "", ""},
		{"out of scope is not gone", strings.Replace(start, " c/C/P/W/s1", " ~c", 1), ""},
		{"out of scope is not new", start + " ~f", ""},
		{"a missing title is not a rename", strings.Replace(start, "a/A/P", "a//P", 1), ""},
		{"a missing place is not a move", strings.Replace(start, "a/A/P/W", "a/A//", 1), ""},
		{"moved, with the title missing", strings.Replace(start, "a/A/P/W", "a//Q/", 1), "a:moved"},
		{"a new one without a name", start + " e////s1", "e:new"},
		{"a site without a baseline changes nothing", start + " s3! g/G/P/W/s3", ""},
		{"order", "s1! s2! e/E/P/W/s1 a/Z/P/W/s1 b/B/Q/W/s1 f/E/A/W/s1", "f:new e:new a:renamed b:moved c:gone d:gone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := New(nil)
			if n := b.Baseline(census(start), noon); n != 4 {
				t.Fatalf("baseline of %d", n)
			}
			if got := news(b, census(c.now)); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestFirstRunHasNoChanges(t *testing.T) {
	b := New(nil)
	if got := news(b, census(start)); got != "" {
		t.Errorf("before the baseline: %q", got)
	}
	b.Baseline(census("s1? a/A/P/W/s1"), noon)
	if n := b.Baseline(census("s1? a/A/P/W/s1 b/B/P/W/s1"), noon); n != 0 {
		t.Errorf("a second baseline took %d", n)
	}
	if got := news(b, census("s1? a/A/P/W/s1 b/B/P/W/s1")); got != "b:new" {
		t.Errorf("partial as at first: %q", got)
	}
	if n := b.Baseline(census("s1! a/Z/P/W/s1 b/B/P/W/s1 c/C/P/W/s1"), noon); n != 2 {
		t.Errorf("whole for the first time: %d", n)
	}
	if got := news(b, census("s1! a/Z/P/W/s1 b/B/P/W/s1 c/C/P/W/s1")); got != "a:renamed" {
		t.Errorf("%q", got)
	}
	b.Baseline(census("host/s1! a/Z/P/W/host/s1"), noon)
	if len(b.undo) > 0 {
		t.Error("a baseline can be undone")
	}
}

// What is missing counts as unchanged since the last review, in the Inbox and when it is
// reviewed. What was missing then is taken in as soon as it is known, and is not a change.
func TestHiddenNames(t *testing.T) {
	b, day := New(nil), time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	b.Baseline(census("s1! a/A/P/W/s1 b////s1"), day)
	hidden := census("s1! a//Q//s1 b////s1 c////s1")
	items := b.Inbox(hidden)
	if news(b, hidden) != "c:new a:moved" || items[1].After != (Place{"A", "Q", "W", "s1"}) || items[0].After != (Place{Site: "s1"}) {
		t.Error(items)
	}
	b.Review([]string{"a", "c"}, hidden, Meta{At: day})
	if got := b.Memory().Seen["a"].Place; got != (Place{"A", "Q", "W", "s1"}) {
		t.Error(got)
	}
	shown := census("s1! a/A/Q/W/s1 b/B/P/W/s1 c/C/P/W/s1")
	if got := news(b, shown); got != "" {
		t.Error(got)
	}
	version := b.Version()
	if n := b.Baseline(shown, day); n != 0 || b.Version() == version || b.Memory().Seen["b"].Place != (Place{"B", "P", "W", "s1"}) {
		t.Error(n, b.Memory().Seen["b"])
	}
	if version = b.Version(); b.Baseline(shown, day) != 0 || b.Version() != version {
		t.Error("nothing was learned, and yet something changed")
	}
	if got := news(b, census("s1! a/A/Q/W/s1 b/Z/P/W/s1 c/C/P/W/s1")); got != "b:renamed" {
		t.Error(got)
	}
}

func TestReview(t *testing.T) {
	b := New(nil)
	b.Baseline(census(start), noon)
	late := noon.Add(50 * time.Hour)
	now := census("s1! s2! a/Z/P/W/s1 c/C/P/W/s1 d/D/Q/W/s2 e/E/P/W/s1") // b is gone
	change := b.Review([]string{"e", "a", "b", "c", "e", "unknown"}, now, Meta{At: late, By: "ana"})
	day := func(n int) time.Time { return time.Date(noon.Year(), noon.Month(), noon.Day()+n, 0, 0, 0, 0, time.UTC) }
	old := func(title string) Seen { return Seen{Place: Place{title, "P", "W", "s1"}, First: day(0)} }
	want := Change{Label: "reviewed 3 dashboards", Version: b.Version(), Seen: []SeenEdit{
		{"e", Seen{}, Seen{Place{"E", "P", "W", "s1"}, day(2), day(2), "ana"}},
		{"a", old("A"), Seen{Place{"Z", "P", "W", "s1"}, day(0), day(2), "ana"}},
		{"b", old("B"), Seen{}},
	}}
	if diff := cmp.Diff(want, change); diff != "" {
		t.Error(diff)
	}
	if got := news(b, now); got != "d:moved" {
		t.Errorf("left: %q", got)
	}
	if !b.Review([]string{"a", "c"}, now, Meta{At: late}).Empty() {
		t.Error("a review without changes can be undone")
	}
	if c, _ := b.Undo(); c.Label != "undo: reviewed 3 dashboards" || news(b, now) != "e:new a:renamed d:moved b:gone" {
		t.Errorf("%q: %q", c.Label, news(b, now))
	}
}

// TestReviewHistories walks at random: Tableau changes, users review, decide,
// undo and redo. The inbox and the memory always agree, undoing everything gives
// the first memory back, and the changes alone rebuild it at any time.
func TestReviewHistories(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 3))
		b, now := New(nil), census(start)
		b.Baseline(now, noon)
		first := maps.Clone(b.memory.Seen)
		replay := maps.Clone(first)
		for range 60 {
			now = tableau(r, now)
			before := b.Inbox(now)
			for _, e := range historyStep(t, b, r, now, before).Seen {
				if replay[e.Key] != e.Before {
					t.Fatalf("seed %d: %s before: %+v, want %+v", seed, e.Key, e.Before, replay[e.Key])
				}
				replay[e.Key] = e.After
			}
			for _, i := range b.Inbox(now) {
				if _, here := now.Places[i.Key]; here == (i.Kind == Gone) || i.Kind == Gone && !now.Complete[i.Before.Site] {
					t.Fatalf("seed %d: %+v", seed, i)
				}
			}
		}
		maps.DeleteFunc(replay, func(_ string, s Seen) bool { return s == Seen{} })
		if diff := cmp.Diff(b.memory.Seen, replay); diff != "" {
			t.Fatalf("seed %d: replayed changes differ: %s", seed, diff)
		}
		for ok := true; ok; _, ok = b.Undo() {
		}
		if diff := cmp.Diff(first, b.memory.Seen); diff != "" || b.Len() != 0 {
			t.Fatalf("seed %d: undo all: %s", seed, diff)
		}
	}
}

// tableau changes one thing.
func tableau(r *rand.Rand, c Census) Census {
	c = Census{maps.Clone(c.Places), maps.Clone(c.Hidden), maps.Clone(c.Complete)}
	key := string(rune('a' + r.IntN(8)))
	site := []string{"s1", "s2"}[int(key[0])%2]
	switch p, here := c.Places[key]; r.IntN(6) {
	case 0:
		delete(c.Places, key)
	case 1:
		if here {
			delete(c.Places, key)
			c.Hidden[key] = true
		}
	case 2:
		c.Complete[site] = !c.Complete[site]
	default:
		if here {
			site = p.Site
		}
		delete(c.Hidden, key)
		c.Places[key] = Place{fmt.Sprint("T", r.IntN(3)), fmt.Sprint("P", r.IntN(2)), "W", site}
	}
	return c
}

func historyStep(t *testing.T, b *Book, r *rand.Rand, now Census, items []Item) (c Change) {
	keys := make([]string, 0, 3)
	for range r.IntN(3) {
		if len(items) > 0 {
			keys = append(keys, items[r.IntN(len(items))].Key)
		}
	}
	switch r.IntN(5) {
	case 0:
		c, _ = b.Undo()
	case 1:
		c, _ = b.Redo()
	case 2:
		c = b.Toggle([]string{"a"}, by("x"))
	default:
		c = b.Review(keys, now, by("x"))
		left := b.Inbox(now)
		for _, k := range keys {
			if slices.ContainsFunc(left, func(i Item) bool { return i.Key == k }) {
				t.Fatalf("%s is still in the inbox after its review", k)
			}
		}
	}
	return c
}

func BenchmarkInbox20000(b *testing.B) {
	now := Census{Places: map[string]Place{}, Complete: map[string]bool{"s": true}}
	for i := range 20000 {
		now.Places[fmt.Sprintf("%08x-0000-4000-8000-000000000000", i*2654435761)] = Place{fmt.Sprint("T", i), "P", "W", "s"}
	}
	bk := New(nil)
	bk.Baseline(Census{Complete: now.Complete}, noon)
	b.ReportAllocs()
	for b.Loop() {
		if len(bk.Inbox(now)) != 20000 {
			b.Fatal("not all are new")
		}
	}
}
