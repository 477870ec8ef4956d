package workbook

import (
	"strings"
)

// features says which side of a feature flag a file is written for, as its
// document-format-change-manifest says. While a feature is in transition
// Tableau writes elements and attributes twice, as _.fcp.<Feature>.true...<name>
// and .false...; both may be there with different meanings (FILES.md#feature-prefixes).
type features map[string]bool

// note reads an entry of the manifest: "_.fcp.F.true...F", or a plain "F" once
// the feature has arrived.
func (f features) note(entry string) {
	t := splitFeature(entry)
	switch t.feature {
	case "":
		f[t.name] = true
	case t.name:
		f[t.feature] = t.side
	}
}

// live is the side that counts; unknown features count as arrived.
func (f features) live(feature string) bool {
	side, known := f[feature]
	return side || !known
}

// featureName is a name without its feature prefix: what equivalents share.
type featureName struct {
	name    string
	feature string // "" for a plain name
	side    bool
}

func splitFeature(name string) featureName {
	rest, ok := strings.CutPrefix(name, "_.fcp.")
	if !ok {
		return featureName{name: name}
	}
	flag, base, ok := strings.Cut(rest, "...")
	if !ok {
		return featureName{name: name}
	}
	if feature, ok := strings.CutSuffix(flag, ".true"); ok {
		return featureName{base, feature, true}
	}
	if feature, ok := strings.CutSuffix(flag, ".false"); ok {
		return featureName{base, feature, false}
	}
	return featureName{name: name}
}

// choose drops of every pair of equivalents the side that does not count. A side whose
// equivalent is missing stays: better an old form than none. At the top, where there is
// one relation only, equivalents beat a plain one (FILES.md#feature-prefixes).
func (f features) choose(list []*relation, top bool) []*relation {
	sides := map[featureName]bool{}
	for _, r := range list {
		if r.featureName.feature != "" {
			sides[featureName{feature: r.featureName.feature, side: r.featureName.side}] = true
		}
	}
	if len(sides) == 0 {
		return list
	}
	var out []*relation
	for _, r := range list {
		t := r.featureName
		switch {
		case t.feature == "" && top:
		case t.feature == "", t.side == f.live(t.feature), !sides[featureName{feature: t.feature, side: !t.side}]:
			out = append(out, r)
		}
	}
	return out
}
