// Package query is the language of filters: words, fields of dashboards and dbt's
// selectors in one line. The explorer's filter and --select read it, and both ask the same
// table of fields (fields.go). Its rules are in model/selector/SELECTORS.md#fields.
//
// Not here: what a view makes of a filter, which rows it shows and opens (ui/explorer),
// and dbt's selectors themselves (model/selector).
package query

import (
	"slices"
	"strings"
	"unicode"

	"darkroom/model/lineage"
	"darkroom/model/selector"
)

// Query is a parsed filter: words that have to be in the path of a row, and terms
// that a resource or dashboard itself has to meet. One with a problem lets nothing through.
type Query struct {
	Text    string   // as typed
	Words   []string // in lower case, but for those with a capital letter
	Without []string // words that must not be there
	// Problem says what is wrong with the text; empty when it can be read.
	Problem string
	// Unfinished says what is missing where something is still being typed. Until then it
	// asks for nothing; a filter that is kept so has a problem.
	Unfinished string

	terms []term
}

// term is one `field:value`, or one dbt selector, whose field is nil. Of a field that
// dbt has too it is both.
type term struct {
	field  *field
	text   string // as written
	value  string // in lower case
	number span   // of a field with numbers
	not    bool
	spec   selector.Spec
	shared []term              // the parts of an intersection that are fields as well
	users  map[lineage.ID]bool // of a column
}

// Empty reports a query that lets everything through.
func (q Query) Empty() bool {
	return len(q.Words)+len(q.Without)+len(q.terms) == 0 && q.Problem == ""
}

// Kept is a query as it is when typing has ended: what is unfinished is a problem.
func (q Query) Kept() Query {
	if q.Problem == "" {
		q.Problem = q.Unfinished
	}
	return q
}

// Parse reads a filter line.
func Parse(text string) Query { return read(text, false) }

// read reads a text. Where bare words are names, as in --select, they are selectors.
func read(text string, names bool) Query {
	q := Query{Text: text}
	words := splitWords(text)
	for i := 0; i < len(words); i++ {
		w := words[i]
		switch rest, minus := strings.CutPrefix(w.text, "-"); {
		case minus && rest != "" && !w.quoted:
			q.add(word{text: rest}, true, names)
		case w.text == "not" && !w.quoted && i+1 < len(words) && words[i+1].isTerm():
			i++
			q.add(words[i], true, names)
		default:
			q.add(w, false, names)
		}
	}
	return q
}

// add reads one word. The first problem counts.
func (q *Query) add(w word, not, names bool) {
	name, value, hasColon := strings.Cut(w.text, ":")
	f := fieldCalled(name)
	switch {
	case hasColon && value == "" && (f != nil || isSelector(w.text)):
		q.unfinished(name + ": has no value yet")
	case isSelector(w.text), names && f == nil, names && f.isDbts(value):
		q.selector(w.text, not)
	case hasColon && f != nil:
		q.field(f, w.text, value, not)
	case hasColon && !w.quoted:
		q.problem("no field " + name + ":" + near(name) + " (there are " + fieldNames() + " and the methods of dbt's selectors; a text with a colon goes in quotes)")
	case not:
		q.Without = append(q.Without, smartCase(w.text))
	default:
		q.Words = append(q.Words, smartCase(w.text))
	}
}

func (q *Query) problem(what string) {
	if q.Problem == "" {
		q.Problem = what
	}
}

func (q *Query) unfinished(what string) {
	if q.Unfinished == "" {
		q.Unfinished = what
	}
}

func (q *Query) selector(text string, not bool) {
	spec, err := selector.Read(text, "")
	if err != nil {
		said := err.Error()
		if name, _, hasColon := strings.Cut(text, ":"); hasColon && !selector.IsMethod(strings.TrimLeft(name, "@+0123456789")) {
			said += ", and fields of dashboards: " + fieldNames()
			if hint := near(name); hint != "" {
				said += ";" + hint
			}
		}
		q.problem(said)
		return
	}
	t := term{text: text, spec: spec, not: not}
	for part := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(part, ":")
		f := fieldCalled(name)
		if f == nil || !f.dbt {
			t.shared = nil // dashboards have none of the rest
			break
		}
		t.shared = append(t.shared, term{field: f, text: part, value: strings.ToLower(value)})
	}
	q.terms = append(q.terms, t)
}

func (q *Query) field(f *field, text, value string, not bool) {
	t := term{field: f, text: text, value: strings.ToLower(value), not: not}
	wrong, unfinished := f.check(&t)
	switch {
	case wrong != "":
		q.problem(wrong)
		return
	case unfinished != "":
		q.unfinished(unfinished)
		return
	}
	if f.dbt || f.isDbtsState(value) {
		t.spec, _ = selector.Read(text, "") // as dbt reads it, besides
	}
	q.terms = append(q.terms, t)
}

// smartCase is a word as it is looked for: in any case, unless it has a capital letter.
func smartCase(w string) string {
	if hasCapital(w) {
		return w
	}
	return strings.ToLower(w)
}

func hasCapital(w string) bool { return strings.IndexFunc(w, unicode.IsUpper) >= 0 }

// isSelector reports a word that is one of dbt's selectors and not one of the fields:
// it has a plus, an @ or a comma between selectors, or it has a method of dbt that is
// no field.
func isSelector(text string) bool {
	parts := strings.Split(text, ",")
	chooses := false
	for _, part := range parts {
		name, value, named := strings.Cut(strings.TrimLeft(part, "@+0123456789"), ":")
		f, known := fieldCalled(name), named && selector.IsMethod(name)
		switch {
		case named && !known && (f != nil || !selector.HasReach(part)):
			return false
		case selector.HasReach(part), known && (len(parts) > 1 || f == nil || f.isDbtsOnly(value)):
			chooses = true
		}
	}
	return chooses
}

// word is one word of a text; quoted when it begins with a quote.
type word struct {
	text   string
	quoted bool
}

// isTerm reports a field or a selector, as far as its beginning says.
func (w word) isTerm() bool {
	name, _, hasColon := strings.Cut(w.text, ":")
	return hasColon && fieldCalled(name) != nil || isSelector(w.text)
}

// splitWords splits at spaces outside of double quotes; a quote that is
// still open reaches to the end.
func splitWords(s string) (words []word) {
	var b strings.Builder
	begun, first, quoted := false, false, false
	end := func() {
		if b.Len() > 0 {
			words = append(words, word{b.String(), first})
		}
		b.Reset()
		begun = false
	}
	for _, r := range s {
		switch {
		case r == '"':
			if !begun {
				first = true
			}
			quoted, begun = !quoted, true
		case unicode.IsSpace(r) && !quoted:
			end()
		default:
			if !begun {
				first = false
			}
			b.WriteRune(r)
			begun = true
		}
	}
	end()
	return words
}

// NeedsNodes reports that there are selectors, which need all nodes of the manifests.
func (q Query) NeedsNodes() bool {
	return q.Problem == "" && slices.ContainsFunc(q.terms, func(t term) bool { return t.spec != nil })
}

// HasTerms reports whether there are terms, which only a resource or a dashboard
// can meet.
func (q Query) HasTerms() bool { return len(q.terms) > 0 }

// isAbout reports a term of a field.
func (t *term) isAbout(field string) bool { return t.field != nil && t.field.name == field }
