package model

import (
	"slices"
	"strconv"
)

// HiddenName is shown for a name that the BI tool does not report: the account may
// not see it (facts/tableau.md §2.7).
const HiddenName = "(name hidden)"

// Known reports whether the BI tool reported a name. A missing one says nothing:
// neither that there is none nor that it changed.
func Known(name string) bool { return name != "" }

// KnownPath reports whether each container of a path has a name. An empty path is
// not known: it is what something in no container has.
func KnownPath(path []string) bool {
	return len(path) > 0 && !slices.ContainsFunc(path, func(name string) bool { return !Known(name) })
}

// Shown is a name as it is displayed.
func Shown(name string) string {
	if !Known(name) {
		return HiddenName
	}
	return name
}

// Quoted is a name within a sentence.
func Quoted(name string) string {
	if !Known(name) {
		return HiddenName
	}
	return strconv.Quote(name)
}

// ShownPath are the names of a path as they are displayed.
func ShownPath(path []string) []string {
	out := make([]string, len(path))
	for i, name := range path {
		out[i] = Shown(name)
	}
	return out
}
