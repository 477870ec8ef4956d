package yamltext

import (
	"regexp"
	"testing"
)

// What is written without quotes: names, counts and calls.
func FuzzPlainSafe(f *testing.F) {
	form := regexp.MustCompile(`^([a-z][a-z0-9_]*|[1-9][0-9]*|(ref|source)\([A-Za-z0-9_.', =-]+\))$`)
	for _, s := range hostile {
		f.Add(s)
	}
	for _, s := range []string{"a1_", "_a", "1a", "a-b", "A", "ref()", "ref(a)b)", "ref('a') ", "refs('a')", "ref", ")", "(", "ref('é')", "10", "01", "on", "z{", "`", ":"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := plainSafe(s), form.MatchString(s) && !Reserved(s); got != want {
			t.Errorf("%q: %t", s, got)
		}
	})
}
