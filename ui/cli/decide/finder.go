package decide

import (
	"maps"
	"slices"
	"strings"

	"darkroom/model/editdistance"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/output"
	"darkroom/ui/text"
)

// finder finds what arguments name. What is taken away may be of a table that is not there
// any more.
type finder struct {
	*lineage.Graph
	remove bool
}

func pinOf(f finder, args []string, why string) (ledger.Fix, error) {
	table, err := f.table(args[0])
	if err != nil {
		return ledger.Fix{}, err
	}
	node, err := f.resource(args[1])
	return ledger.Fix{Pin: &match.Pin{Table: table, Node: node, Why: why}}, err
}

func ignoreOf(f finder, args []string, why string) (ledger.Fix, error) {
	table, err := f.table(args[0])
	return ledger.Fix{Ignore: &match.Ignore{Table: table, Why: why}}, err
}

func mapOf(_ finder, args []string, _ string) (ledger.Fix, error) {
	if args[0] == "" || args[1] == "" {
		return ledger.Fix{}, app.Usage("a map has a name on both sides")
	}
	return ledger.Fix{Map: &match.Map{BI: args[0], Dbt: args[1]}}, nil
}

// table is the canonical name of a table that some dashboard reads, given in full or by
// its last parts; a pattern is what it is.
func (f finder) table(name string) (string, error) {
	if strings.Contains(name, "*") {
		return name, nil
	}
	found := map[string]bool{}
	for _, d := range f.Dashboards() {
		for i := range d.Links {
			l := &d.Links[i]
			switch canonical := f.CanonicalName(l); {
			case canonical == "":
			case canonical == name:
				return name, nil
			case isTable(canonical, name):
				found[canonical] = true
			}
		}
	}
	names := slices.Sorted(maps.Keys(found))
	switch {
	case len(names) == 1:
		return names[0], nil
	case len(names) == 0 && f.remove:
		return name, nil
	case len(names) == 0:
		return "", app.Usage("no dashboard reads a table %q%s; darkroom gaps lists what is not linked", name, f.nearTable(name))
	}
	return "", app.Usage("%q is %s; give one of:\n  %s", name, text.Count(len(names), "table"), output.CleanLines(strings.Join(names, "\n  ")))
}

// isTable reports that a name is the last parts of a canonical one, whatever the case.
func isTable(canonical, name string) bool {
	_, path, _ := strings.Cut(canonical, "://")
	path, name = strings.ToLower(path), strings.ToLower(name)
	return path == name || strings.HasSuffix(path, "."+name)
}

// nearTable says which tables have a name near one, with as many parts as that has.
func (f finder) nearTable(name string) string {
	parts := strings.Count(name, ".") + 1
	var all []string
	for _, d := range f.Dashboards() {
		for i := range d.Links {
			_, path, _ := strings.Cut(f.CanonicalName(&d.Links[i]), "://")
			own := strings.Split(path, ".")
			all = append(all, strings.Join(own[max(0, len(own)-parts):], "."))
		}
	}
	return editdistance.Nearest(name, all)
}

// resource is the unique_id of a resource, given by it or by a name that one has.
func (f finder) resource(name string) (string, error) {
	if _, ok := f.Resource(name); ok || f.remove {
		return name, nil
	}
	var found, all []string
	for id := range lineage.ID(f.Resources()) {
		r := f.Node(id).Resource
		all = append(all, r.FullName())
		if r.Name == name || r.VersionedName() == name || r.FullName() == name {
			found = append(found, r.ID)
		}
	}
	slices.Sort(found)
	switch found = slices.Compact(found); len(found) {
	case 0:
		return "", app.Usage("dbt has no resource %q%s; darkroom list models lists them", name, editdistance.Nearest(name, all))
	case 1:
		return found[0], nil
	}
	return "", app.Usage("%q is %s; give one of:\n  %s", name, text.Count(len(found), "resource"), output.CleanLines(strings.Join(found, "\n  ")))
}
