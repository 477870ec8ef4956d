package dbt

import (
	"crypto/md5" // dbt makes project_id with it
	"encoding/hex"
	"strings"

	"darkroom/model"
)

// marks are the lengths of the project's lists at some time.
type marks struct{ resources, disabled, exposures, tests, groups int }

// extent is what one section, or one key of "disabled", has added.
type extent struct{ from, to marks }

func (m *manifest) mark() marks {
	return marks{m.resources.n, m.disabled.n, m.exposures.n, m.tests.n, m.groups.n}
}

// drop removes what x added, because its key occurs a second time and the last one
// counts.
func (m *manifest) drop(x extent) {
	for i := x.from.resources; i < x.to.resources; i++ {
		m.resources.at(i).ID = ""
	}
	for i := x.from.disabled; i < x.to.disabled; i++ {
		m.disabled.at(i).ID = ""
	}
	for i := x.from.exposures; i < x.to.exposures; i++ {
		m.exposures.at(i).ID = ""
	}
	for i := x.from.tests; i < x.to.tests; i++ {
		m.tests.at(i).ID = ""
	}
	for i := x.from.groups; i < x.to.groups; i++ {
		m.groups.at(i).Name = ""
	}
}

// replace removes the earlier entry with the same id.
func (m *manifest) replace(p *place) {
	switch at := int(p.at); p.in {
	case inResources:
		m.resources.at(at).ID = ""
	case inTests:
		m.tests.at(at).ID = ""
	case inExposures:
		m.exposures.at(at).ID = ""
	}
	p.in = nowhere
}

func (m *manifest) settle(number int, enabled bool, in bucket, at int) {
	if enabled {
		*m.places.place(number) = place{in, int32(at)}
	}
}

// finish completes the project when the whole file has been read without an error.
func (m *manifest) finish() error {
	if err := m.check(); err != nil {
		return err
	}
	p := m.p
	live := func(r *model.Resource) bool { return r.ID != "" }
	p.Resources, p.Disabled = m.resources.list(live), m.disabled.list(live)
	p.Exposures = m.exposures.list(func(x *model.Exposure) bool { return x.ID != "" })
	p.Tests = m.tests.list(func(t *model.Test) bool { return t.ID != "" })
	p.Groups = m.groups.list(func(g *model.Group) bool { return g.Name != "" })
	if !m.linked {
		m.useParentMap()
	}
	p.Adapter, p.DbtVersion = m.meta.adapter, m.meta.dbtVersion
	p.SchemaVersion, p.GeneratedAt = m.meta.schema, m.meta.generatedAt
	p.Name, m.sure = m.projectName()
	return nil
}

// useParentMap takes the parents from parent_map, for a manifest in which no entry
// has its own.
func (m *manifest) useParentMap() {
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
// a guess (ARTIFACTS.md#fields).
func (m *manifest) projectName() (name string, sure bool) {
	if m.meta.project != "" {
		return m.meta.project, true
	}
	models, all := map[string]int{}, map[string]int{}
	for i := range m.p.Resources {
		r := &m.p.Resources[i]
		all[r.Package]++
		if r.Kind == model.KindModel && r.Package != "" {
			models[r.Package]++
		}
	}
	for pkg := range all {
		sum := md5.Sum([]byte(pkg))
		if pkg != "" && strings.EqualFold(m.meta.projectID, hex.EncodeToString(sum[:])) {
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
