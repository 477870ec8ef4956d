package merge

import (
	"slices"
	"strings"

	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit"
)

// Settle answers conflicts. Each spec is a field ("label", "owner", "meta"), an
// exposure ("sales"), a field of one ("sales.label"), or "all". The narrower spec
// wins; of two equally narrow ones Keep does.
type Settle struct {
	Take []string // Tableau's value goes into the file
	Keep []string // the file's value stays, and is asked about only when Tableau's changes again
}

// verdict of a conflict.
type verdict uint8

const (
	verdictNone verdict = iota
	verdictTake
	verdictKeep
)

func (s Settle) verdict(name, field string) verdict {
	narrowest := func(specs []string) (n int) {
		for _, spec := range specs {
			n = max(n, specificity(spec, name, field))
		}
		return n
	}
	t, k := narrowest(s.Take), narrowest(s.Keep)
	switch {
	case t == 0 && k == 0:
		return verdictNone
	case t > k:
		return verdictTake
	}
	return verdictKeep
}

// specificity says how closely a spec names a field: 0 not at all, 4 exactly.
func specificity(spec, name, field string) int {
	own, rest, dotted := strings.Cut(spec, ".")
	switch {
	case spec == "all":
		return 1
	case ownsField(spec):
		if coversField(spec, field) {
			return 2
		}
	case own != name:
	case !dotted:
		return 3
	case coversField(rest, field):
		return 4
	}
	return 0
}

// coversField: "owner" means owner.name too, and the place of tags and meta, which
// depends on the dbt version, does not matter.
func coversField(spec, field string) bool {
	spec, field = strings.TrimPrefix(spec, "config."), strings.TrimPrefix(field, "config.")
	return field == spec || strings.HasPrefix(field, spec+".")
}

// ownsField reports whether a spec names a field rather than an exposure.
func ownsField(spec string) bool {
	metaKey := exposure.DefaultMetaKey
	if parts := strings.Split(strings.TrimPrefix(spec, "config."), "."); parts[0] == "meta" && len(parts) > 1 {
		metaKey = parts[1]
	}
	return slices.ContainsFunc(exposure.OwnedFields(metaKey), func(f yamledit.Field) bool { return coversField(spec, f.ID()) })
}

// Unknown lists the specs that name neither a field nor one of these exposures.
func (s Settle) Unknown(names []string) []string {
	var out []string
	for _, spec := range slices.Concat(s.Take, s.Keep) {
		own, rest, dotted := strings.Cut(spec, ".")
		known := spec == "all" || ownsField(spec) || slices.Contains(names, own) && (!dotted || ownsField(rest))
		if !known {
			out = append(out, spec)
		}
	}
	return out
}
