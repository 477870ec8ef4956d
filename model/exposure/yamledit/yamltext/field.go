package yamltext

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

// Equal reports that two texts are one value, in whatever spelling.
func (f Field) Equal(a, b string) bool { return f.normal(a) == f.normal(b) }

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
	return slices.ContainsFunc(list, func(s string) bool { return f.Equal(s, value) })
}
