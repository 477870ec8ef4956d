package export

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"darkroom/model/exposure"
	"darkroom/model/shellword"
)

// noteNames adds a line about each exposure of the plan whose name dbt refuses.
func (p *Plan) noteNames() {
	for i := range p.Files {
		for _, e := range p.Files[i].Plan.Exposures {
			if !exposure.ValidName(e.Name) {
				p.Notes = append(p.Notes, fmt.Sprintf("%s is not a name for dbt: Core warns, and v2 (Fusion) refuses a space; darkroom rename %s %s",
					e.Name, shellword.Quote(e.Name), exposure.NameFor(e.Name)))
			}
		}
	}
}

// noteDeprecated adds one line about the models past their deprecation date that the
// exposures of the plan depend on.
func (p *Plan) noteDeprecated(today time.Time) {
	models, exposures := map[string]bool{}, 0
	for i := range p.Files {
		f := &p.Files[i]
		old := map[string]string{}
		for j := range f.Project.Resources {
			if r := &f.Project.Resources[j]; r.DeprecatedBy(today) {
				old[r.ID] = r.FullName() + " (" + r.Deprecation().Format(time.DateOnly) + ")"
			}
		}
		for j := range f.Plan.Exposures {
			found := false
			for _, id := range f.Plan.Exposures[j].ParentIDs {
				if name := old[id]; name != "" {
					found, models[name] = true, true
				}
			}
			if found {
				exposures++
			}
		}
	}
	if exposures == 0 {
		return
	}
	const most = 3
	names := slices.Sorted(maps.Keys(models))
	if n := len(names); n > most {
		names = append(names[:most], fmt.Sprintf("%d more", n-most))
	}
	p.Notes = append(p.Notes, fmt.Sprintf("exposures on models past their deprecation date: %d, on %s; darkroom list advice names them", exposures, strings.Join(names, ", ")))
}
