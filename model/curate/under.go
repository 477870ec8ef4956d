package curate

import (
	"path"
	"slices"
	"strings"
)

// Under reports whether a project lies at or below what a pattern names: a path
// of projects, outermost first, each part with *, ? and [abc] (path.Match), upper
// and lower case the same. "Sales/EMEA*" takes Sales/EMEA North and what is in
// it, not Sales. A slash in a project's own name is one character that ? and *
// match and that is written \/.
func Under(pattern string, project []string) bool {
	parts := PatternParts(pattern)
	if len(parts) > len(project) {
		return false
	}
	for i, part := range parts {
		if ok, err := path.Match(strings.ToLower(part), FoldProject(project[i])); !ok || err != nil {
			return false
		}
	}
	return true
}

// UnderAny is Under for one of several patterns.
func UnderAny(patterns, project []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return Under(p, project) })
}

// inName replaces a slash in a project's own name, which path.Match would take
// for the end of a part.
const inName = "\x00"

// FoldProject is a project's name as patterns see it: two names with the same
// fold match the same patterns.
func FoldProject(name string) string {
	return strings.ReplaceAll(strings.ToLower(name), "/", inName)
}

// PatternParts cuts a pattern of [Under] at the slashes between projects, into
// what path.Match takes.
func PatternParts(pattern string) []string {
	if !strings.Contains(pattern, `\`) {
		return strings.Split(pattern, "/")
	}
	var parts []string
	var part strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch rest := pattern[i:]; {
		case strings.HasPrefix(rest, `\/`):
			part.WriteString(inName)
			i++
		case rest[0] == '\\' && len(rest) > 1:
			part.WriteString(rest[:2])
			i++
		case rest[0] == '/':
			parts = append(parts, part.String())
			part.Reset()
		default:
			part.WriteByte(rest[0])
		}
	}
	return append(parts, part.String())
}

// Pattern is the pattern that names just this project, and what lies below it.
// A project without a name has none.
func Pattern(project []string) string {
	var b strings.Builder
	for i, name := range project {
		if i > 0 {
			b.WriteByte('/')
		}
		for _, r := range name {
			if strings.ContainsRune(`*?[\/`, r) {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}
