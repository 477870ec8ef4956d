package fetch

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// canon writes a value in one form: no spaces, members by name, lists of objects
// sorted and without repetitions. Order means nothing in a snapshot (package
// tableau), so that the same site gives the same bytes whatever order the server
// chose, and the many fields of a data source with the same links become one.
func canon(v gjson.Result) string {
	switch {
	case v.IsObject():
		return canonObject(v)
	case v.IsArray():
		return canonList(v.Array())
	case v.Exists():
		return v.Raw
	}
	return "null"
}

func canonObject(v gjson.Result) string {
	type member struct{ key, text string }
	var members []member
	size := len("{}")
	v.ForEach(func(key, value gjson.Result) bool {
		m := member{key.Raw, canon(value)}
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

func canonList(items []gjson.Result) string {
	texts := make([]string, len(items))
	objects := true
	for i, item := range items {
		texts[i] = canon(item)
		objects = objects && item.IsObject()
	}
	if objects {
		slices.Sort(texts)
		texts = slices.Compact(texts)
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// merge adds the members of more to an object; both are canonical. A member that
// is in both stays as it was.
func merge(object, more string) string {
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
	return canon(gjson.Parse(b.String()))
}
