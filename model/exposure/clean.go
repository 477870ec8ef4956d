package exposure

import (
	"strings"
	"unicode/utf8"

	"darkroom/model/visible"
)

// clean makes a text of Tableau safe for dbt, which renders nearly every string
// of a YAML file with Jinja: the six markers get a space between their two
// characters ("{{" becomes "{ {"). What is hidden in the text goes (model/visible), and
// bytes that are not UTF-8 become U+FFFD. Cleaning a clean text changes nothing.
func clean(s string) string {
	if asIs(s) {
		return s
	}
	s = visible.Strip(strings.ToValidUTF8(s, "\uFFFD"))
	if !strings.ContainsAny(s, "{}") {
		return s
	}
	var b strings.Builder
	var last rune
	for _, r := range s {
		if marker(last, r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// asIs reports a text of ASCII without braces, which most are: nothing in it is unsafe.
func asIs(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c == '{' || c == '}' {
			return false
		}
	}
	return true
}

// marker reports the pairs that start or end a Jinja expression, statement or
// comment.
func marker(a, b rune) bool {
	return a == '{' && (b == '{' || b == '%' || b == '#') ||
		b == '}' && (a == '}' || a == '%' || a == '#')
}

func cleanAll(list []string) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, clean(s))
	}
	return out
}

// cleanURL keeps an address working: braces are percent-encoded, not spaced.
func cleanURL(s string) string {
	if s = strings.TrimSpace(s); asIs(s) {
		return s
	}
	s = visible.Strip(strings.ToValidUTF8(s, "\uFFFD"))
	return braces.Replace(s)
}

var braces = strings.NewReplacer("{", "%7B", "}", "%7D")
