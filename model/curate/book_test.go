package curate

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func by(who string) Meta { return Meta{At: noon, By: who} }

// book reads "a+ b- c" : a included, b excluded, c without a record.
func book(text string) (*Book, []string) {
	records, keys := map[string]Record{}, []string{}
	for _, word := range strings.Fields(text) {
		key := strings.TrimRight(word, "+-")
		keys = append(keys, key)
		switch word[len(word)-1] {
		case '+':
			records[key] = Record{Decision: Included, At: noon, By: "first"}
		case '-':
			records[key] = Record{Decision: Excluded, At: noon, By: "first", Why: "old"}
		}
	}
	return New(records), keys
}

// draw is the inverse of book.
func draw(b *Book, keys []string) string {
	words := make([]string, len(keys))
	for i, key := range keys {
		words[i] = key + map[Decision]string{Included: "+", Excluded: "-"}[b.Get(key).Decision]
	}
	return strings.Join(words, " ")
}

func TestSteps(t *testing.T) {
	set := func(d Decision) func(*Book, []string) Change {
		return func(b *Book, k []string) Change { return b.Set(k, d, by("x")) }
	}
	toggle := func(b *Book, k []string) Change { return b.Toggle(k, by("x")) }
	exclude := func(b *Book, k []string) Change { return b.Exclude(k, by("x")) }
	invert := func(b *Book, k []string) Change { return b.Invert(k, by("x")) }
	for _, c := range []struct {
		name, from string
		step       func(*Book, []string) Change
		want       string
		label      string
	}{
		{"space on an undecided leaf", "a", toggle, "a+", "included 1 dashboard"},
		{"space on an included leaf", "a+", toggle, "a", "cleared 1 dashboard"},
		{"space on an excluded leaf", "a-", toggle, "a+", "included 1 dashboard"},
		{"space on a parent with a mix", "a+ b- c", toggle, "a+ b+ c+", "included 2 dashboards"},
		{"space on a full parent", "a+ b+", toggle, "a b", "cleared 2 dashboards"},
		{"space on nothing", "", toggle, "", ""},
		{"x on an undecided leaf", "a", exclude, "a-", "excluded 1 dashboard"},
		{"x on an excluded leaf", "a-", exclude, "a", "cleared 1 dashboard"},
		{"x on a mix", "a+ b- c", exclude, "a- b- c-", "excluded 2 dashboards"},
		{"invert keeps what was refused", "a+ b- c", invert, "a b- c+", "inverted 2 dashboards"},
		{"the same dashboard below several models", "a a a", invert, "a+ a+ a+", "inverted 1 dashboard"},
		{"none", "a+ b- c", set(Undecided), "a b c", "cleared 2 dashboards"},
		{"without a change there is nothing to undo", "a+ b+", set(Included), "a+ b+", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, keys := book(c.from)
			got := c.step(b, keys)
			if have := draw(b, keys); have != c.want || got.Label != c.label {
				t.Errorf("%q: %q %q, want %q %q", c.from, have, got.Label, c.want, c.label)
			}
			if steps := len(b.undo); (steps > 0) == got.Empty() || got.Empty() != (b.Version() == 0) {
				t.Errorf("%d steps to undo, version %d, change empty %v", steps, b.Version(), got.Empty())
			}
		})
	}
}

func TestState(t *testing.T) {
	for text, want := range map[string]struct {
		state State
		tally Tally
	}{
		"":          {AllUndecided, Tally{}},
		"a b":       {AllUndecided, Tally{0, 0, 2, 0}},
		"a+ b+":     {AllIncluded, Tally{2, 0, 0, 2}},
		"a- b-":     {AllExcluded, Tally{0, 2, 0, 2}},
		"a+ b":      {Mixed, Tally{1, 0, 1, 1}},
		"a- b":      {Mixed, Tally{0, 1, 1, 1}},
		"a+ b- c d": {Mixed, Tally{1, 1, 2, 2}},
	} {
		b, keys := book(text)
		if state, tally := b.State(keys); state != want.state || tally != want.tally {
			t.Errorf("%q: %v %v, want %v", text, state, tally, want)
		}
	}
}

