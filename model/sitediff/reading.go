package sitediff

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/match"
	"darkroom/model/reason"
	"darkroom/model/walk"
)

// reading is what a dashboard or a data source reads, by names: ids change when a
// workbook is published again.
type reading struct {
	self       string
	tables     map[string]facts
	hidden     int                 // tables without a name
	queries    map[string][]string // texts of custom and initial SQL by what they are
	through    map[string]bool     // data sources, virtual connections, flows
	gaps       map[string]bool     // sentences
	routes     map[string]bool
	nameless   bool // the name of something on the way is missing
	incomplete bool // Tableau's answer about something on the way was cut off
}

// facts are what is shown of a table besides its name.
type facts struct {
	unused, fromFile       bool
	connection, server, db string
}

type nameKey struct {
	table *model.Table
	sql   *walk.SQLRef
}

// name of what is read; empty when it is hidden.
func (st *state) name(r *walk.Read) string {
	key := nameKey{r.Table, r.SQL}
	name, ok := st.names[key]
	if !ok {
		if r.SQL != nil {
			name = match.FromSQL(r.SQL.Parts, r.SQL.Quoted, r.SQL.Connection).Name()
		} else if r.Table.Name != "" || r.Table.FullName != "" {
			name = match.FromModel(r.Table).Name()
		}
		st.names[key] = name
	}
	return name
}

// ofDashboard is what a dashboard reads. When ctx ends it is not everything, and the
// comparison has an error.
func (st *state) ofDashboard(ctx context.Context, d *model.Dashboard) reading {
	res, _ := st.walk.Dashboard(ctx, d)
	return st.reading(res, "")
}

// ofSource is ofDashboard for a data source.
func (st *state) ofSource(ctx context.Context, d *model.Datasource) reading {
	res, _ := st.walk.Datasource(ctx, d)
	return st.reading(res, d.ID)
}

// reading is what is read; self is the id of a data source or nothing: no way goes
// through itself.
func (st *state) reading(res walk.Result, self string) reading {
	r := reading{
		self:   self,
		tables: map[string]facts{}, queries: map[string][]string{},
		through: map[string]bool{}, gaps: map[string]bool{}, routes: map[string]bool{},
	}
	for i := range res.Reads {
		read := &res.Reads[i]
		name, t := st.name(read), read.Table
		if name == "" {
			r.hidden++
		} else if f, twice := r.tables[name]; !twice || f.unused {
			r.tables[name] = facts{!read.Used, t.FromFile, strings.ToLower(t.ConnectionType()), t.Connection().Server, t.Connection().DBName}
		}
		if t.Connection().InitialSQL != "" {
			r.query("the initial SQL of "+model.QuotedName(t.Name), t.Connection().InitialSQL)
		}
		for _, route := range read.Routes {
			st.follow(&r, name, route)
		}
	}
	for _, g := range res.Gaps {
		r.gaps[g.Text] = true
		r.incomplete = r.incomplete || g.Reason == reason.CutOff
		st.follow(&r, "", g.Route)
	}
	return r
}

// follow notes what a route passes.
func (st *state) follow(r *reading, to string, route walk.Route) {
	way := to
	for _, s := range route.Steps() {
		if r.self != "" && s.ID == r.self {
			continue
		}
		way += "\x00" + s.Kind.String() + "\x00" + s.Name
		if s.Name == "" { // not known which it is; custom SQL without a name has a gap
			r.nameless = r.nameless || s.Kind != walk.StepCustomSQL
			continue
		}
		switch s.Kind {
		case walk.StepEmbedded, walk.StepPublished:
			r.through[s.Kind.String()+" data source "+model.QuotedName(s.Name)] = true
		case walk.StepVirtualConnection, walk.StepFlow:
			r.through[s.Kind.String()+" "+model.QuotedName(s.Name)] = true
		case walk.StepCustomSQL:
			if t := st.index.Table[s.ID]; t != nil {
				r.query("custom SQL "+model.QuotedName(s.Name), t.Query())
			}
		}
	}
	r.routes[way] = true
}

func (r *reading) query(what, text string) {
	if !slices.Contains(r.queries[what], text) {
		r.queries[what] = append(r.queries[what], text)
	}
}

// ofReading is what changed in what is read. Where one side is incomplete that is
// unknown: the diff lists what became incomplete.
func (c *comparison) ofReading(o, n reading) []string {
	if o.incomplete || n.incomplete {
		return nil
	}
	what := readTables("reads", "more table", missing(keys(n.tables), keys(o.tables)))
	what = append(what, readTables("no longer reads", "table", missing(keys(o.tables), keys(n.tables)))...)
	if more := n.hidden - o.hidden; more != 0 {
		word := "hidden"
		if more < 0 {
			more, word = -more, "no longer hidden"
		}
		what = append(what, fmt.Sprintf("names of %s %s", model.Count(more, "table"), word))
	}
	what = append(what, ofQueries(o.queries, n.queries)...)
	what = append(what, ofFacts(o.tables, n.tables)...)
	if o.nameless || n.nameless { // what changed about the ways is unknown
		return what
	}
	if ways := missing(keys(n.through), keys(o.through)); len(ways) > 0 {
		what = append(what, "now goes through "+few(ways))
	}
	if ways := missing(keys(o.through), keys(n.through)); len(ways) > 0 {
		what = append(what, "no longer goes through "+few(ways))
	}
	for _, text := range missing(keys(n.gaps), keys(o.gaps)) {
		what = append(what, "gap: "+text)
	}
	for _, text := range missing(keys(o.gaps), keys(n.gaps)) {
		what = append(what, "no longer a gap: "+text)
	}
	if len(what) == 0 && len(missing(keys(o.routes), keys(n.routes)))+len(missing(keys(n.routes), keys(o.routes))) > 0 {
		what = append(what, "reaches its tables another way")
	}
	return what
}

// readTables puts the number, the noun and the names into a sentence.
func readTables(verb, noun string, tables []string) []string {
	if len(tables) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%s %s: %s", verb, model.Count(len(tables), noun), few(tables))}
}

func ofQueries(was, is map[string][]string) (what []string) {
	for _, name := range keys(is) {
		o, n := was[name], is[name]
		switch {
		case o == nil:
			what = append(what, name+" is new")
		case len(missing(o, n))+len(missing(n, o)) > 0:
			what = append(what, name+" changed")
		}
	}
	for _, name := range missing(keys(was), keys(is)) {
		what = append(what, name+" is gone")
	}
	return what
}

// ofFacts compares the tables of both readings.
func ofFacts(was, is map[string]facts) (what []string) {
	used, unused := []string(nil), []string(nil)
	for _, name := range keys(is) {
		o, there := was[name]
		n := is[name]
		if !there {
			continue
		}
		switch {
		case o.unused == n.unused:
		case n.unused:
			unused = append(unused, name)
		default:
			used = append(used, name)
		}
		switch {
		case o.connection != n.connection:
			what = append(what, from("connection of "+name, o.connection, n.connection)...)
		case o.server != n.server || o.db != n.db:
			what = append(what, from("connection of "+name, o.server+" "+o.db, n.server+" "+n.db)...)
		}
		what = append(what, flipped(o.fromFile, n.fromFile, name+" now comes from the workbook's file", name+" now comes from the metadata")...)
	}
	if len(used) > 0 {
		what = append(what, "now uses fields of "+few(used))
	}
	if len(unused) > 0 {
		what = append(what, "no longer uses fields of "+few(unused))
	}
	return what
}
