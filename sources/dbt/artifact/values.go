package artifact

import (
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/sources/compact"
)

// Object calls use with each member of a JSON object that is known to be valid,
// in file order; nothing happens for another type.
func Object(raw []byte, use func(key string, value gjson.Result)) {
	Members(gjson.ParseBytes(raw), use)
}

// Members does the same for a parsed value.
func Members(v gjson.Result, use func(key string, value gjson.Result)) {
	if !v.IsObject() {
		return
	}
	v.ForEach(func(key, value gjson.Result) bool {
		use(compact.ValidText(key.Str), value)
		return true
	})
}

// Scalar is the text of a string, number or boolean, and empty for null, arrays and
// objects.
func Scalar(v gjson.Result) string {
	switch v.Type {
	case gjson.String:
		return strings.Clone(compact.ValidText(v.Str))
	case gjson.Number, gjson.True, gjson.False:
		return strings.Clone(v.Raw)
	}
	return ""
}

// TextList is a list of scalars, or a single one in place of a list.
func TextList(v gjson.Result) []string {
	if !v.IsArray() {
		if s := Scalar(v); s != "" {
			return []string{s}
		}
		return nil
	}
	var out []string
	v.ForEach(func(_, item gjson.Result) bool {
		if s := Scalar(item); s != "" {
			out = append(out, s)
		}
		return true
	})
	return out
}
