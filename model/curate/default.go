package curate

import "fmt"

// Default is what a rule says about a dashboard for as long as there is no decision.
// It is derived on every start and never kept as a decision.
type Default struct {
	Decision Decision
	Rule     int // its place in darkroom.yml, from 1; 0 for the built-in rules
	Why      string
}

// String is "rule 2: scratch work"; a built-in rule is only its reason.
func (d Default) String() string {
	switch {
	case d.Rule == 0:
		return d.Why
	case d.Why == "":
		return fmt.Sprintf("rule %d", d.Rule)
	}
	return fmt.Sprintf("rule %d: %s", d.Rule, d.Why)
}

// SetDefaults says what rules decide, by the key of the dashboard. It is not a step:
// there is nothing to undo or to keep.
func (b *Book) SetDefaults(defaults map[string]Default) {
	b.defaults = defaults
	b.version++
}

// Effective is the decision that holds for a dashboard: its own, otherwise the one
// of the first rule that fits. Every list, count and export asks this.
func (b *Book) Effective(key string) Decision {
	if r, ok := b.records[key]; ok {
		return r.Decision
	}
	return b.defaults[key].Decision
}

// Default is what the rules say about a dashboard, regardless of decisions.
func (b *Book) Default(key string) (Default, bool) {
	d, ok := b.defaults[key]
	return d, ok
}

// RuledBy is the rule that decides about a dashboard, if one does: where there is
// a decision, none does.
func (b *Book) RuledBy(key string) (Default, bool) {
	if _, person := b.records[key]; person {
		return Default{}, false
	}
	d, ok := b.defaults[key]
	return d, ok
}

// overrule makes the record of decision d. What a rule says already needs no
// record, unless m gives a reason of its own.
func (b *Book) overrule(key string, r Record, d Decision, m Meta) Record {
	switch {
	case m.Why == "" && b.Effective(key) == d:
		return r
	case m.Why == "" && r.Decision == Undecided && r.Why == "" && b.defaults[key].Decision == d:
		return Record{} // it was held open against this rule
	}
	return decide(key, r, d, m)
}

// release takes decision d back. Where forgetting it would leave a rule that says
// the same, the dashboard is held open against the rule.
func (b *Book) release(key string, d Decision, m Meta) Record {
	if b.defaults[key].Decision != d {
		return Record{}
	}
	open := Record{At: wholeSecond(m.At), By: m.By}
	m.describe(&open, key)
	return open
}
