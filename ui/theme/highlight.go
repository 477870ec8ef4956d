package theme

import "strings"

// Highlight draws the words of a filter inside a name in another style. Only the
// first occurrence of each word is highlighted, and none in a name that is longer
// or shorter in lower case.
func Highlight(name string, words []string, plain, hit Style) string {
	lower := strings.ToLower(name)
	if len(lower) != len(name) {
		return plain.Render(name)
	}
	on := make([]bool, len(name))
	for _, w := range words {
		if at := strings.Index(lower, w); at >= 0 {
			for i := at; i < at+len(w); i++ {
				on[i] = true
			}
		}
	}
	var b strings.Builder
	for from := 0; from < len(name); {
		to := from + 1
		for to < len(name) && on[to] == on[from] {
			to++
		}
		if on[from] {
			b.WriteString(hit.Render(name[from:to]))
		} else {
			b.WriteString(plain.Render(name[from:to]))
		}
		from = to
	}
	return b.String()
}
