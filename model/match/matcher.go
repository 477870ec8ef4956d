// Package match decides which dbt resource a Tableau table is, and says why. It
// is given one table at a time together with the loaded projects and what was
// decided (maps, pins, ignores), and answers with a verdict, and on demand with its
// evidence.
// No lineage may be false, none may be missed silently, and each answer can be
// explained to a newcomer.
//
// What lives here: the rules of RULES.md. What
// does not: reading a name (package relation), walking from a dashboard to its
// tables (package walk), reading custom SQL (package sql).
package match

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"darkroom/model"
	"darkroom/model/match/decided"
	"darkroom/model/warehouse"
)

// Matcher answers for tables. It is immutable and safe for concurrent use.
type Matcher struct {
	cfg      Config
	projects []*model.Project
	indexed  sync.Once
	groups   []*group // one per platform, in the order of the projects
	aliases  warehouse.Aliases
	maps     []rewrite
	pins     decided.List
	pinned   []*Node // per pin; nil when no project has the node
	ignore   decided.List
	attempts sync.Pool // of *attempt, for their buffers
}

// New makes a Matcher for projects, which must not change while it is used. The
// error names the entry of cfg that is wrong and what it should be.
func New(projects []*model.Project, cfg Config) (*Matcher, error) {
	m := &Matcher{cfg: cfg, projects: slices.DeleteFunc(slices.Clone(projects), func(p *model.Project) bool { return p == nil })}
	for i, entry := range cfg.Maps {
		w, err := parseMap(i, entry)
		if err != nil {
			return nil, err
		}
		m.maps = append(m.maps, w)
	}
	if err := m.setAliases(cfg.ConnectionAliases); err != nil {
		return nil, err
	}
	if err := m.setPins(cfg.Pins); err != nil {
		return nil, err
	}
	for i, entry := range cfg.Ignore {
		if err := checkTable("ignore", i, entry.Table); err != nil {
			return nil, err
		}
		m.ignore.Add(i, entry.Table)
	}
	return m, nil
}

// Prepare indexes the projects, as the first table would: without a site there is none.
func (m *Matcher) Prepare() { m.indexed.Do(m.index) }

func (m *Matcher) setAliases(aliases map[string]string) error {
	for typ, adapter := range aliases {
		if strings.TrimSpace(typ) == "" || strings.TrimSpace(adapter) == "" {
			return fmt.Errorf("connection_aliases: entry %q: %q needs a connection type and a dbt adapter; write postgres_jdbc: postgres", typ, adapter)
		}
	}
	m.aliases = warehouse.NewAliases(aliases)
	return nil
}

// index makes one group for each platform that the projects use.
func (m *Matcher) index() {
	byFamily := map[string][]*model.Project{}
	var families []string
	for _, p := range m.projects {
		family := warehouse.Family(p.Adapter)
		if byFamily[family] == nil {
			families = append(families, family)
		}
		byFamily[family] = append(byFamily[family], p)
	}
	for _, family := range families {
		m.groups = append(m.groups, newGroup(warehouse.Of(family), byFamily[family]))
	}
}

// connection reads the type and the server of the connection of a place.
func (m *Matcher) connection(p *model.Place) warehouse.Connection {
	return warehouse.Connect(p.ConnectionType, p.Connection.Server, m.aliases)
}

// Match decides which node t is. The same table gets the same verdict.
func (m *Matcher) Match(t Table) Verdict {
	a := m.begin(&t)
	defer m.end(a)
	a.judge()
	return a.v
}

// Explain gives the verdict of Match with all that led to it. It takes many times as
// long, so it is for what is shown.
func (m *Matcher) Explain(t Table) Explanation {
	a := m.begin(&t)
	defer m.end(a)
	a.judge()
	return a.explain()
}

// begin starts with a table. What it gives is ended with end, which keeps the buffers for the
// next table.
func (m *Matcher) begin(t *Table) *attempt {
	a, _ := m.attempts.Get().(*attempt)
	if a == nil {
		a = &attempt{}
	}
	a.begin(m, t)
	return a
}

func (m *Matcher) end(a *attempt) { m.attempts.Put(a) }

// Canonical is the name under which t is pinned or ignored (RULES.md#canonical-names):
// "snowflake://ANALYTICS.REPORTING.V_ORDERS", without the parts that are missing.
// Rows of one table in one warehouse have the same canonical name.
func (m *Matcher) Canonical(t Table) string {
	a := m.begin(&t)
	defer m.end(a)
	names := a.canonicalNames()
	return names[len(names)-1]
}
