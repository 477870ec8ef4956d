package decide

import (
	"strings"

	"darkroom/model/ledger"
	"darkroom/model/match"
	"darkroom/model/shellword"
	"darkroom/sources/project/config"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/app"
)

// kept are the fixes of one kind that a project has: those of darkroom.yml, which people
// write, and those of the explorer and of commands.
type kept struct{ written, learnt []ledger.Fix }

func keptIn(w *workspace.Workspace, word string) kept {
	return kept{
		written: fixesOf(config.Matches{Maps: w.Config.Maps, Pins: w.Config.Pins, Ignore: w.Config.Ignore}, word),
		learnt:  fixesOf(w.Store.Matches(), word),
	}
}

func fixesOf(m config.Matches, word string) (all []ledger.Fix) {
	switch word {
	case "map":
		for _, x := range m.Maps {
			all = append(all, ledger.Fix{Map: &match.Map{BI: x.BI, Dbt: x.DBT}})
		}
	case "pin":
		for _, x := range m.Pins {
			all = append(all, ledger.Fix{Pin: &match.Pin{Table: x.Table, Node: x.Node}})
		}
	case "ignore":
		for _, x := range m.Ignore {
			all = append(all, ledger.Fix{Ignore: &match.Ignore{Table: x.Table}})
		}
	}
	return all
}

// sides are the name that a fix is about, and what it makes of it.
func sides(f ledger.Fix) (name, to string) {
	switch {
	case f.Map != nil:
		return f.Map.BI, f.Map.Dbt
	case f.Pin != nil:
		return f.Pin.Table, f.Pin.Node
	}
	return f.Ignore.Table, ""
}

// about is the first fix about the same name. Letter case makes no difference to maps.
func about(all []ledger.Fix, f ledger.Fix) (ledger.Fix, bool) {
	name, _ := sides(f)
	for _, x := range all {
		if own, _ := sides(x); own == name || f.Map != nil && strings.EqualFold(own, name) {
			return x, true
		}
	}
	return ledger.Fix{}, false
}

// add reports whether a fix is kept already. One that says something else about the same
// name is in the way: of two, the first counts.
func (k kept) add(f ledger.Fix) (already bool, err error) {
	_, to := sides(f)
	if old, ok := about(k.written, f); ok {
		if _, own := sides(old); own != to {
			return false, app.Usage("%s has %s already; change it there", config.Name, old)
		}
		return true, nil
	}
	if old, ok := about(k.learnt, f); ok {
		name, own := sides(old)
		if own != to {
			return false, app.Usage("%s is kept already; take it away first: darkroom %s %s %s --remove",
				old, old.Word(), shellword.Quote(name), shellword.Quote(own))
		}
		return true, nil
	}
	return false, nil
}

// remove gives the fix that is kept, as it is written. What a map says of the name has to
// be the same; a pin is known by its table.
func (k kept) remove(f ledger.Fix) (ledger.Fix, error) {
	_, to := sides(f)
	if old, ok := about(k.learnt, f); ok {
		if _, own := sides(old); own == to || f.Map == nil {
			return old, nil
		}
		return old, app.Usage("%s is not kept, but %s is", f, old)
	}
	if old, ok := about(k.written, f); ok {
		return old, app.Usage("%s is in %s; take it out there", old, config.Name)
	}
	const most = 5
	var said []string
	for _, x := range k.learnt[:min(len(k.learnt), most)] {
		said = append(said, x.String())
	}
	if len(said) == 0 {
		return f, app.Usage("%s is not kept: there is no %s", f, f.Word())
	}
	return f, app.Usage("%s is not kept; there are: %s", f, strings.Join(said, ", "))
}
