package walk

import (
	"cmp"
	"strings"

	"darkroom/model"
	"darkroom/model/reason"
)

// cutOffCause is the gap behind an object that is not known in full
// (model.Dashboard.Incomplete). It takes the place of reasons that explain why a
// list is empty: a list that was cut off proves nothing.
func cutOffCause(what, why, id string) gapCause {
	text := what + ": " + why
	if what == "" {
		text = why
	}
	if rest, own := strings.CutPrefix(why, model.AnswerCutOff); own {
		text = "the answer about " + what + " was cut off: " + rest
	}
	return gapCause{reason.CutOff, text + "; tables may be missing; sync again", id}
}

func kindAndName(kind, name string) string {
	if !model.KnownName(name) {
		return "a " + kind + " known by its id only" // its name is missing, not hidden
	}
	return kind + " " + model.QuotedName(name)
}

func sourceNamed(d *model.Datasource) string {
	if d.Published {
		return kindAndName("published data source", d.Name)
	}
	return kindAndName("data source", d.Name)
}

func tableNamed(t *model.Table) string {
	switch t.Kind {
	case model.CustomSQLTable:
		return kindAndName("custom SQL", t.Name)
	case model.VirtualConnectionTable:
		return kindAndName("virtual connection table", t.Name)
	}
	return kindAndName("table", cmp.Or(t.Name, t.FullName))
}

// isIdentified reports whether enough of a table is known to match it: with half of
// its name it would be matched to another, and a false edge is worse than a missing
// one.
func isIdentified(t *model.Table) bool {
	if t.Incomplete() == "" {
		return true
	}
	return t.Database() != "" && t.ConnectionType() != "" && (t.Kind == model.CustomSQLTable || t.FullName != "")
}
