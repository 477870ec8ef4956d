package change

import (
	"slices"
	"strings"

	"darkroom/model/selector"
)

// macro marks a macro.
func (f *fileWalk) macro(id string) {
	f.changed[id] = true
	f.name(id[strings.LastIndexByte(id, '.')+1:])
}

// macroCalled marks a macro of the package by its name. One that came or went changes what
// others of that name are called for, those of packages.
func (f *fileWalk) macroCalled(name string, cameOrWent bool) {
	f.name(name)
	own := "macro." + f.pkg.Name + "." + name
	if _, known := f.in.Macros[own]; known {
		f.macro(own)
	}
	if !cameOrWent {
		return
	}
	for id := range f.in.Macros {
		if strings.HasSuffix(id, "."+name) {
			f.macro(id)
		}
	}
}

func (f *fileWalk) name(name string) {
	f.names[name] = true
}

// macros marks what uses changed macros, and what dbt calls them for by itself.
func (f *fileWalk) macros() {
	for id, macros := range f.users(f.changed) {
		c := f.add(f.nodes[id], InMacros)
		c.Macros = macros
	}
	for name := range f.names {
		if named, is := strings.CutPrefix(name, "materialization_"); is {
			f.each(InMacros, func(n *selector.Node) bool {
				return n.Config != nil && isMaterialized(n.Config.At([]string{"materialized"}), named)
			})
		}
		if strings.HasPrefix(name, "generate_") && strings.HasSuffix(name, "_name") {
			f.each(InMacros, func(n *selector.Node) bool { return n.Type == "model" || n.Type == "seed" || n.Type == "snapshot" })
		}
	}
}

// isMaterialized reports that a macro materializes such a thing: its name is the
// materialization's with the adapter's behind it.
func isMaterialized(configured any, named string) bool {
	as, ok := configured.(string)
	return ok && as != "" && (named == as || strings.HasPrefix(named, as+"_"))
}

// users are the nodes that use some macros, directly or through others, with those.
func (f *fileWalk) users(macros map[string]bool) map[string][]string {
	if len(macros) == 0 {
		return nil
	}
	callers := map[string][]string{}
	for id, m := range f.in.Macros {
		for _, called := range m.Macros {
			callers[called] = append(callers[called], id)
		}
	}
	reached := map[string][]string{} // by macro: the changed ones that it is or uses
	for id := range macros {
		seen := map[string]bool{id: true}
		for queue := []string{id}; len(queue) > 0; queue = queue[1:] {
			reached[queue[0]] = append(reached[queue[0]], id)
			for _, caller := range callers[queue[0]] {
				if !seen[caller] {
					seen[caller] = true
					queue = append(queue, caller)
				}
			}
		}
	}
	users := map[string][]string{}
	for i := range f.in.Nodes {
		n := &f.in.Nodes[i]
		var found []string
		for _, id := range n.Macros {
			found = append(found, reached[id]...)
		}
		if slices.Sort(found); len(found) > 0 {
			users[n.ID] = slices.Compact(found)
		}
	}
	return users
}
