package names

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"darkroom/model/editdistance"
	"darkroom/model/lineage"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/records"
	"darkroom/ui/text"
)

// Titles finds dashboards by what they are called.
type Titles struct {
	graph  *lineage.Graph
	folded map[string][]*lineage.Dashboard // by each name, whatever its case
	lower  []title                         // ordered; made for the first name that only begins one
}

// title is a name of a dashboard in lower case; at is the dashboard's place in the graph.
type title struct {
	name string
	at   int
}

// TitlesOf gathers titles, LUIDs, decision keys and addresses.
func TitlesOf(g *lineage.Graph) *Titles {
	t := &Titles{graph: g, folded: map[string][]*lineage.Dashboard{}}
	for _, d := range g.Dashboards() {
		for _, own := range titlesOf(d) {
			key := folded(own)
			if known := t.folded[key]; len(known) == 0 || known[len(known)-1] != d {
				t.folded[key] = append(known, d)
			}
		}
	}
	return t
}

func titlesOf(d *lineage.Dashboard) []string {
	return []string{d.Dashboard.Name, text.Clean(d.Dashboard.Name), d.Key, d.URL()}
}

// folded is the same for two names that strings.EqualFold takes for equal.
func folded(name string) string {
	return strings.Map(func(c rune) rune {
		first := c
		for next := unicode.SimpleFold(c); next != c; next = unicode.SimpleFold(next) {
			first = min(first, next)
		}
		return first
	}, name)
}

// Find takes a title, LUID, decision key or address; what fits exactly wins over what fits
// but for case, and that over a beginning.
func (t *Titles) Find(name string) (*lineage.Dashboard, error) {
	found := t.fitting(name)
	switch len(found) {
	case 0:
		var titles []string
		for _, d := range t.graph.Dashboards() {
			titles = append(titles, d.Title())
		}
		if out := workspace.OutOfScope(t.graph); out != "" {
			return nil, app.Usage("no dashboard is called %q%s; darkroom list dashboards lists those in scope; %s", name, editdistance.Nearest(name, titles), out)
		}
		return nil, app.Usage("no dashboard is called %q%s; darkroom list dashboards lists them all", name, editdistance.Nearest(name, titles))
	case 1:
		return found[0], nil
	}
	return nil, app.Usage("%q matches %d dashboards; give the LUID or key of one:\n%s", name, len(found), candidates(found))
}

func (t *Titles) fitting(name string) []*lineage.Dashboard {
	if name == "" {
		return nil
	}
	same := t.folded[folded(name)]
	exact := slices.DeleteFunc(slices.Clone(same), func(d *lineage.Dashboard) bool { return !slices.Contains(titlesOf(d), name) })
	switch {
	case len(exact) > 0:
		return exact
	case len(same) > 0:
		return same
	}
	return t.beginning(strings.ToLower(name))
}

// beginning are the dashboards of which a name begins so, in the order of the graph.
func (t *Titles) beginning(lower string) (found []*lineage.Dashboard) {
	all := t.graph.Dashboards()
	if t.lower == nil {
		for at, d := range all {
			for _, own := range titlesOf(d) {
				t.lower = append(t.lower, title{strings.ToLower(own), at})
			}
		}
		slices.SortFunc(t.lower, func(a, b title) int { return strings.Compare(a.name, b.name) })
	}
	var places []int
	from, _ := slices.BinarySearchFunc(t.lower, lower, func(own title, name string) int { return strings.Compare(own.name, name) })
	for _, own := range t.lower[from:] {
		if !strings.HasPrefix(own.name, lower) {
			break
		}
		places = append(places, own.at)
	}
	slices.Sort(places)
	for _, at := range slices.Compact(places) {
		found = append(found, all[at])
	}
	return found
}

func candidates(found []*lineage.Dashboard) string {
	const most = 10
	var b strings.Builder
	oneSite := !slices.ContainsFunc(found, func(d *lineage.Dashboard) bool { return d.Site != found[0].Site })
	for _, d := range found[:min(len(found), most)] {
		place := records.Place(d)
		if !oneSite {
			place += ", site " + d.Site.ID()
		}
		fmt.Fprintf(&b, "  %s  %s (%s)\n", text.Clean(d.Key), text.Clean(d.Title()), text.Clean(place))
	}
	if n := len(found) - most; n > 0 {
		fmt.Fprintf(&b, "  and %d more\n", n)
	}
	return strings.TrimRight(b.String(), "\n")
}
