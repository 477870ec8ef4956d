package plan

import (
	"fmt"
	"slices"
	"strings"
)

// selection is a set of fields with what is asked below them.
type selection []asked

type asked struct {
	name string    // field, or type of a fragment
	typ  string    // type of the object below; "" for a plain value
	on   bool      // fragment: "... on name"
	sub  selection // nil for a plain value
}

// parseSelection reads the short form in which lists are written: "name", or
// "name:Type{…}" for objects, or "+Type{…}" for what only one type of an
// interface has. The types say which fields to check for in the server's schema.
func parseSelection(text string) (selection, error) {
	p := selectionParser{text: text}
	sel := p.list()
	if p.at != len(text) || p.bad {
		return nil, fmt.Errorf("selection %q: wrong at byte %d", text, p.at)
	}
	return sel, nil
}

type selectionParser struct {
	text string
	at   int
	bad  bool
}

func (p *selectionParser) word() string {
	start := p.at
	for p.at < len(p.text) && !strings.ContainsRune(" :{}+", rune(p.text[p.at])) {
		p.at++
	}
	p.bad = p.bad || start == p.at
	return p.text[start:p.at]
}

func (p *selectionParser) next(c byte) bool {
	if p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *selectionParser) list() (sel selection) {
	for !p.bad && p.at < len(p.text) && p.text[p.at] != '}' {
		if p.next(' ') {
			continue
		}
		a := asked{on: p.next('+')}
		if a.name = p.word(); a.on {
			a.typ = a.name
		} else if p.next(':') {
			a.typ = p.word()
		}
		if p.next('{') {
			a.sub = p.list()
			p.bad = p.bad || !p.next('}')
		}
		p.bad = p.bad || (a.typ == "") != (a.sub == nil)
		sel = append(sel, a)
	}
	return sel
}

// types adds the names of all types that a selection looks into.
func (s selection) types(into []string) []string {
	for _, a := range s {
		if a.typ != "" && !slices.Contains(into, a.typ) {
			into = append(into, a.typ)
		}
		into = a.sub.types(into)
	}
	return into
}

// graphql writes the fields that the server has, for an object of type typ. paged
// asks for that list as a connection of pages: the text after its name is how.
func (s selection) graphql(typ string, known *ServerFields, paged string) string {
	var b strings.Builder
	for _, a := range s {
		switch {
		case a.on:
			if sub := a.sub.graphql(a.typ, known, ""); sub != "" && known.hasType(a.typ) {
				b.WriteString(" ... on " + a.typ + "{" + sub + "}")
			}
		case !known.has(typ, a.name):
		case a.sub == nil:
			b.WriteString(" " + a.name)
		default:
			sub := a.sub.graphql(a.typ, known, "")
			if sub == "" {
				continue
			}
			if paged != "" && known.has(typ, a.name+"Connection") {
				fmt.Fprintf(&b, " %sConnection%s{pageInfo{hasNextPage endCursor} nodes{%s}}", a.name, paged, sub)
			} else {
				b.WriteString(" " + a.name + "{" + sub + "}")
			}
		}
	}
	return strings.TrimPrefix(b.String(), " ")
}
