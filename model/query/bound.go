package query

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model/columns"
	"darkroom/model/lineage"
	"darkroom/model/selector"
)

// Bound is a query against a graph and the decisions as they are now.
type Bound struct {
	Query
	known   *Known
	found   []lineage.Selection // per term
	chooses bool                // there are selectors that choose, next to each other
	capital []string            // words that are looked for as they are written
	nothing []int               // terms that are selectors which select nothing
	// Similar takes names that are like the words instead of those that have them.
	similar func(name, word string) bool
}

// Bind looks up what the terms need to know once. The problem is why a selector cannot be
// asked, or that it selects nothing.
func (q Query) Bind(k Known) (b *Bound, problem string) {
	q.terms = slices.Clone(q.terms)
	b = &Bound{Query: q, known: &k, found: make([]lineage.Selection, len(q.terms))}
	for _, w := range slices.Concat(q.Words, q.Without) {
		if hasCapital(w) {
			b.capital = append(b.capital, w)
		}
	}
	for i := range b.terms {
		t := &b.terms[i]
		t.number.at(k.Now)
		t.settle(k.Nodes)
		if why := k.lacks(t); why != "" {
			b.Problem = why
			return b, why
		}
		if t.isAbout("column") {
			t.users = columns.Of(k.Graph).Named(t.value)
		}
		b.chooses = b.chooses || t.chooses()
		switch {
		case t.spec == nil:
			continue
		case k.Nodes == nil:
			b.found[i] = k.Graph.Selected(selector.Nothing())
			continue
		}
		found, err := k.Nodes.Find(t.spec)
		if err != nil {
			problem, found = err.Error(), selector.Nothing()
		} else if found.Empty() && t.field == nil && !b.ownSelects(t) {
			b.nothing = append(b.nothing, i)
		}
		b.found[i] = k.Graph.Selected(found)
	}
	if notes := b.notes(); problem == "" && len(notes) > 0 {
		problem = notes[0]
	}
	return b, problem
}

// notes say which selectors select nothing, and what is near them.
func (b *Bound) notes() (notes []string) {
	for _, i := range b.nothing {
		text := b.terms[i].text
		notes = append(notes, fmt.Sprintf("%q selects nothing%s", text, b.known.Nodes.Near(text)))
	}
	return notes
}

// ownSelects reports a selector that means a dashboard by its own tags or place.
func (b *Bound) ownSelects(t *term) bool {
	return slices.ContainsFunc(b.known.Graph.Dashboards(), func(d *lineage.Dashboard) bool { return t.ownMeets(b, d) })
}

// settle decides whose a state is that dbt and darkroom both have, state:new: dbt's where
// there is an earlier run to compare with.
func (t *term) settle(nodes *selector.Universe) {
	switch {
	case t.spec == nil || t.field == nil || t.field.name != "state":
	case nodes != nil && nodes.State.Before != nil:
		t.field = nil
	default:
		t.spec = nil
	}
}

// chooses reports a selector of dbt that takes in: of several one is enough. What is a
// field of dashboards and not dbt's, and what has a minus, narrows.
func (t *term) chooses() bool { return t.spec != nil && !t.not }

// Meets reports whether a node meets the terms. With reads, a dashboard also
// meets what a resource that it reads itself meets.
func (b *Bound) Meets(id lineage.ID, reads bool) bool {
	if b.Problem != "" {
		return false
	}
	chosen := !b.chooses
	for i := range b.terms {
		switch t := &b.terms[i]; {
		case t.chooses():
			chosen = chosen || b.meets(id, i, reads)
		case t.not && b.known.Graph.Node(id).Resource != nil && t.isDashboards():
			return false // a resource has no owner, neither this nor another
		case b.meets(id, i, reads || t.not) == t.not:
			return false
		}
	}
	return chosen
}

// isDashboards reports a term that only dashboards can meet or not meet.
func (t *term) isDashboards() bool { return t.field != nil && t.field.resource == nil }

// meets reports whether a node meets one term, whatever its sign.
func (b *Bound) meets(id lineage.ID, at int, reads bool) bool {
	n := b.known.Graph.Node(id)
	return b.meetsItself(id, at) || n.Dashboard != nil && reads && b.readMeets(id, at)
}

