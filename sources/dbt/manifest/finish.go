package manifest

import (
	"crypto/md5" // dbt makes project_id with it
	"encoding/hex"
	"strings"

	"darkroom/model"
)

// marks are the lengths of the project's lists at some time.
type marks struct{ resources, disabled, exposures, tests int }

// extent is what one section, or one key of "disabled", has added.
type extent struct{ from, to marks }

func (m *reader) mark() marks {
	return marks{len(m.resources.all), len(m.rejected.all), len(m.exposures.all), len(m.tests.all)}
}

// drop removes what x added, because its key occurs a second time and the last one
// counts.
func (m *reader) drop(x extent) {
	for i := x.from.resources; i < x.to.resources; i++ {
		m.resources.all[i].ID = ""
	}
	for i := x.from.disabled; i < x.to.disabled; i++ {
		m.rejected.all[i].ID = ""
	}
	for i := x.from.exposures; i < x.to.exposures; i++ {
		m.exposures.all[i].ID = ""
	}
	for i := x.from.tests; i < x.to.tests; i++ {
		m.tests.all[i].ID = ""
	}
}

// replace removes the earlier entry with the same id.
func (m *reader) replace(p *place) {
	switch at := int(p.at); p.in {
	case inResources:
		m.resources.all[at].ID = ""
	case inTests:
		m.tests.all[at].ID = ""
	case inExposures:
		m.exposures.all[at].ID = ""
	}
	p.in = nowhere
}

func (m *reader) settle(number int, enabled bool, in bucket, at int) {
	if enabled {
		*m.places.of(number) = place{in, int32(at)}
	}
}

// finish completes the project when the whole file has been read without an error.
func (m *reader) finish() error {
	if err := m.check(); err != nil {
		return err
	}
	p := m.p
	dropped := func(r model.Resource) bool { return r.ID == "" }
	p.Resources, p.Disabled = m.resources.without(dropped), m.rejected.without(dropped)
	p.Exposures = m.exposures.without(func(x model.Exposure) bool { return x.ID == "" })
	p.Tests = m.tests.without(func(t model.Test) bool { return t.ID == "" })
	if !m.linked {
		m.useParentMap()
	}
	p.Adapter, p.DbtVersion = m.meta.Adapter, m.meta.DbtVersion
	p.SchemaVersion, p.GeneratedAt = m.meta.Schema, m.meta.GeneratedAt
	p.Name, m.nameKnown = m.projectName()
	return nil
}

// useParentMap takes the parents from parent_map, for a manifest in which no entry
// has its own.
func (m *reader) useParentMap() {
	for i := range m.p.Resources {
		m.p.Resources[i].DependsOn = m.parents[m.p.Resources[i].ID]
	}
	for i := range m.p.Tests {
		m.p.Tests[i].DependsOn = m.parents[m.p.Tests[i].ID]
	}
	for i := range m.p.Exposures {
		m.p.Exposures[i].DependsOn = m.parents[m.p.Exposures[i].ID]
	}
}

// projectName is metadata's, which dbt 1.6+ writes. Before, it is the package
// whose md5 is the project_id; without that the most common package of the models is
// a guess (sources/dbt/ARTIFACTS.md#fields).
func (m *reader) projectName() (name string, known bool) {
	if m.meta.Project != "" {
		return m.meta.Project, true
	}
	models, all := map[string]int{}, map[string]int{}
	for i := range m.p.Resources {
		r := &m.p.Resources[i]
		all[r.Package()]++
		if r.Kind == model.KindModel && r.Package() != "" {
			models[r.Package()]++
		}
	}
	for pkg := range all {
		sum := md5.Sum([]byte(pkg))
		if pkg != "" && strings.EqualFold(m.meta.ProjectID, hex.EncodeToString(sum[:])) {
			return pkg, true
		}
	}
	best := 0
	for pkg, n := range models {
		if n > best || n == best && pkg < name {
			name, best = pkg, n
		}
	}
	return name, false
}
