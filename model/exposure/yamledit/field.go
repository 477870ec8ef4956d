package yamledit

import (
	"slices"
	"strings"
)

// Field is one value of an entry at its place in the YAML.
type Field struct {
	Path  []string // "config", "meta", "tableau", "luid"
	Items []string // one for a scalar, any number for a list; empty removes the field
	List  bool
	Plain bool     // written without quotes where that is safe
	Order []string // of a list: all that could be written, in the wanted order
	// Normal makes the spellings of one value equal; nil compares texts.
	Normal func(string) string
}

// ID is the path as one text: "config.meta.tableau.luid".
func (f Field) ID() string { return strings.Join(f.Path, ".") }

func (f Field) normal(s string) string {
	if f.Normal == nil {
		return s
	}
	return f.Normal(s)
}

// Same compares lists as sets, in whatever spelling.
func (f Field) Same(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	normalSet := func(list []string) []string {
		out := make([]string, len(list))
		for i, s := range list {
			out[i] = f.normal(s)
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(normalSet(a), normalSet(b))
}

// Has reports whether a list has a value, in whatever spelling.
func (f Field) Has(list []string, value string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return f.normal(s) == f.normal(value) })
}

// indexOf is the index of the element with a value, -1 without one.
func (f Field) indexOf(items []Element, value string) int {
	return slices.IndexFunc(items, func(it Element) bool { return f.normal(it.Node.Scalar) == f.normal(value) })
}