func (b *Bound) meetsItself(id lineage.ID, at int) bool {
	t, n := &b.terms[at], b.known.Graph.Node(id)
	switch {
	case t.spec != nil && b.found[at].Has(id):
		return true
	case n.Resource != nil:
		return t.field != nil && t.field.resource != nil && t.field.resource(b, id, n.Resource, t)
	case t.field != nil:
		return t.field.dashboard(b, n.Dashboard, t)
	}
	return t.ownMeets(b, n.Dashboard)
}

// ownMeets reports a dashboard that has all parts of a selector itself.
func (t *term) ownMeets(b *Bound, d *lineage.Dashboard) bool {
	return len(t.shared) > 0 && !slices.ContainsFunc(t.shared, func(part term) bool { return !part.field.dashboard(b, d, &part) })
}

// readMeets reports whether a resource that a dashboard reads itself meets a term.
func (b *Bound) readMeets(dashboard lineage.ID, at int) bool {
	t := &b.terms[at]
	if t.field != nil && (t.field.resource == nil || t.field.own || t.field.name == "kind" && t.value == dashboardKind) {
		return false
	}
	return slices.ContainsFunc(b.known.Graph.Upstream(dashboard), func(id lineage.ID) bool {
		return b.known.Graph.Node(id).Resource != nil && b.meetsItself(id, at)
	})
}

// Bars reports a dashboard that what is excluded keeps out, wherever it is: by its title
// and by what it has and reads. What is shown below a row that is met has to pass it.
func (b *Bound) Bars(id lineage.ID) bool {
	d := b.known.Graph.Node(id).Dashboard
	if d == nil {
		return false
	}
	for i := range b.terms {
		if b.terms[i].not && b.meets(id, i, true) {
			return true
		}
	}
	return len(b.Without) > 0 && (b.Unwanted(strings.ToLower(d.Title()), d.Title()) || b.Unwanted(b.Reads(id)))
}

// Excludes reports that something is excluded.
func (b *Bound) Excludes() bool {
	return len(b.Without) > 0 || slices.ContainsFunc(b.terms, func(t term) bool { return t.not })
}

// OnlyExcludes reports that nothing is asked for, and something is excluded.
func (b *Bound) OnlyExcludes() bool {
	return len(b.Words) == 0 && b.Excludes() && !slices.ContainsFunc(b.terms, func(t term) bool { return !t.not })
}

// Reads are the names of what a dashboard reads, in lower case and as they are.
func (b *Bound) Reads(id lineage.ID) (lower, text string) {
	r := b.known.reads()
	return r.lower[id], r.text[id]
}

// Found returns which words are in a text, as bits. At most 64 words count. A word with a
// capital letter is looked for in the text as it is.
func (b *Bound) Found(lower, text string) uint64 {
	var bits uint64
	for i, w := range b.Words {
		if i < 64 && b.isIn(w, lower, text) {
			bits |= 1 << i
		}
	}
	return bits
}

func (b *Bound) isIn(w, lower, text string) bool {
	switch {
	case b.similar != nil:
		return b.similar(text, w)
	case b.capital != nil && slices.Contains(b.capital, w):
		return strings.Contains(text, w)
	}
	return strings.Contains(lower, w)
}

// Unwanted reports a text with a word that must not be there.
func (b *Bound) Unwanted(lower, text string) bool {
	return slices.ContainsFunc(b.Without, func(w string) bool { return strings.Contains(lower, w) || hasCapital(w) && strings.Contains(text, w) })
}

// AllWords is what Found returns when every word is there.
func (b *Bound) AllWords() uint64 { return 1<<min(len(b.Words), 63) - 1 }

// Similar is the query with names that are like the words; nil where it has no words, or
// cannot be read.
func (b *Bound) Similar(isLike func(name, word string) bool) *Bound {
	if len(b.Words) == 0 || b.Problem != "" {
		return nil
	}
	like := *b
	like.similar = isLike
	return &like
}

// IsSimilar reports that names count that are only like the words.
func (b *Bound) IsSimilar() bool { return b.similar != nil }
