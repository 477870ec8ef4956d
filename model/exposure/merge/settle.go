package merge

import (
	"slices"
	"strings"

	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit/yamltext"
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

// specs are the answers of one side, found by the exposure that they name.
type specs struct {
	general []string            // "all" and fields
	named   map[string][]string // the rest; one with dots is under each part before one
}

func newSpecs(list []string) specs {
	s := specs{named: map[string][]string{}}
	for _, spec := range list {
		if spec == "all" || ownsField(spec) {
			s.general = append(s.general, spec)
			continue
		}
		s.named[spec] = append(s.named[spec], spec)
		for i, r := range spec {
			if r == '.' {
				s.named[spec[:i]] = append(s.named[spec[:i]], spec)
			}
		}
	}
	return s
}

// narrowest says how closely a side names a field: 0 not at all, 4 exactly.
func (s *specs) narrowest(name, field string) (n int) {
	for _, spec := range s.general {
		switch {
		case spec == "all":
			n = max(n, 1)
		case coversField(spec, field):
			n = max(n, 2)
		}
	}
	for _, spec := range s.named[name] {
		switch rest, dotted := strings.CutPrefix(spec, name+"."); {
		case !dotted:
			n = max(n, 3)
		case coversField(rest, field):
			n = max(n, 4)
		}
	}
	return n
}

// answers are a Settle made ready for many questions.
type answers struct{ take, keep specs }

func (s Settle) answers() *answers { return &answers{newSpecs(s.Take), newSpecs(s.Keep)} }

func (a *answers) verdict(name, field string) verdict {
	t, k := a.take.narrowest(name, field), a.keep.narrowest(name, field)
	switch {
	case t == 0 && k == 0:
		return verdictNone
	case t > k:
		return verdictTake
	}
	return verdictKeep
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
	return slices.ContainsFunc(exposure.OwnedFields(metaKey), func(f yamltext.Field) bool { return coversField(spec, f.ID()) })
}

// Unknown lists the specs that name neither a field nor one of these exposures.
func (s Settle) Unknown(names func() []string) []string {
	if len(s.Take)+len(s.Keep) == 0 {
		return nil
	}
	var out []string
	known := map[string]bool{}
	for _, name := range names() {
		known[name] = true
	}
	for _, spec := range slices.Concat(s.Take, s.Keep) {
		ok := spec == "all" || ownsField(spec) || known[spec]
		for i, r := range spec { // names that were written by hand can have dots
			ok = ok || r == '.' && known[spec[:i]] && ownsField(spec[i+1:])
		}
		if !ok {
			out = append(out, spec)
		}
	}
	return out
}
