package curate

import (
	"math/rand/v2"
	"testing"
)

func TestUnderNamesSlashes(t *testing.T) {
	for _, c := range []struct {
		pattern string
		project []string
		want    bool
	}{
		{`A\/B`, []string{"A/B"}, true},
		{`a\/b`, []string{"A/B", "C"}, true},
		{`A\/B`, []string{"A-B"}, false},
		{`A\/B`, []string{"A", "B"}, false},
		{`A/B`, []string{"A/B"}, false},
		{`A?B`, []string{"A/B"}, true},
		{`A\\/B`, []string{`A\`, "B"}, true},
		{`A\\\/B`, []string{`A\/B`}, true},
		{`[a\/]x`, []string{"/x"}, true},
		{`\[\*\?\\`, []string{`[*?\`}, true},
		{`A\`, []string{`A\`}, false}, // no pattern
	} {
		if got := Under(c.pattern, c.project); got != c.want {
			t.Errorf("Under(%q, %q) = %v", c.pattern, c.project, got)
		}
	}
}

// A pattern made of a project takes that project and what lies below it, and
// nothing else, whatever the names are made of.
func TestPatternIsExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	letters := []string{"a", "A", "b", "/", `\`, "*", "?", "[", "]", "^", "-", " ", ".", "é", "İ", "K", "日", "\x00", "\xff"}
	project := func() []string {
		path := make([]string, 1+rng.IntN(3))
		for i := range path {
			for range 1 + rng.IntN(3) {
				path[i] += letters[rng.IntN(len(letters))]
			}
		}
		return path
	}
	inside := func(outer, path []string) bool {
		if len(outer) > len(path) {
			return false
		}
		for i := range outer {
			if FoldProject(outer[i]) != FoldProject(path[i]) {
				return false
			}
		}
		return true
	}
	for range 20_000 {
		outer := project()
		other := project()
		if rng.IntN(2) == 0 {
			other = append(append([]string{}, outer...), other...)
		}
		for _, path := range [][]string{outer, other} {
			if got, want := Under(Pattern(outer), path), inside(outer, path); got != want {
				t.Fatalf("pattern %q of %q, path %q: %v", Pattern(outer), outer, path, got)
			}
		}
	}
}
