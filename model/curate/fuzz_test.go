package curate

import (
	"slices"
	"strings"
	"testing"
)

// A project's own pattern fits it and all below it, whatever it is called; a pattern that
// fits a project fits all below it.
func FuzzUnder(f *testing.F) {
	for _, seed := range [][3]string{
		{"Sales", "EMEA", "Sales/EM*"}, {"a/b", `c\d`, `a\/b/*`}, {"[x]", "*", "[[]x]"}, {"Straße", "İ", "STRASSE/?"}, {"", " ", ""}, {"x\x00y", "\xff", `x\`}, {"A", "B", "a/[^b]"}, {"売上", "ﬀ", "売?"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, outer, inner, pattern string) {
		project := []string{outer, inner}
		if own := Pattern(project); outer != "" && inner != "" {
			if !Under(own, project) {
				t.Errorf("%q does not fit its own project %q", own, project)
			}
			if !UnderAny([]string{"-", Pattern(project[:1])}, project) {
				t.Errorf("%q does not fit what is below %q", Pattern(project[:1]), outer)
			}
		}
		for _, at := range [][]string{nil, project[:1], project} {
			if Under(pattern, at) && !Under(pattern, append(slices.Clone(at), "more")) {
				t.Errorf("%q fits %q, and not what is below", pattern, at)
			}
		}
		if fits, ok := FitsViews(pattern, 7); fits && !ok {
			t.Errorf("views %q", pattern)
		}
		if _, ok := FitsViews(pattern, -1); ok && strings.Trim(pattern, "<>=0123456789.kmKM") != "" {
			t.Errorf("%q is no number of views", pattern)
		}
	})
}
