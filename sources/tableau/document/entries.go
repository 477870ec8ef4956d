package document

import (
	"iter"

	"github.com/tidwall/gjson"
)

// ListOf takes the entries of a list apart, each until the next one.
func (w *Walker) ListOf(v gjson.Result) iter.Seq[Value] {
	var buf []byte
	names := new(names)
	return func(yield func(Value) bool) {
		v.ForEach(func(_, item gjson.Result) bool {
			buf = append(append(buf[:0], item.Raw...), ' ') // behind a number
			w.entry.clear()
			w.entry.base = w.doc.Offset(item)
			w.entry.add(buf, maxDepth, names) // the document is valid JSON
			return w.entry.each(yield)
		})
	}
}

// Elements are the elements of a list in an entry.
func Elements(list Value) iter.Seq[Value] {
	return func(yield func(Value) bool) {
		for item := list.First(); item.Exists() && yield(item); {
			item = item.Next()
		}
	}
}

// Items is List for items that were taken apart.
func (w *Walker) Items(items iter.Seq[Value], fn func(Value) error) (err error) {
	last := len(w.path)
	w.path = append(w.path, step{})
	for item := range items {
		switch {
		case item.IsObject():
			err = fn(item)
		case !item.IsNull():
			err = w.FaultIn(item, "expected an object, found ")
		}
		w.path[last].at++
		if err != nil {
			break
		}
	}
	w.path = w.path[:last]
	return err
}

// FaultIn is Fault for a value in an entry; what ends before the words for its type.
func (w *Walker) FaultIn(v Value, what string) error {
	offset := int64(nowhere)
	if v.Exists() {
		offset = v.e.base + int64(v.node().from)
	}
	return FaultAt(w.doc.File, Clip(w.Place()), offset, what+v.typeName(), w.fix)
}

// Fill fills an empty text with a value in an entry.
func (w *Walker) Fill(to *string, v Value) {
	if !v.Exists() {
		return
	}
	if w.wrong == nil && (v.IsList() || v.IsObject() && v.First().Exists()) { // {} is nothing
		w.wrong = w.FaultIn(v, "expected a text, found ")
	}
	if *to == "" {
		*to = w.KeepBytes(v.Text())
	}
}
