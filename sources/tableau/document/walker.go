package document

import (
	"context"
	"hash/maphash"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/sources/compact"
)

// Walker walks through one document after another. It knows the place it has come
// to, and keeps the texts that are taken out, so that the documents can be freed.
type Walker struct {
	ctx    context.Context
	doc    Document
	fix    string // what helps against an error in the document
	path   []step
	arena  compact.Arena
	texts  []kept // that were kept last, by hash
	seed   maphash.Seed
	entry  Entries // one, of a list of the document
	looked uint    // at objects; the context is looked at now and then
	wrong  error   // the first text field that holds something else
}

// kept is a text with its hash: looking at the hash first leaves other texts alone.
type kept struct {
	hash uint64
	text string
}

// step is one part of the place in a document: a member's name or, when name is
// empty, a position in a list.
type step struct {
	name string
	at   int
}

// NewWalker makes a walker that has no document yet.
func NewWalker(ctx context.Context) *Walker {
	return &Walker{ctx: ctx, texts: make([]kept, 1<<14), seed: maphash.MakeSeed()}
}

// Start begins at the root of a document. fix is what an error in it says should be
// done.
func (w *Walker) Start(doc Document, fix string) {
	w.doc, w.fix, w.path, w.wrong = doc, fix, w.path[:0], nil
}

// File is the name of the present document.
func (w *Walker) File() string { return w.doc.File }

// Enter goes on to a member; Leave goes back to where that was.
func (w *Walker) Enter(name string) (mark int) {
	mark = len(w.path)
	w.path = append(w.path, step{name: name})
	return mark
}

// Leave goes back to the place where Enter gave the mark.
func (w *Walker) Leave(mark int) { w.path = w.path[:mark] }

// Position is the position in the list that is being walked through.
func (w *Walker) Position() int { return w.path[len(w.path)-1].at }

// WrongText is the error for the first text that Set found to be something else.
func (w *Walker) WrongText() error { return w.wrong }

// Open reads the members of v.
func (w *Walker) Open(v gjson.Result) (o Object, err error) {
	v.ForEach(func(key, value gjson.Result) bool {
		o = append(o, Member{key.Str, value})
		return true
	})
	return o, w.Look()
}

// Look is called with each object that is read, and ends the walk with its context.
func (w *Walker) Look() error {
	if w.looked++; w.looked%1024 == 0 {
		return w.ctx.Err()
	}
	return nil
}

// List calls fn for every object of a list. Nulls are what a limit or a permission cut
// out.
func (w *Walker) List(v gjson.Result, fn func(gjson.Result) error) (err error) {
	last := len(w.path)
	w.path = append(w.path, step{})
	v.ForEach(func(_, item gjson.Result) bool {
		switch {
		case item.IsObject():
			err = fn(item)
		case item.Type != gjson.Null:
			err = w.Fault(item, "expected an object, found "+TypeName(item))
		}
		w.path[last].at++
		return err == nil
	})
	w.path = w.path[:last]
	return err
}

// Entries calls fn for each entry of a REST list in any of its shapes: a list,
// {"inner":[…]}, {"inner":{…}}, {} and null (sources/tableau/API.md#rest-lists).
func (w *Walker) Entries(v gjson.Result, name, inner string, fn func(gjson.Result) error) error {
	depth := len(w.path)
	defer func() { w.path = w.path[:depth] }()
	w.path = append(w.path, step{name: name})
	if v.IsObject() {
		v = v.Get(inner)
		w.path = append(w.path, step{name: inner})
	}
	switch {
	case v.Type == gjson.Null:
		return nil
	case v.IsObject():
		return fn(v)
	case !v.IsArray():
		return w.Fault(v, "expected a list of objects, found "+TypeName(v))
	}
	return w.List(v, fn)
}

// EntriesOf is Entries of a member of o.
func (w *Walker) EntriesOf(o gjson.Result, name, inner string, fn func(gjson.Result) error) error {
	return w.Entries(o.Get(name), name, inner, fn)
}

// Fault is an error at the value v, in the current place.
func (w *Walker) Fault(v gjson.Result, what string) error {
	offset := int64(nowhere)
	if v.Exists() {
		offset = w.doc.Offset(v)
	}
	return FaultAt(w.doc.File, Clip(w.Place()), offset, what, w.fix)
}

// Place is where the reader is, "data.workbooks[3].sheets".
func (w *Walker) Place() string {
	var s strings.Builder
	for i, p := range w.path {
		switch {
		case p.name == "":
			s.WriteString("[" + strconv.Itoa(p.at) + "]")
		case i > 0:
			s.WriteString("." + p.name)
		default:
			s.WriteString(p.name)
		}
	}
	return s.String()
}

// Keep copies a text out of the document, so that the document can be freed, and
// shares equal ones. Most texts are there once: only those that were kept last are
// known, so that finding the others does not cost more than they are worth.
func (w *Walker) Keep(s string) string { return w.KeepBytes([]byte(s)) }

// KeepBytes is Keep for bytes.
func (w *Walker) KeepBytes(s []byte) string {
	if len(s) == 0 {
		return ""
	}
	hash := maphash.Bytes(w.seed, s)
	known := &w.texts[hash%uint64(len(w.texts))]
	if known.hash != hash || known.text != string(s) {
		*known = kept{hash, w.arena.Copy(s)}
	}
	return known.text
}

// Copy is KeepBytes for a text that is there once.
func (w *Walker) Copy(s []byte) string { return w.arena.Copy(s) }

// Set fills an empty text.
func (w *Walker) Set(to *string, r gjson.Result) {
	if w.wrong == nil && (r.IsArray() || r.IsObject() && strings.Contains(r.Raw, `"`)) { // {} is nothing
		w.wrong = w.Fault(r, "expected a text, found "+TypeName(r))
	}
	if *to == "" {
		*to = w.Keep(Text(r))
	}
}
