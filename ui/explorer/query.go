package explorer

import (
	"slices"
	"strings"
	"unicode"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/tree"
)

// query is a parsed filter: words that have to stand in the path of an item, and
// terms that a resource or dashboard itself has to meet.
type query struct {
	text  string
	words []string // lower case
	terms []term
}

// term is one `field:value` or one dbt selector with a plus.
type term struct{ field, value string }

func (q query) empty() bool { return len(q.words) == 0 && len(q.terms) == 0 }

// parseQuery reads a filter line. A term that is not understood is left out and
// reported.
func parseQuery(s string) (query, string) {
	q := query{text: s}
	problem := ""
	for _, word := range queryWords(s) {
		field, value, isTerm := strings.Cut(word, ":")
		switch {
		case lineage.IsSelector(word) && (!isField(field) || lineage.CheckSelector(word) == nil):
			if err := lineage.CheckSelector(word); err != nil {
				problem = err.Error()
				continue
			}
			q.terms = append(q.terms, term{"+", word})
		case isTerm && isField(field):
			value = strings.ToLower(value)
			if value == "" {
				continue // still being typed
			}
			if wrong := wrongValue(field, value); wrong != "" {
				problem = wrong
				continue
			}
			q.terms = append(q.terms, term{field, value})
		case isTerm:
			problem = "no field " + field + ": (there are " + queryFields + ")"
			q.words = append(q.words, strings.ToLower(word))
		default:
			q.words = append(q.words, strings.ToLower(word))
		}
	}
	return q, problem
}

// queryWords splits at spaces that stand outside of double quotes; a quote that is
// still open reaches to the end.
func queryWords(s string) (words []string) {
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

// bound is a query against a graph and the decisions as they are now.
type bound struct {
	query
	graph *lineage.Graph
	book  *curate.Book
	sets  []map[lineage.ID]bool // per selector term
}

func (q query) bind(g *lineage.Graph, book *curate.Book) *bound {
	b := &bound{query: q, graph: g, book: book}
	for _, t := range q.terms {
		if t.field == "+" {
			set := map[lineage.ID]bool{}
			ids, _ := g.Select(t.value) // parseQuery has checked it
			for _, id := range ids {
				set[id] = true
			}
			b.sets = append(b.sets, set)
		}
	}
	return b
}

// meets reports whether a node meets every term. A dashboard that stands for
// what it reads also meets what a resource right above it meets.
func (b *bound) meets(id lineage.ID, reads bool) bool {
	set := 0
	for _, t := range b.terms {
		if t.field == "+" {
			if !b.sets[set][id] {
				return false
			}
			set++
			continue
		}
		n := b.graph.Node(id)
		if n.Dashboard != nil && !b.dashboardMeets(n.Dashboard, t) && !(reads && b.readMeets(id, t)) || n.Resource != nil && !resourceMeets(n.Resource, t) {
			return false
		}
	}
	return true
}

// readMeets reports whether a resource that a dashboard reads itself meets a term.
func (b *bound) readMeets(dashboard lineage.ID, t term) bool {
	if t.field == "kind" && t.value == dashboardKind {
		return false
	}
	return slices.ContainsFunc(b.graph.Upstream(dashboard), func(id lineage.ID) bool {
		r := b.graph.Node(id).Resource
		return r != nil && resourceMeets(r, t)
	})
}

func (b *bound) dashboardMeets(d *lineage.Dashboard, t term) bool {
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

// found returns which words stand in a text of lower case, as bits. At most 64
// words count.
func (b *bound) found(s string) uint64 {
	var bits uint64
	for i, w := range b.words {
		if i < 64 && strings.Contains(s, w) {
			bits |= 1 << i
		}
	}
	return bits
}

func (b *bound) allWords() uint64 { return 1<<min(len(b.words), 63) - 1 }

// marker walks an outline and decides what each item is.
type marker struct {
	o     *outline
	q     *bound
	marks []mark
	open  []bool
	could map[lineage.ID]bool
	hits  int
}

// anyDirectHit reports whether a dashboard right below a resource could match.
func (m *marker) anyDirectHit(id lineage.ID) bool {
	for _, down := range m.o.graph.Downstream(id) {
		d := m.o.graph.Node(down).Dashboard
		if d != nil && m.couldHit(d) {
			return true
		}
	}
	return false
}

// couldHit reports whether a dashboard meets the terms and has a word in its
// title. It is asked once per dashboard, however many resources it reads.
func (m *marker) couldHit(d *lineage.Dashboard) bool {
	could, known := m.could[d.ID]
	if !known {
		could = m.q.meets(d.ID, false) && (len(m.q.words) == 0 || m.q.found(strings.ToLower(d.Title())) != 0)
		m.could[d.ID] = could
	}
	return could
}

// visit marks id and what is below it, given the words found above it, and
// reports whether anything is shown.
func (m *marker) visit(id tree.ID, above uint64) bool {
	it := &m.o.items[id]
	own := m.q.found(it.lower)
	hit := m.isHit(it, own, above)
	kept := false
	if it.loaded && (it.kind != itemDashboard || m.o.tables) {
		for _, child := range it.children {
			if m.o.items[child].kind != itemIndirect && m.visit(child, above|own) {
				kept = true
			}
		}
	}
	switch {
	case hit:
		m.marks[id] = markHit
		m.hits++
		if !kept {
			m.inside(id)
		}
	case kept:
		m.marks[id] = markPath
	}
	if kept {
		m.open[id] = true
	}
	return hit || kept
}

// isHit: every word stands in the path, one of them in the item's own name, and
// every term is met by the resource or dashboard itself.
func (m *marker) isHit(it *item, own, above uint64) bool {
	if own == 0 && len(m.q.words) > 0 || own|above != m.q.allWords() {
		return false
	}
	if len(m.q.terms) == 0 {
		return true
	}
	// Below a resource a dashboard is there because of that one; elsewhere it
	// stands for all that it reads.
	below := it.parent != tree.None && m.o.items[it.parent].kind == itemResource
	return it.node != lineage.None && m.q.meets(it.node, !below)
}

// inside shows all that is below a hit without hits of its own.
func (m *marker) inside(id tree.ID) {
	for _, child := range m.o.items[id].children {
		m.marks[child] = markInside
		m.inside(child)
	}
}
