package glob

import (
	"slices"
	"strings"
	"testing"
)

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"a*", "a.b/c", true},
		{"*b*d", "abcd", true},
		{"*b*d", "abcde", false},
		{"a?c", "abc", true},
		{"a?c", "ac", false},
		{"[ab]c", "bc", true},
		{"[!ab]c", "bc", false},
		{"[!ab]c", "cc", true},
		{"[a-c]x", "bx", true},
		{"[c-a]x", "bx", false},
		{"[a-]x", "-x", true},
		{"[]]x", "]x", true},
		{"[!]]x", "]x", false},
		{"[x", "[x", true},
		{"[]", "[]", true},
		{"[^a]b", "^b", true}, // only ! negates
		{`a\*`, `a\b`, true},  // nothing is escaped
		{"A*", "abc", false},
		{"ü?", "üß", true},
		{"", "", true},
		{"", "a", false},
		{"**", "", true},
	} {
		if Match(c.pattern, c.text) != c.want {
			t.Errorf("%q against %q is %v", c.pattern, c.text, !c.want)
		}
	}
}

func TestPaths(t *testing.T) {
	f := Files{}
	for _, file := range []string{"models/a/x.sql", "models/y.yml", "seeds/z.csv"} {
		f.Add(file)
	}
	for pattern, want := range map[string]string{
		"models":        "models",
		"./models//":    "models",
		"models/*":      "models/a models/y.yml",
		"models/**":     "models models/a",
		"**/*.sql":      "models/a/x.sql",
		"**":            ". models models/a seeds",
		"m*/a/x.sql":    "models/a/x.sql",
		"models/a/x":    "",
		"mod":           "",
		"*/*/x.sql":     "models/a/x.sql",
		"models/y.yml/": "models/y.yml",
		"../models":     "",
	} {
		var got []string
		for file := range f.Found(pattern) {
			got = append(got, file)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%q finds %q, want %q", pattern, got, want)
		}
	}
}

// Patterns match as a plain search over all ways to cut the text says.
func FuzzWildcards(f *testing.F) {
	for _, seed := range [][2]string{{"fct_*", "fct_orders"}, {"*a*b", "xaxb"}, {"[!a-c]?", "dx"}, {"[]]", "]"}, {"[", "["}, {"[!]", "[!]"}, {"**", ""}, {"[a-]", "-"}, {"a[b-", "a[b-"}, {"[z-a]", "m"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 12 || len(text) > 12 {
			return // the plain search takes long
		}
		want := searched([]rune(pattern), []rune(text))
		if got := fnmatch([]rune(pattern), []rune(text)); got != want {
			t.Errorf("%q matches %q: %t, want %t", pattern, text, got, want)
		}
		u := Files{}
		u.Add("models/" + text + ".sql")
		u.Found(pattern) // any pattern ends
	})
}

func searched(pattern, text []rune) bool {
	switch {
	case len(pattern) == 0:
		return len(text) == 0
	case pattern[0] == '*':
		return searched(pattern[1:], text) || len(text) > 0 && searched(pattern, text[1:])
	case len(text) == 0:
		return false
	}
	width := matchOne(pattern, text[0])
	return width > 0 && searched(pattern[width:], text[1:])
}
