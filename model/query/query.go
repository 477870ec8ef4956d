// Package query reads the filter line and says which resources and dashboards
// meet it. What a view makes of that, which rows it shows and opens, is its own
// concern.
package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/selector"
)

// Query is a parsed filter: words that have to be in the path of a row, and terms
// that a resource or dashboard itself has to meet.
type Query struct {
	Text  string   // as typed
	Words []string // lower case
	terms []term
}

// term is one `field:value`, or one dbt selector, whose field is "+". Of a field that
// dbt has too it is both.
type term struct {
	field, value string
	spec         selector.Spec
}

// Empty reports a query that lets everything through.
func (q Query) Empty() bool { return len(q.Words) == 0 && len(q.terms) == 0 }

// Parse reads a filter line. A term that is not understood is left out and
// reported as problem.
func Parse(s string) (q Query, problem string) {
	q.Text = s
	for _, word := range splitWords(s) {
		field, value, isTerm := strings.Cut(word, ":")
		switch {
		case isTerm && value == "" && (isField(field) || isSelector(word)):
			continue // still being typed
		case isSelector(word):
			spec, err := selector.Read(word, "")
			if err != nil {
				problem = err.Error()
				continue
			}
			q.terms = append(q.terms, term{"+", word, spec})
		case isTerm && isField(field):
			t := term{field: field, value: strings.ToLower(value)}
			if isShared(field) {
				t.spec, _ = selector.Read(word, "") // as dbt reads it, besides
			}
			if wrong := wrongValue(field, t.value); wrong != "" {
				problem = wrong
				continue
			}
			q.terms = append(q.terms, t)
		case isTerm:
			problem = "no field " + field + ": (there are " + fieldNames + " and the methods of dbt's selectors)"
			q.Words = append(q.Words, strings.ToLower(word))
		default:
			q.Words = append(q.Words, strings.ToLower(word))
		}
	}
	return q, problem
}

// splitWords splits at spaces outside of double quotes; a quote that is
// still open reaches to the end.
func splitWords(s string) (words []string) {
	word, quoted, begun := "", false, false
	for _, r := range s + " " {
		switch {
		case r == '"':
			quoted, begun = !quoted, true
		case unicode.IsSpace(r) && !quoted:
			if begun {
				words = append(words, word)
			}
			word, begun = "", false
		default:
			word, begun = word+string(r), true
		}
	}
	if quoted {
		words = append(words, strings.TrimSuffix(word, " "))
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// Bound is a query against a graph and the decisions as they are now.
type Bound struct {
	Query
	graph *lineage.Graph
	book  *curate.Book
	found []lineage.Selection // per term
}

// NeedsNodes reports that there are selectors, which need all nodes of the manifests.
func (q Query) NeedsNodes() bool {
	return slices.ContainsFunc(q.terms, func(t term) bool { return t.spec != nil })
}

// Bind looks up what the terms need to know once. Nodes are what selectors choose
// from; while they are nil, no selector chooses anything. The problem is why one
// cannot be asked, or that it selects nothing.
func (q Query) Bind(g *lineage.Graph, book *curate.Book, nodes *selector.Universe) (b *Bound, problem string) {
	b = &Bound{Query: q, graph: g, book: book, found: make([]lineage.Selection, len(q.terms))}
	for i, t := range q.terms {
		switch {
		case t.spec == nil:
			continue
		case nodes == nil:
			b.found[i] = g.Selected(selector.Nothing())
			continue
		}
		found, err := nodes.Find(t.spec)
		if err != nil {
			problem, found = err.Error(), selector.Nothing()
		} else if found.Empty() && t.field == "+" {
			problem = fmt.Sprintf("%q selects nothing%s", t.value, nodes.Near(t.value))
		}
		b.found[i] = g.Selected(found)
	}
	return b, problem
}

// HasTerms reports whether there are terms, which only a resource or a dashboard
// can meet.
func (b *Bound) HasTerms() bool { return len(b.terms) > 0 }

// Meets reports whether a node meets every term. With reads, a dashboard also
// meets what a resource that it reads itself meets.
func (b *Bound) Meets(id lineage.ID, reads bool) bool {
	n := b.graph.Node(id)
	for i, t := range b.terms {
		switch {
		case t.spec != nil && b.found[i].Has(id):
		case t.field == "+":
			return false
		case n.Resource != nil:
			if !resourceMeets(n.Resource, t) {
				return false
			}
		case !b.dashboardMeets(n.Dashboard, t) && !(reads && b.readMeets(id, i)):
			return false
		}
	}
	return true
}

// readMeets reports whether a resource that a dashboard reads itself meets a term.
func (b *Bound) readMeets(dashboard lineage.ID, at int) bool {
	t := b.terms[at]
	if t.field == "kind" && t.value == dashboardKind {
		return false
	}
	return slices.ContainsFunc(b.graph.Upstream(dashboard), func(id lineage.ID) bool {
		r := b.graph.Node(id).Resource
		return r != nil && (t.spec != nil && b.found[at].Has(id) || resourceMeets(r, t))
	})
}

func (b *Bound) dashboardMeets(d *lineage.Dashboard, t term) bool {
	switch t.field {
	case "kind":
		return strings.HasPrefix(dashboardKind, t.value)
	case "state":
		word := b.book.Effective(d.Key).String()
		return strings.HasPrefix(word, t.value) || strings.HasPrefix(t.value, word) // include, included
	case "link":
		return strings.HasPrefix(d.Status.String(), t.value)
	case "owner":
		o := d.Owner()
		return strings.Contains(strings.ToLower(o.Name+" "+o.Username+" "+o.Email), t.value)
	case "tag":
		return hasTag(d.Tags(), t.value)
	case "collection":
		return slices.ContainsFunc(d.Collections, func(name string) bool { return strings.Contains(strings.ToLower(name), t.value) })
	case "views":
		fits, _ := curate.FitsViews(t.value, d.Dashboard.Views)
		return fits
	case "hidden":
		return strings.HasPrefix(strconv.FormatBool(d.Dashboard.Hidden), t.value)
	case "path":
		return strings.Contains(strings.ToLower(strings.Join(d.ContainerPath, "/")), t.value)
	}
	return false
}

func resourceMeets(r *model.Resource, t term) bool {
	switch t.field {
	case "kind":
		return strings.HasPrefix(r.Kind.String(), t.value) || strings.HasPrefix(strings.ToLower(r.Materialized), t.value)
	case "tag":
		return hasTag(r.Tags, t.value)
	case "path":
		return strings.Contains(strings.ToLower(r.Path), t.value)
	}
	return false
}

func hasTag(tags []string, want string) bool {
	for _, t := range tags {
		if strings.EqualFold(t, want) {
			return true
		}
	}
	return false
}

// Found returns which words are in a text of lower case, as bits. At most 64
// words count.
func (b *Bound) Found(s string) uint64 {
	var bits uint64
	for i, w := range b.Words {
		if i < 64 && strings.Contains(s, w) {
			bits |= 1 << i
		}
	}
	return bits
}

// AllWords is what Found returns when every word is there.
func (b *Bound) AllWords() uint64 { return 1<<min(len(b.Words), 63) - 1 }