// Rules alone never make a mix; one decision beside them does, and so does a dashboard
// that is held open against them.
func TestAMixIsBegunByHand(t *testing.T) {
	b, keys := book("a b c")
	b.SetDefaults(map[string]Default{"a": {Decision: Included, Rule: 1}, "b": {Decision: Excluded, Rule: 2}})
	if state, tally := b.State(keys); state != AllUndecided || tally != (Tally{1, 1, 1, 0}) {
		t.Errorf("of rules alone: %v %+v", state, tally)
	}
	if state, _ := b.State(keys[:1]); state != AllIncluded {
		t.Errorf("all by one rule: %v", state)
	}
	b.Toggle(keys[:1], Meta{By: "ana"}) // held open
	if state, tally := b.State(keys); state != Mixed || tally != (Tally{0, 1, 2, 1}) {
		t.Errorf("held open: %v %+v", state, tally)
	}
	b.Undo()
	b.Set(keys[2:], Excluded, Meta{})
	if state, _ := b.State(keys); state != Mixed {
		t.Errorf("one by hand: %v", state)
	}
}

func TestRecord(t *testing.T) {
	about := func(key string) (string, string) { return "Title " + key, "host/acme" }
	late := noon.Add(90*time.Minute + 7*time.Millisecond).In(time.FixedZone("", 3600))
	b := New(map[string]Record{"nothing": {}, "gone": {Decision: Included, Title: "No longer there"}})

	c := b.Set([]string{"a"}, Excluded, Meta{At: late, By: "x", Why: "draft", About: about})
	want := Record{Excluded, noon.Add(90 * time.Minute), "x", "draft", "Title a", "host/acme"}
	if diff := cmp.Diff(Change{Label: "excluded 1 dashboard", Version: 1, Edits: []Edit{{"a", Record{}, want}}}, c); diff != "" {
		t.Error(diff)
	}
	if !b.Set([]string{"a"}, Excluded, by("other")).Empty() {
		t.Error("the same decision without a new reason can be undone")
	}
	b.SetWhy([]string{"a"}, "twin of b", by("other"))
	want.Why = "twin of b"
	if b.Get("a") != want {
		t.Errorf("a reason changes only the reason: %+v", b.Get("a"))
	}
	b.Set([]string{"a"}, Included, by("y"))
	want.Decision, want.At, want.By, want.Why = Included, noon, "y", ""
	if b.Get("a") != want {
		t.Errorf("a new decision drops the old reason and keeps the title: %+v", b.Get("a"))
	}
	b.SetWhy([]string{"n"}, "ask first", Meta{At: noon, By: "x", About: about})
	if got := b.Get("n"); got != (Record{Undecided, noon, "x", "ask first", "Title n", "host/acme"}) {
		t.Errorf("a reason for an undecided one is a record: %+v", got)
	}
	b.SetWhy([]string{"n"}, "", by("x"))
	var keys []string
	for key := range b.All() {
		keys = append(keys, key)
	}
	if diff := cmp.Diff([]string{"a", "gone"}, keys); diff != "" {
		t.Error(diff)
	}
}

func TestNewStepForgetsRedo(t *testing.T) {
	b, keys := book("a b")
	b.Toggle(keys[:1], by("x"))
	if c, ok := b.Undo(); !ok || c.Label != "undo: included 1 dashboard" {
		t.Errorf("undo: %v %v", c, ok)
	}
	b.Toggle(keys[1:], by("x"))
	if _, ok := b.Redo(); ok {
		t.Error("a new step must clear redo")
	}
	if c, ok := b.Undo(); !ok || draw(b, keys) != "a b" || c.Version != b.Version() {
		t.Errorf("undo: %v %v", c, ok)
	}
}

