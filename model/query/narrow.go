package query

import (
	"slices"
	"strings"
)

// Narrows reports that every row that meets the query has met another one, which was asked
// before, so that no other row has to be asked: it has the same terms and words, of which
// some go on. One word more does not narrow: what has it may be below a row that had the
// others, and so have been no hit itself.
func (b *Bound) Narrows(before *Bound) bool {
	switch {
	case before == nil, b.known.Graph != before.known.Graph, b.Problem != "", before.Problem != "", b.IsSimilar(), before.IsSimilar():
		return false
	case !slices.Equal(b.Without, before.Without), !slices.EqualFunc(b.terms, before.terms, narrowsTerm):
		return false
	case len(before.Words) == 0 && before.HasTerms():
		return true
	}
	return slices.EqualFunc(b.Words, before.Words, narrowsWord)
}

// narrowsWord reports a word that only texts have that have the other one.
func narrowsWord(w, before string) bool {
	if hasCapital(w) && !hasCapital(before) {
		w = strings.ToLower(w)
	}
	return strings.Contains(w, before)
}

// narrowsTerm likewise. What follows from decisions, from the clock or from dbt's selectors
// may be another thing by now.
func narrowsTerm(t, before term) bool {
	switch {
	case t.field == nil, before.field == nil, t.field.name != before.field.name, t.not != before.not:
		return false
	case t.spec != nil, before.spec != nil, t.field.changes(), t.number.isAge:
		return false
	}
	return t.value == before.value || !t.not && t.field.part && strings.Contains(t.value, before.value)
}

// Changes reports that what meets the query follows from decisions as well, or from health.
func (q Query) Changes() bool {
	return slices.ContainsFunc(q.terms, func(t term) bool { return t.field != nil && t.field.changes() })
}
