package curate

import (
	"iter"
	"maps"
	"slices"
)

// Book holds the records of all dashboards, including those that Tableau
// no longer has, and the steps that led there. It is not safe for concurrent use;
// give a goroutine a [Book.Clone].
type Book struct {
	records  map[string]Record
	defaults map[string]Default // by rules; never written to
	memory   Memory             // what was there at the last review
	// remembered is the version of the memory.
	remembered uint64
	version    uint64
	undo       []step
	redo       []step
}

// New makes a book that starts with the given records. Zero records are left
// out: they say nothing.
func New(records map[string]Record) *Book {
	b := &Book{records: make(map[string]Record, len(records))}
	for key, r := range records {
		b.put(key, r.normal())
	}
	return b
}

// Clone copies the records, the memory and the version, not the steps.
func (b *Book) Clone() *Book {
	return &Book{
		records: maps.Clone(b.records), defaults: b.defaults, version: b.version,
		memory: Memory{maps.Clone(b.memory.Seen), maps.Clone(b.memory.Sites)}, remembered: b.remembered,
	}
}

// Version grows with every change, so that a caller can keep what it derived
// (the tally of each subtree) for as long as the number stays.
func (b *Book) Version() uint64 { return b.version }

// Len is the number of records.
func (b *Book) Len() int { return len(b.records) }

// Get is the decision made about a dashboard, zero without one; what holds is
// [Book.Effective].
func (b *Book) Get(key string) Record { return b.records[key] }

// Records goes through the records in any order.
func (b *Book) Records() iter.Seq2[string, Record] { return maps.All(b.records) }

// All goes through the records in the order of their keys.
func (b *Book) All() iter.Seq2[string, Record] {
	return func(yield func(string, Record) bool) {
		for _, key := range slices.Sorted(maps.Keys(b.records)) {
			if !yield(key, b.records[key]) {
				return
			}
		}
	}
}

// State is what a checkbox above these dashboards shows, and the counts. The
// keys of a tree's leaves may repeat; a repeated key counts as often as it is
// given, so give each once where the numbers are shown.
func (b *Book) State(keys []string) (State, Tally) {
	var t Tally
	for _, key := range keys {
		b.Count(&t, key)
	}
	return t.State(), t
}

// Count adds what holds for a dashboard to a tally.
func (b *Book) Count(t *Tally, key string) { t.add(b.Effective(key), b.ByHand(key)) }

// ByHand reports a dashboard that you decided about, if only by holding it open against
// a rule.
func (b *Book) ByHand(key string) bool {
	_, own := b.records[key]
	return own
}

// Set decides about all keys as one step. A key for which the decision holds
// already is left alone, unless m.Why gives it another reason; a new decision
// drops the reason of the old one. Undecided without a reason removes the record:
// ticking and unticking leaves no trace, and what a rule says holds again.
func (b *Book) Set(keys []string, d Decision, m Meta) Change {
	return b.apply(verb(d), keys, func(key string, r Record) Record {
		if d == Undecided {
			return decide(key, r, d, m)
		}
		return b.overrule(key, r, d, m)
	})
}

// Toggle is the space key on a leaf (one key) or a parent: when all are included
// that is taken back, else all become included.
func (b *Book) Toggle(keys []string, m Meta) Change {
	return b.toggle(keys, Included, AllIncluded, m)
}

// Exclude is the x key: when all are excluded already that is taken back, else all
// become excluded.
func (b *Book) Exclude(keys []string, m Meta) Change {
	return b.toggle(keys, Excluded, AllExcluded, m)
}

func (b *Book) toggle(keys []string, d Decision, all State, m Meta) Change {
	if state, _ := b.State(keys); state != all {
		return b.Set(keys, d, m)
	}
	return b.apply(verb(Undecided), keys, func(key string, _ Record) Record { return b.release(key, d, m) })
}

// Invert swaps included and undecided. Excluded stays: it was decided on
// purpose, and inverting must not bring it back.
func (b *Book) Invert(keys []string, m Meta) Change {
	return b.apply("inverted", keys, func(key string, r Record) Record {
		switch b.Effective(key) {
		case Included:
			return b.release(key, Included, m)
		case Undecided:
			return b.overrule(key, r, Included, m)
		}
		return r
	})
}

// SetWhy gives a reason, or takes it away with an empty one. When and by whom
// stay those of the decision; m serves for a dashboard that has no record yet,
// where a reason turns what a rule says into a decision.
func (b *Book) SetWhy(keys []string, why string, m Meta) Change {
	what := "gave a reason for"
	if why == "" {
		what = "removed the reason of"
	}
	return b.apply(what, keys, func(key string, r Record) Record {
		switch {
		case r.Why == why:
			return r
		case why == "" && r.Decision == Undecided && b.defaults[key].Decision == Undecided:
			return Record{}
		case r == (Record{}):
			r.Decision = b.defaults[key].Decision
			r.At, r.By = wholeSecond(m.At), m.By
			m.describe(&r, key)
		}
		r.Why = why
		return r
	})
}

// verb starts the label of a step that sets d.
func verb(d Decision) string {
	switch d {
	case Included:
		return "included"
	case Excluded:
		return "excluded"
	}
	return "cleared"
}

func decide(key string, r Record, d Decision, m Meta) Record {
	if r.Decision == d && (m.Why == "" || m.Why == r.Why) {
		return r
	}
	if d == Undecided && m.Why == "" {
		return Record{}
	}
	r.Decision, r.At, r.By, r.Why = d, wholeSecond(m.At), m.By, m.Why
	m.describe(&r, key)
	return r
}
