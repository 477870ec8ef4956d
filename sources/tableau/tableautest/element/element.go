// Package element holds the elements of REST's answers: made from pairs or from the entries
// of a snapshot, looked into, filtered and sorted as a request asks, and written as XML, the
// API's own form, or as its JSON view (sources/tableau/API.md#rest-lists).
package element

import (
	"encoding/xml"
	"maps"
	"slices"
	"strings"

	"darkroom/sources/tableau/tableautest/sitedata"
)

// Element is one element of an answer.
type Element struct {
	Name  string
	Attrs []Attr
	Text  string // of an element like <restApiVersion>
	Kids  []Element
	Many  bool // the kids are the entries of a list
}

// Attr is a text, number or truth value.
type Attr struct {
	Name  string
	Value any
}

// New makes an element of name and attribute pairs; empty texts are left out.
func New(name string, pairs ...any) Element {
	e := Element{Name: name}
	for i := 0; i+1 < len(pairs); i += 2 {
		key, _ := pairs[i].(string)
		if pairs[i+1] != "" {
			e.Attrs = append(e.Attrs, Attr{key, pairs[i+1]})
		}
	}
	return e
}

// And is the element with one more attribute, which may be an empty text.
func (e Element) And(name string, value any) Element {
	e.Attrs = append(slices.Clone(e.Attrs), Attr{name, value})
	return e
}

// Leaf is an element of text alone.
func Leaf(name, text string) Element { return Element{Name: name, Text: text} }

// List is an element whose kids are the entries of a list.
func List(name string, kids []Element) Element { return Element{Name: name, Kids: kids, Many: true} }

// With is the element with more kids.
func (e Element) With(kids ...Element) Element {
	e.Kids = append(slices.Clone(e.Kids), kids...)
	return e
}

func (e Element) Without(name string) Element {
	e.Kids = slices.DeleteFunc(slices.Clone(e.Kids), func(k Element) bool { return k.Name == name })
	return e
}

// Kid is the first kid of a name, empty for none.
func (e Element) Kid(name string) Element {
	for _, k := range e.Kids {
		if k.Name == name {
			return k
		}
	}
	return Element{}
}

// Get is an attribute as text; a dot leads into a kid: "owner.id".
func (e Element) Get(path string) string {
	name, rest, deeper := strings.Cut(path, ".")
	if deeper {
		return e.Kid(name).Get(rest)
	}
	for _, a := range e.Attrs {
		if a.Name == name {
			return sitedata.AsText(a.Value)
		}
	}
	return ""
}

// FromJSON turns an entry of a snapshot's "rest" part back into an element.
func FromJSON(name string, raw map[string]any) Element {
	e := Element{Name: name}
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		switch v := raw[key].(type) {
		case nil:
		case map[string]any:
			e.Kids = append(e.Kids, FromJSON(key, v))
		case []any:
			e.Many = true
			for _, entry := range v {
				if m, ok := entry.(map[string]any); ok {
					e.Kids = append(e.Kids, FromJSON(key, m))
				}
			}
		default:
			e.Attrs = append(e.Attrs, Attr{key, v})
		}
	}
	return e
}

// ListShape is how the JSON view writes lists; clients have met all of them.
type ListShape int

const (
	WrappedLists  ListShape = iota // {"workbook":[…]} and {} when empty
	SingleObjects                  // the same, but {"workbook":{…}} when there is one
	BareLists                      // […] and {} when empty
)

// Form is what differs between JSON views.
type Form struct {
	Lists          ListShape
	BooleansAsText bool
}

// JSON is the JSON view: numbers become texts, a list becomes {"item":[…]}, or {}
// when it is empty.
func (e Element) JSON(as Form) any {
	if e.Text != "" && len(e.Attrs) == 0 {
		return e.Text
	}
	out := map[string]any{}
	if e.Text != "" {
		out["value"] = e.Text
	}
	for _, a := range e.Attrs {
		truth, isBool := a.Value.(bool)
		if isBool && !as.BooleansAsText {
			out[a.Name] = truth
		} else {
			out[a.Name] = sitedata.AsText(a.Value)
		}
	}
	if !e.Many {
		for _, k := range e.Kids {
			out[k.Name] = k.JSON(as)
		}
		return out
	}
	return e.jsonList(as, out)
}

func (e Element) jsonList(as Form, out map[string]any) any {
	var items []any
	for _, k := range e.Kids {
		items = append(items, k.JSON(as))
	}
	switch {
	case as.Lists == BareLists && len(items) > 0:
		return items
	case as.Lists == SingleObjects && len(items) == 1:
		out[e.Kids[0].Name] = items[0]
	case len(items) > 0:
		out[e.Kids[0].Name] = items
	}
	return out
}

func (e Element) xml(b *strings.Builder) {
	b.WriteString("<" + e.Name)
	for _, a := range e.Attrs {
		b.WriteString(" " + a.Name + `="`)
		escapeXML(b, sitedata.AsText(a.Value))
		b.WriteString(`"`)
	}
	if e.Text == "" && len(e.Kids) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteString(">")
	escapeXML(b, e.Text)
	for _, k := range e.Kids {
		k.xml(b)
	}
	b.WriteString("</" + e.Name + ">")
}

func escapeXML(b *strings.Builder, s string) {
	_ = xml.EscapeText(b, []byte(s)) // a Builder takes everything
}

// Document is a complete answer. The namespace is the API's own name for itself.
func Document(top []Element) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	root := Element{Name: "tsResponse", Attrs: []Attr{{"xmlns", "http://tableau.com/api"}}, Kids: top}
	root.xml(&b)
	return []byte(b.String())
}
