package match

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

// Environment is the finding that a manifest seems to come from another target
// than the one Tableau reads (RULES.md#another-environment): no database that
// Tableau reports is one that a node has.
type Environment struct {
	Platform string
	BI, Dbt  []string // the databases of either side, sorted, a few of many
}

// String says what is wrong and what to do.
func (e Environment) String() string {
	return fmt.Sprintf("The dashboards read %s from %s, but the dbt manifest builds in %s: it seems to come from another target. "+
		"Load a production manifest, or add a map such as %s → %s.",
		strings.Join(e.BI, ", "), e.Platform, strings.Join(e.Dbt, ", "), e.BI[0], e.Dbt[0])
}

// mostDatabases bounds the databases that are named.
const mostDatabases = 5

// OtherEnvironments checks tables before hundreds of them are shown as unmatched.
// Only tables of a platform's own connection types count, with the maps applied.
// It is empty when all is well, and when there is nothing to compare.
func (m *Matcher) OtherEnvironments(tables []Table) []Environment {
	m.Prepare()
	var out []Environment
	seen := make([]databases, len(m.groups))
	for i := range tables {
		m.seeDatabases(seen, &tables[i])
	}
	for i, g := range m.groups {
		var own databases
		for j := range g.relations {
			own.add(g.part(int32(j), relation.Database).Text)
		}
		if len(seen[i].names) == 0 || len(own.names) == 0 || seen[i].meets(g, &own) {
			continue
		}
		out = append(out, Environment{Platform: g.Adapter, BI: seen[i].some(), Dbt: own.some()})
	}
	return out
}

// seeDatabases adds the databases of a table to those of each group.
func (m *Matcher) seeDatabases(seen []databases, t *Table) {
	a := m.begin(t)
	defer m.end(a)
	if _, no := a.noTableReason(); no || a.proof > warehouse.ProofProtocol {
		return
	}
	for i := range a.candidates {
		c := &a.candidates[i]
		if c.Levels == 3 && c.primary().known(relation.Database) {
			seen[slices.Index(m.groups, c.group)].add(c.primary().parts[relation.Database].Text)
		}
	}
}

// databases is a set of names without regard to case.
type databases struct {
	names map[string]string // key form → first spelling
}

func (d *databases) add(name string) {
	if name == "" {
		return
	}
	if d.names == nil {
		d.names = map[string]string{}
	}
	var buf [64]byte
	key := relation.AppendKey(buf[:0], name)
	if _, known := d.names[string(key)]; !known {
		d.names[string(key)] = name
	}
}

func (d *databases) meets(g *group, other *databases) bool {
	for key := range d.names {
		if _, ok := other.names[key]; ok || g.IsNoDatabase(key) {
			return true
		}
	}
	return false
}

func (d *databases) some() []string {
	var out []string
	for _, name := range d.names {
		out = append(out, name)
	}
	slices.Sort(out)
	return out[:min(len(out), mostDatabases)]
}
