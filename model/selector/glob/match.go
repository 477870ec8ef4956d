// Package glob matches names as Python's fnmatch does, and paths as its Path.glob does: dbt
// uses both (model/selector/SELECTORS.md#wildcards).
package glob

import "strings"

// Match is fnmatch: * crosses everything, sets are negated with !, a bracket that is not
// closed is itself.
func Match(pattern, s string) bool {
	if !strings.ContainsAny(pattern, "*?[") {
		return pattern == s
	}
	return fnmatch([]rune(pattern), []rune(s))
}

func fnmatch(pattern, s []rune) bool {
	p, i := 0, 0
	retry, from := -1, 0 // behind the last *, and what it has taken
	for i < len(s) {
		if p < len(pattern) && pattern[p] == '*' {
			p++
			retry, from = p, i
			continue
		}
		if width := matchOne(pattern[p:], s[i]); width > 0 {
			p, i = p+width, i+1
			continue
		}
		if retry < 0 {
			return false
		}
		from++
		p, i = retry, from
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

// matchOne says how much of the pattern matches one letter; 0 when it does not.
func matchOne(pattern []rune, c rune) int {
	if len(pattern) == 0 {
		return 0
	}
	switch pattern[0] {
	case '?':
		return 1
	case '[':
		if end := setEnd(pattern); end > 0 {
			if inSet(pattern[1:end], c) {
				return end + 1
			}
			return 0
		}
	}
	if pattern[0] == c {
		return 1
	}
	return 0
}

// setEnd is where the bracket that closes a set is; 0 when none does. Directly behind
// the opening one, or behind its !, it is a letter.
func setEnd(pattern []rune) int {
	i := 1
	if i < len(pattern) && pattern[i] == '!' {
		i++
	}
	for i++; i < len(pattern); i++ {
		if pattern[i] == ']' {
			return i
		}
	}
	return 0
}

func inSet(set []rune, c rune) bool {
	negated := set[0] == '!' && len(set) > 0
	if negated {
		set = set[1:]
	}
	found := false
	for i := 0; i < len(set); i++ {
		if i+2 < len(set) && set[i+1] == '-' {
			found = found || set[i] <= c && c <= set[i+2]
			i += 2
			continue
		}
		found = found || set[i] == c
	}
	return found != negated
}
