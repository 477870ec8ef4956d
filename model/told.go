package model

import (
	"slices"
	"strconv"
)

// HiddenName is what people read where Tableau tells no name: the account may not
// see it (facts/tableau.md §2.7).
const HiddenName = "(name hidden)"

// Told reports whether Tableau told a name. One that it did not tell says nothing:
// neither that there is none nor that it changed.
func Told(name string) bool { return name != "" }

// ToldPath reports whether each project of a path has a name. No path at all is
// told only of what stands in no project.
func ToldPath(path []string) bool {
	return len(path) > 0 && !slices.ContainsFunc(path, func(name string) bool { return !Told(name) })
}

// Shown is a name as people read it.
func Shown(name string) string {
	if !Told(name) {
		return HiddenName
	}
	return name
}

// Quoted is a name within a sentence.
func Quoted(name string) string {
	if !Told(name) {
		return HiddenName
	}
	return strconv.Quote(name)
}

// ShownPath are the names of a path as people read them.
func ShownPath(path []string) []string {
	out := make([]string, len(path))
	for i, name := range path {
		out[i] = Shown(name)
	}
	return out
}
