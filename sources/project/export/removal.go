package export

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure/merge"
	"darkroom/sources/project/config"
	"darkroom/sources/project/decisions"
)

// Removal is a large part of a project's entries that would go at once without a
// decision about them (sources/project/FILES.md#mass-removal).
type Removal struct {
	Project  string
	Site     string // its ID when all entries of that site would go; otherwise empty
	Names    []string
	Of       int // entries of the project, or of the site
	Why, Fix string
}

// String is the whole sentence, without how to go on.
func (r Removal) String() string {
	of := "of " + r.Project
	if r.Site != "" {
		of += " for " + r.Site
	}
	return fmt.Sprintf("this would remove %d of %d entries %s: %s", len(r.Names), r.Of, of, r.Why)
}

// Kept are entries that stay because nothing says that they should go.
type Kept struct {
	Names    []string
	Why, Fix string
}

// String is the whole sentence.
func (k Kept) String() string { return Some(k.Names) + ": kept, " + k.Why + "; " + k.Fix }

// Some are the first of a list of names, and how many more there are.
func Some(names []string) string {
	const most = 3
	some := strings.Join(names[:min(len(names), most)], ", ")
	if n := len(names) - most; n > 0 {
		some = fmt.Sprintf("%s and %d more", some, n)
	}
	return some
}

// fewest is how many entries have to go without a decision before that is asked about. One
// alone is not many; but when a site was read without any dashboard, one is enough.
const fewest = 2

// undecidedHere says why undecided means nothing for this project. Its Why is empty when it
// does mean something.
func (x *causes) undecidedHere(pe projectExport) Kept {
	store := x.w.Store
	if root := pe.project.Root; root != x.w.Root && decisions.In(root) {
		return Kept{
			Why: "undecided in " + filepath.Join(x.w.Root, config.Dir) + ", while " + root + " has its own decisions",
			Fix: "run darkroom in " + root + ", or exclude the dashboard to remove the entry",
		}
	}
	if store == nil || store.Found() {
		return Kept{}
	}
	return Kept{
		Why: "undecided because " + filepath.Join(x.w.Root, config.Dir, "decisions.yml") + " is missing",
		Fix: "restore that file from git, or include the dashboard again; exclude it to remove the entry",
	}
}

// keptOf lists what stays, those of emptied sites by site.
func keptOf(undecided Kept, emptied map[string][]string) (out []Kept) {
	if len(undecided.Names) > 0 {
		out = append(out, undecided)
	}
	for _, id := range slices.Sorted(maps.Keys(emptied)) {
		out = append(out, Kept{
			Names: emptied[id],
			Why:   "because site " + id + " was read without any dashboard",
			Fix:   "run darkroom sync again, darkroom doctor shows what the account may see; --prune --accept-removal removes the entry",
		})
	}
	return out
}

// massRemovals looks at what the items of a project remove of its entries.
func (x *causes) massRemovals(p *model.Project, entries []merge.Entry, items []merge.Item) []Removal {
	removed := removedBy(items)
	if len(removed) == 0 {
		return nil
	}
	all := gather{Removal: Removal{Project: p.Name}}
	sites := map[string]*gather{}
	for i := range entries {
		e := &entries[i]
		site := sites[siteID(e)]
		if site == nil {
			site = &gather{Removal: Removal{Project: p.Name, Site: siteID(e)}, empty: x.emptySite(siteID(e))}
			sites[siteID(e)] = site
		}
		for _, g := range []*gather{&all, site} {
			g.Of++
			if why := x.cause(e); removed[e.Key] && why != causeDecided {
				g.Names = append(g.Names, e.Name)
				g.by[why]++
			}
		}
	}
	if len(all.Names) >= fewest && 2*len(all.Names) > all.Of {
		return []Removal{all.explained()}
	}
	var out []Removal
	for _, id := range slices.Sorted(maps.Keys(sites)) {
		if s := sites[id]; len(s.Names) > 0 && (s.empty || len(s.Names) >= fewest && len(s.Names) == s.Of) {
			out = append(out, s.explained())
		}
	}
	return out
}

// removedBy are the keys of what items remove.
func removedBy(items []merge.Item) map[string]bool {
	removed := map[string]bool{}
	for i := range items {
		if items[i].What == merge.Remove {
			removed[items[i].Key] = true
		}
	}
	return removed
}

// gather counts the causes of a removal.
type gather struct {
	Removal
	by    [causeGone + 1]int
	empty bool // the site has no dashboard at all
}

// explained adds the likely cause.
func (g *gather) explained() Removal {
	r := g.Removal
	switch {
	case g.empty:
		r.Why, r.Fix = "the site was read without any dashboard", "run darkroom sync again; darkroom doctor shows what the account may see"
	case g.by[causeGone] >= g.by[causeUndecided]:
		r.Why, r.Fix = "their dashboards are missing from what the BI tool reported", "see darkroom list inbox, and run darkroom sync again; darkroom doctor shows what the account may see"
	default:
		r.Why = "their dashboards are now undecided; was " + config.Dir + "/decisions.yml replaced, or a rule removed from " + config.Name + "?"
		r.Fix = "restore the file from git, or include them again; excluded ones are removed without asking"
	}
	return r
}
