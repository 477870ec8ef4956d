package workspace

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model/curate"
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
)

// noteCollections says where the scope or a rule names a collection that cannot
// choose anything. It comes first: it may be why nothing is shown.
func (w *Workspace) noteCollections() {
	if len(w.Graph.Sites) == 0 {
		return
	}
	var notes, names, filled []string
	for _, s := range w.Graph.Sites {
		if s.Collections == nil && len(w.Config.Scope.Collections) > 0 {
			notes = append(notes, fmt.Sprintf("site %s: its data has no collections, and scope: in %s wants some: none of its dashboards is shown; "+
				"Tableau Cloud offers them since REST API 3.28, to darkroom sync", s.Name, config.Name))
		}
		for i := range s.Collections {
			c := &s.Collections[i]
			names = append(names, c.Name)
			if len(c.WorkbookIDs)+len(c.DashboardIDs) > 0 {
				filled = append(filled, c.Name)
			}
		}
	}
	look := func(where string, wanted []string) {
		for _, name := range wanted {
			switch one := []string{name}; {
			case !curate.Meet(one, names):
				notes = append(notes, fmt.Sprintf("%s in %s: no loaded site has a collection %q; %s", where, config.Name, disk.Clip(name), thereAre(names)+wholeNames(name)))
			case !curate.Meet(one, filled):
				notes = append(notes, fmt.Sprintf("%s in %s: the collection %q holds no workbook or dashboard that the account can see", where, config.Name, disk.Clip(name)))
			}
			notes = append(notes, w.namesakes(where, name)...)
		}
	}
	look("scope:", w.Config.Scope.Collections)
	for i, r := range w.Config.Rules {
		look(config.RuleName(i), r.Collections)
	}
	w.Warnings = append(notes, w.Warnings...)
}

// namesakes says where a name means more than one collection of a site: they are
// chosen by name.
func (w *Workspace) namesakes(where, name string) (notes []string) {
	for _, s := range w.Graph.Sites {
		n := 0
		for i := range s.Collections {
			if strings.EqualFold(s.Collections[i].Name, name) {
				n++
			}
		}
		if n > 1 {
			notes = append(notes, fmt.Sprintf("%s in %s: site %s has %d collections called %q, and the name matches all of them; "+
				"rename the others in Tableau", where, config.Name, s.Name, n, disk.Clip(name)))
		}
	}
	return notes
}

// thereAre names the first of what could have been meant.
func thereAre(names []string) string {
	const most = 10
	names = slices.DeleteFunc(slices.Clone(names), func(s string) bool { return strings.TrimSpace(s) == "" })
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) == 0 {
		return "there are none"
	}
	more := ""
	if n := len(names) - most; n > 0 {
		names, more = names[:most], fmt.Sprintf(" and %d more", n)
	}
	for i, name := range names {
		names[i] = fmt.Sprintf("%q", disk.Clip(name))
	}
	return "there are " + strings.Join(names, ", ") + more
}
