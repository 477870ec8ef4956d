package refresh

import (
	"fmt"
	"slices"
	"time"

	"darkroom/model/declared"
	"darkroom/model/lineage"
)

// DefaultWindow is dbt's recommended interval.
const DefaultWindow = 1440 * time.Minute

// Window is how long an extract is left alone after a refresh, unless exposures ask for
// something else.
type Window time.Duration

// Setting is what the exposures of an extract's dashboards ask for (RULES.md#settings).
type Setting struct {
	Never  []string // names of exposures that say never, sorted
	Window time.Duration
}

// settings gives each extract its own.
func settings(g *lineage.Graph, extracts []*Extract, window Window) {
	of := map[lineage.ID][]*declared.Exposure{}
	index := declared.Of(g)
	for i := range index.All {
		if e := &index.All[i]; e.Dashboard != nil {
			of[e.Dashboard.ID] = append(of[e.Dashboard.ID], e)
		}
	}
	for _, x := range extracts {
		s := &x.Setting
		s.Window = time.Duration(window)
		first := true
		for _, d := range x.Dashboards {
			for _, e := range of[d.ID] {
				asked := time.Duration(window)
				switch {
				case e.Refresh.Never:
					s.Never = append(s.Never, e.Name)
					continue
				case e.Refresh.HasAfter:
					asked = time.Duration(e.Refresh.After) * time.Minute
				}
				if first || asked < s.Window {
					s.Window, first = asked, false
				}
			}
		}
		slices.Sort(s.Never)
		s.Never = slices.Compact(s.Never)
	}
}

// UnknownSettings are sentences about exposures whose meta has a refresh that means
// nothing here.
func UnknownSettings(g *lineage.Graph) (notes []string) {
	for _, e := range declared.Of(g).All {
		if e.Refresh.Unknown {
			notes = append(notes, fmt.Sprintf("exposure %s: meta.refresh is neither never nor {after: MINUTES}, and is ignored", e.Name))
		}
	}
	return notes
}
