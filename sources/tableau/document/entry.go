package document

import (
	"bytes"

	"github.com/tidwall/gjson"
)

// Entries are JSON values taken apart in one pass, each with everything nested in it. Others
// take their place, so that taking apart leaves no garbage.
type Entries struct {
	text   []byte
	base   int64 // bytes of the file before text
	nodes  []node
	starts []int32 // of each, among the nodes
}

// clear makes room for others.
func (e *Entries) clear() { e.text, e.nodes, e.starts = e.text[:0], e.nodes[:0], e.starts[:0] }

// add adds the value at the start of text and says how long it is. It may nest most levels
// deep.
func (e *Entries) add(text []byte, most int, names *names) (n int, found outcome) {
	s := scanner{text: text, names: names, nodes: e.nodes, before: len(e.text), most: most}
	if found = s.value(""); found == whole {
		e.starts = append(e.starts, int32(len(e.nodes)))
		e.text = append(e.text, text[:s.i]...)
		e.nodes = s.nodes
	}
	return s.i, found
}

// each gives the values one by one, and reports whether it was to go on.
func (e *Entries) each(yield func(Value) bool) bool {
	for _, at := range e.starts {
		if !yield(Value{e, at}) {
			return false
		}
	}
	return true
}

// node is a value in an entry. Those below it follow it.
type node struct {
	name     string // of a member
	from, to int32  // in the text
	next     int32  // the next member or element beside it, 0 after the last
	kind     kind
	escaped  bool // a text with backslashes
	some     bool // an object or list that is not empty
}

// kind is the kind of a JSON value.
type kind uint8

const (
	null kind = iota
	boolean
	number
	text
	list
	object
)

// Value is a value in an entry, valid until others take its place. The zero Value is
// that of a member that is absent.
type Value struct {
	e  *Entries
	at int32
}

func (v Value) node() *node { return &v.e.nodes[v.at] }

// Exists reports that v is there, if only as null.
func (v Value) Exists() bool { return v.e != nil }

// IsNull reports null, or nothing.
func (v Value) IsNull() bool { return v.e == nil || v.node().kind == null }

// IsObject reports an object.
func (v Value) IsObject() bool { return v.e != nil && v.node().kind == object }

// IsList reports a list.
func (v Value) IsList() bool { return v.e != nil && v.node().kind == list }

// IsEmptyText reports the text "": null is something else.
func (v Value) IsEmptyText() bool {
	return v.e != nil && v.node().kind == text && v.node().to-v.node().from == 2
}

// Name is that of a member.
func (v Value) Name() string { return v.node().name }

// First is the first member or element of v, nothing of what has none.
func (v Value) First() Value {
	if v.e == nil || !v.node().some {
		return Value{}
	}
	return Value{v.e, v.at + 1}
}

// Next is what is beside v in its object or list.
func (v Value) Next() Value {
	if next := v.node().next; next > 0 {
		return Value{v.e, next}
	}
	return Value{}
}

// Get is the first member of an object with a name.
func (v Value) Get(name string) Value {
	if !v.IsObject() || !v.node().some {
		return Value{}
	}
	nodes := v.e.nodes
	for at := v.at + 1; ; at = nodes[at].next {
		switch n := &nodes[at]; {
		case n.name == name:
			return Value{v.e, at}
		case n.next == 0:
			return Value{}
		}
	}
}

// Has reports that an object has a member with a name.
func (v Value) Has(name string) bool { return v.Get(name).Exists() }

// Raw is the value as it is written.
func (v Value) Raw() []byte {
	if v.e == nil {
		return nil
	}
	return v.e.text[v.node().from:v.node().to]
}

// Text is a scalar as text; of null, objects and lists it is empty.
func (v Value) Text() []byte {
	if v.e == nil {
		return nil
	}
	switch n := v.node(); n.kind {
	case text:
		if n.escaped {
			return []byte(v.Result().Str)
		}
		return v.e.text[n.from+1 : n.to-1]
	case number, boolean:
		return v.Raw()
	}
	return nil
}

// Is reports true, also as a text: REST writes booleans as texts.
func (v Value) Is() bool { return bytes.Equal(v.Text(), []byte("true")) }

// Result is the value for what reads gjson's.
func (v Value) Result() gjson.Result { return gjson.ParseBytes(v.Raw()) }

// typeName is TypeName of what the value is.
func (v Value) typeName() string {
	if v.e == nil {
		return TypeName(gjson.Result{})
	}
	return [...]string{"null", "true or false", "a number", "a text", "a list", "an object"}[v.node().kind]
}
