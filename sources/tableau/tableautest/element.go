package tableautest

import (
	"encoding/xml"
	"sort"
	"strings"

	"darkroom/sources/tableau/tableautest/sitedata"
)

// elem is one element of a REST answer, to be written as XML, the API's own form,
// or as its JSON view (sources/tableau/API.md#rest-lists).
type elem struct {
	name  string
	attrs []attr
	text  string // of an element like <restApiVersion>
	kids  []elem
	many  bool // the kids are the entries of a list
}

// attr is a text, number or truth value.
type attr struct {
	name  string
	value any
}

// node makes an element of name and attribute pairs; empty texts are left out.
func node(name string, pairs ...any) elem {
	e := elem{name: name}
	for i := 0; i+1 < len(pairs); i += 2 {
		key, _ := pairs[i].(string)
		if pairs[i+1] != "" {
			e.attrs = append(e.attrs, attr{key, pairs[i+1]})
		}
	}
	return e
}

func leaf(name, text string) elem { return elem{name: name, text: text} }

func listOf(name string, kids []elem) elem { return elem{name: name, kids: kids, many: true} }

func (e elem) with(kids ...elem) elem {
	e.kids = append(append([]elem(nil), e.kids...), kids...)
	return e
}

func (e elem) without(name string) elem {
	var kids []elem
	for _, k := range e.kids {
		if k.name != name {
			kids = append(kids, k)
		}
	}
	e.kids = kids
	return e
}

// get is an attribute as text; a dot leads into a kid: "owner.id".
func (e elem) get(path string) string {
	name, rest, deeper := strings.Cut(path, ".")
	if deeper {
		for _, k := range e.kids {
			if k.name == name {
				return k.get(rest)
			}
		}
		return ""
	}
	for _, a := range e.attrs {
		if a.name == name {
			return sitedata.AsText(a.value)
		}
	}
	return ""
}

// fromJSON turns an entry of a snapshot's "rest" part back into an element.
func fromJSON(name string, raw map[string]any) elem {
	e := elem{name: name}
	keys := make([]string, 0, len(raw))
	for key := range raw {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		switch v := raw[key].(type) {
		case nil:
		case map[string]any:
			e.kids = append(e.kids, fromJSON(key, v))
		case []any:
			e.many = true
			for _, entry := range v {
				if m, ok := entry.(map[string]any); ok {
					e.kids = append(e.kids, fromJSON(key, m))
				}
			}
		default:
			e.attrs = append(e.attrs, attr{key, v})
		}
	}
	return e
}

// json is the JSON view: numbers become texts, a list becomes {"item":[…]}, or {}
// when it is empty.
func (e elem) json(sw Switches) any {
	if e.text != "" && len(e.attrs) == 0 {
		return e.text
	}
	out := map[string]any{}
	if e.text != "" {
		out["value"] = e.text
	}
	for _, a := range e.attrs {
		truth, isBool := a.value.(bool)
		if isBool && !sw.BooleansAsText {
			out[a.name] = truth
		} else {
			out[a.name] = sitedata.AsText(a.value)
		}
	}
	if !e.many {
		for _, k := range e.kids {
			out[k.name] = k.json(sw)
		}
		return out
	}
	return e.jsonList(sw, out)
}

func (e elem) jsonList(sw Switches, out map[string]any) any {
	var items []any
	for _, k := range e.kids {
		items = append(items, k.json(sw))
	}
	switch {
	case sw.Lists == BareLists && len(items) > 0:
		return items
	case sw.Lists == SingleObjects && len(items) == 1:
		out[e.kids[0].name] = items[0]
	case len(items) > 0:
		out[e.kids[0].name] = items
	}
	return out
}

func (e elem) xml(b *strings.Builder) {
	b.WriteString("<" + e.name)
	for _, a := range e.attrs {
		b.WriteString(" " + a.name + `="`)
		escapeXML(b, sitedata.AsText(a.value))
		b.WriteString(`"`)
	}
	if e.text == "" && len(e.kids) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteString(">")
	escapeXML(b, e.text)
	for _, k := range e.kids {
		k.xml(b)
	}
	b.WriteString("</" + e.name + ">")
}

func escapeXML(b *strings.Builder, s string) {
	_ = xml.EscapeText(b, []byte(s)) // a Builder takes everything
}

// xmlDocument is a complete answer. The namespace is the API's own name for itself.
func xmlDocument(top []elem) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	root := elem{name: "tsResponse", attrs: []attr{{"xmlns", "http://tableau.com/api"}}, kids: top}
	root.xml(&b)
	return []byte(b.String())
}
