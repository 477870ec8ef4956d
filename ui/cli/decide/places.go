package decide

import (
	"maps"
	"slices"
	"strings"

	"darkroom/model/editdistance"
	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/model/relation"
	"darkroom/ui/cli/app"
)

// checkPlaces refuses a map with a name that nothing has, on either side. It is for a map
// that changes nothing: one that does is right, whatever its names.
func checkPlaces(g *lineage.Graph, m *match.Map) error {
	if bi := placesOf(g); !bi.has(m.BI) {
		return app.Usage("no table that a dashboard reads is in %q%s; darkroom gaps lists what is not linked", m.BI, bi.near(m.BI))
	}
	if dbt := relationPlaces(g); !dbt.has(m.Dbt) {
		return app.Usage("dbt has nothing in %q%s; darkroom list models lists where models are", m.Dbt, dbt.near(m.Dbt))
	}
	return nil
}

// places are the databases, the schemas, and the schemas in their databases that tables
// have, in lower case, with how one of them is written.
type places map[string]string

// add takes the parts of a name before the table.
func (p places) add(parts ...string) {
	for from := range parts {
		for to := from + 1; to <= len(parts); to++ {
			whole := strings.Join(parts[from:to], ".")
			p[strings.ToLower(whole)] = whole
		}
	}
}

// has reports that a side of a map is one of them. A schema with a star is any.
func (p places) has(name string) bool {
	var parts []string
	for _, part := range relation.Read(name) {
		if strings.Contains(part.Text, "*") {
			break
		}
		parts = append(parts, part.Text)
	}
	_, ok := p[strings.ToLower(strings.Join(parts, "."))]
	return ok
}

func (p places) near(name string) string {
	return editdistance.Nearest(name, slices.Collect(maps.Values(p)))
}

// placesOf are those of the tables that dashboards read, as the BI tool has them.
func placesOf(g *lineage.Graph) places {
	all := places{}
	for _, d := range g.Dashboards() {
		for i := range d.Links {
			_, path, _ := strings.Cut(g.CanonicalName(&d.Links[i]), "://")
			if at := strings.LastIndexByte(path, '.'); at > 0 {
				all.add(strings.Split(path[:at], ".")...)
			}
		}
	}
	return all
}

// relationPlaces are those of dbt's resources.
func relationPlaces(g *lineage.Graph) places {
	all := places{}
	for _, p := range g.Projects {
		for i := range p.Resources {
			if r := &p.Resources[i]; r.Database() != "" {
				all.add(r.Database(), r.Schema())
			} else if r.Schema() != "" {
				all.add(r.Schema())
			}
		}
	}
	return all
}
