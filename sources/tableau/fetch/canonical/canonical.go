// Package canonical writes JSON in one form, so that the same site gives the same
// bytes whatever order the server chose.
package canonical

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// JSON writes a value in one form: no spaces, members by name, lists of objects
// sorted and without repetitions. Order means nothing in a snapshot (package
// tableau), so that the same site gives the same bytes whatever order the server
// chose, and the many fields of a data source with the same links become one.
func JSON(v gjson.Result) string {
	switch {
	case v.IsObject():
		return object(v)
	case v.IsArray():
		return List(v.Array())
	case v.Exists():
		return v.Raw
	}
	return "null"
}

func object(v gjson.Result) string {
	type member struct{ key, text string }
	var members []member
	size := len("{}")
	v.ForEach(func(key, value gjson.Result) bool {
		m := member{key.Raw, JSON(value)}
		members = append(members, m)
		size += len(m.key) + len(m.text) + len(":,")
		return true
	})
	slices.SortStableFunc(members, func(a, b member) int { return strings.Compare(a.key, b.key) })
	var b strings.Builder
	b.Grow(size) // entries are kept: no room to spare in them
	b.WriteByte('{')
	for i, m := range members {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(m.key)
		b.WriteByte(':')
		b.WriteString(m.text)
	}
	b.WriteByte('}')
	return b.String()
}

// List is JSON of a list with these items.
func List(items []gjson.Result) string {
	texts := make([]string, len(items))
	objects := true
	for i, item := range items {
		texts[i] = JSON(item)
		objects = objects && item.IsObject()
	}
	if objects {
		slices.Sort(texts)
		texts = slices.Compact(texts)
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// Merge adds the members of more to an object; both are canonical. A member that
// is in both stays as it was.
func Merge(object, more string) string {
	known := map[string]bool{}
	gjson.Parse(object).ForEach(func(key, _ gjson.Result) bool {
		known[key.Raw] = true
		return true
	})
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(object, "}"))
	gjson.Parse(more).ForEach(func(key, value gjson.Result) bool {
		if !known[key.Raw] {
			if b.Len() > 1 {
				b.WriteByte(',')
			}
			b.WriteString(key.Raw + ":" + value.Raw)
		}
		return true
	})
	b.WriteByte('}')
	return JSON(gjson.Parse(b.String()))
}
