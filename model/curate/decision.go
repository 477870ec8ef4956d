package curate

import (
	"cmp"
	"time"
)

// Decision is what was decided about one dashboard.
type Decision uint8

// The decisions. The zero value means that there is none yet.
const (
	Undecided Decision = iota
	Included
	Excluded
)

var decisionWords = [...]string{"undecided", "include", "exclude"}

// String is the word in files: "undecided", "include", "exclude".
func (d Decision) String() string {
	if int(d) < len(decisionWords) {
		return decisionWords[d]
	}
	return decisionWords[Undecided]
}

// State is the word for people: "undecided", "included", "excluded".
func (d Decision) State() string {
	switch d {
	case Included:
		return "included"
	case Excluded:
		return "excluded"
	}
	return decisionWords[Undecided]
}

// ParseDecision reads the word of [Decision.String].
func ParseDecision(word string) (Decision, bool) {
	for d, w := range decisionWords {
		if w == word {
			return Decision(d), true
		}
	}
	return Undecided, false
}

// Record is a decision with its circumstances. The zero Record means that there
// is none; records are comparable with ==.
type Record struct {
	Decision Decision
	At       time.Time // UTC, whole seconds; zero when unknown
	By, Why  string
	// Title and Site (model.Site.ID) are as they were when the decision was
	// made, so that the file says what it was about, even when the dashboard is
	// gone.
	Title, Site string
}

// normal makes equal moments equal under ==, the way they come back from a file.
func (r Record) normal() Record {
	r.At = wholeSecond(r.At)
	return r
}

func wholeSecond(t time.Time) time.Time {
	if t = t.UTC().Truncate(time.Second); t.IsZero() {
		return time.Time{}
	}
	return t
}

// Meta is what comes with a step: when, by whom and, if given, why.
type Meta struct {
	At      time.Time
	By, Why string
	// About gives title and site of a key, to be kept with the record. Nil, or
	// two empty answers, leave what the record has.
	About func(key string) (title, site string)
}

func (m Meta) describe(r *Record, key string) {
	if m.About == nil {
		return
	}
	title, site := m.About(key)
	if title != "" {
		r.Title = title
	}
	if site != "" {
		r.Site = site
	}
}

// State is what a checkbox shows for a set of dashboards.
type State uint8

// The states. AllUndecided is also the state of nothing at all.
const (
	AllUndecided State = iota
	AllIncluded
	AllExcluded
	Mixed
)

// Tally counts decisions.
type Tally struct {
	Included, Excluded, Undecided int
	ByHand                        int // of all: those that no rule decides, but you
}

// Add counts a decision that was made by hand.
func (t *Tally) Add(d Decision) { t.add(d, d != Undecided) }

func (t *Tally) add(d Decision, byHand bool) {
	switch d {
	case Included:
		t.Included++
	case Excluded:
		t.Excluded++
	default:
		t.Undecided++
	}
	if byHand {
		t.ByHand++
	}
}

// Total is the number of dashboards counted.
func (t Tally) Total() int { return t.Included + t.Excluded + t.Undecided }

// State folds the counts into what a checkbox shows. Rules alone never make a mix: where
// they decide about a part, nothing was begun there.
func (t Tally) State() State {
	switch t.Total() {
	case t.Undecided:
		return AllUndecided
	case t.Included:
		return AllIncluded
	case t.Excluded:
		return AllExcluded
	}
	if t.ByHand == 0 {
		return AllUndecided
	}
	return Mixed
}

// CompareStates orders states: all included, a mix, undecided, all excluded.
func CompareStates(a, b State) int {
	rank := [...]int{AllIncluded: 0, Mixed: 1, AllUndecided: 2, AllExcluded: 3}
	return cmp.Compare(rank[a], rank[b])
}
