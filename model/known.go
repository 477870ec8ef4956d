package model

import (
	"slices"
	"strconv"
)

// HiddenName is what people read where a name is missing: the account may not
// see it (sources/tableau/API.md#redacted-names).
const HiddenName = "(name hidden)"

// KnownName reports whether the BI tool gave a name. A missing name says nothing:
// neither that there is none nor that it changed.
func KnownName(name string) bool { return name != "" }

// KnownPath reports whether every project of a path has a name. An empty path is
// not known: it may be that of a dashboard whose project is hidden.
func KnownPath(path []string) bool {
	return len(path) > 0 && !slices.ContainsFunc(path, func(name string) bool { return !KnownName(name) })
}

// DisplayName is a name as people read it.
func DisplayName(name string) string {
	if !KnownName(name) {
		return HiddenName
	}
	return name
}

// QuotedName is a name within a sentence.
func QuotedName(name string) string {
	if !KnownName(name) {
		return HiddenName
	}
	return strconv.Quote(name)
}

// DisplayPath are the names of a path as people read them.
func DisplayPath(path []string) []string {
	out := make([]string, len(path))
	for i, name := range path {
		out[i] = DisplayName(name)
	}
	return out
}