// TestUndoAll walks at random, then checks that undoing everything gives the
// first records, redoing everything the last ones, and that the changes alone
// rebuild the book at any time.
func TestUndoAll(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		b, keys := book("a+ b- c d+ e- f g+ h-")
		first := maps.Clone(b.records)
		replay := maps.Clone(b.records)
		for range 60 {
			for _, e := range randomStep(b, r, keys).Edits {
				if replay[e.Key] != e.Before {
					t.Fatalf("seed %d: %s before: %+v, want %+v", seed, e.Key, e.Before, replay[e.Key])
				}
				replay[e.Key] = e.After
			}
		}
		maps.DeleteFunc(replay, func(_ string, r Record) bool { return r == Record{} })
		last := maps.Clone(b.records)
		if diff := cmp.Diff(last, replay); diff != "" {
			t.Fatalf("seed %d: replayed changes differ: %s", seed, diff)
		}
		redoable := len(b.redo)
		for range redoable { // so that last is the newest state
			b.Redo()
		}
		last = maps.Clone(b.records)
		for ok := true; ok; _, ok = b.Undo() {
		}
		if diff := cmp.Diff(first, b.records); diff != "" {
			t.Fatalf("seed %d: undo all: %s", seed, diff)
		}
		for ok := true; ok; _, ok = b.Redo() {
		}
		if diff := cmp.Diff(last, b.records); diff != "" {
			t.Fatalf("seed %d: redo all: %s", seed, diff)
		}
	}
}

func randomStep(b *Book, r *rand.Rand, keys []string) Change {
	some := make([]string, r.IntN(5))
	for i := range some {
		some[i] = keys[r.IntN(len(keys))]
	}
	m := Meta{At: noon.Add(time.Duration(r.IntN(1e6)) * time.Millisecond), By: fmt.Sprint("p", r.IntN(3)), Why: []string{"", "", "w"}[r.IntN(3)]}
	var c Change
	switch r.IntN(7) {
	case 0:
		c = b.Toggle(some, m)
	case 1:
		c = b.Exclude(some, m)
	case 2:
		c = b.Invert(some, m)
	case 3:
		c = b.SetWhy(some, m.Why, m)
	case 4:
		c = b.Set(some, Decision(r.IntN(3)), m)
	case 5:
		c, _ = b.Undo()
	case 6:
		c, _ = b.Redo()
	}
	return c
}

func TestCloneIsApart(t *testing.T) {
	b, keys := book("a")
	b.Toggle(keys, by("x"))
	c := b.Clone()
	b.Undo()
	if draw(c, keys) != "a+" || c.Version() != 1 || c.Len() != 1 || b.Len() != 0 {
		t.Errorf("clone %q version %d", draw(c, keys), c.Version())
	}
}

func TestDecisionWords(t *testing.T) {
	for d := Undecided; d <= Excluded; d++ {
		if got, ok := ParseDecision(d.String()); !ok || got != d {
			t.Errorf("%v: %v %v", d, got, ok)
		}
	}
	if _, ok := ParseDecision("Include"); ok || Decision(9).String() != "undecided" {
		t.Error("unknown words and numbers")
	}
}

func BenchmarkState20000(b *testing.B) {
	bk, keys := New(nil), make([]string, 20000)
	for i := range keys {
		keys[i] = fmt.Sprintf("%08x-0000-4000-8000-000000000000", i*2654435761)
	}
	bk.Set(keys[:10000], Included, by("x"))
	b.ReportAllocs()
	for b.Loop() {
		bk.State(keys)
	}
}

func BenchmarkToggle20000(b *testing.B) {
	keys := make([]string, 20000)
	for i := range keys {
		keys[i] = fmt.Sprintf("%08x-0000-4000-8000-000000000000", i*2654435761)
	}
	b.ReportAllocs()
	for b.Loop() {
		New(nil).Toggle(keys, by("x"))
	}
}
