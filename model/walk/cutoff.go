package walk

import (
	"cmp"
	"strings"

	"darkroom/model"
)

// cutOff is the gap behind an object that is not known in full
// (model.Dashboard.Incomplete). It takes the place of reasons that only explain
// silence: whoever was interrupted is not silent.
func cutOff(what, why, id string) hidden {
	text := what + ": " + why
	if what == "" {
		text = why
	}
	if rest, own := strings.CutPrefix(why, model.OwnAnswerCut); own {
		text = "Tableau's answer about " + what + " was cut off: " + rest
	}
	return hidden{CutOff, text + "; tables may be missing; sync again", id}
}

func named(kind, name string) string {
	if !model.KnownName(name) {
		return "a " + kind + " known by its id only" // nobody hides its name
	}
	return kind + " " + model.QuotedName(name)
}

func sourceNamed(d *model.Datasource) string {
	if d.Published {
		return named("published data source", d.Name)
	}
	return named("data source", d.Name)
}

func tableNamed(t *model.Table) string {
	switch t.Kind {
	case model.CustomSQLTable:
		return named("custom SQL", t.Name)
	case model.VirtualConnectionTable:
		return named("virtual connection table", t.Name)
	}
	return named("table", cmp.Or(t.Name, t.FullName))
}

// sure reports whether what tells a table apart is known: with half of its name it
// would be matched to what is not it, and a false edge is worse than a missing one.
func sure(t *model.Table) bool {
	if t.Incomplete == "" {
		return true
	}
	return t.Database != "" && t.ConnectionType != "" && (t.Kind == model.CustomSQLTable || t.FullName != "")
}
