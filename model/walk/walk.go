// Package walk goes from a dashboard down to the tables it depends on, along every
// path that Tableau's metadata can carry (RULES.md#paths, P1 to P15), and reports on
// the way what cannot be known.
//
// What lives here: the order of the walk, routes, the union of Tableau's list of
// tables with what our own reader finds in custom SQL. What does not: reading
// SQL (package sql), deciding which dbt resource a table is (package match).
//
// A closure is computed once per data source, so that thousands of dashboards on
// the same sources cost little. Answers are in the order of Tableau's own lists
// and the same on every run.
package walk

import (
	"strconv"
	"strings"

	"darkroom/model"
	"darkroom/model/reason"
	"darkroom/model/sql"
)

// Result is what a dashboard reads and what is missing from that list.
type Result struct {
	Reads []Read
	Gaps  []Gap
}

// Read is one table that a dashboard depends on. Each table is listed once, with
// all ways that lead to it.
type Read struct {
	// Table is the table as Tableau has it: a database table, a virtual
	// connection table that names nothing behind it, or, when SQL is set, the
	// custom SQL table in whose text the name is.
	Table *model.Table
	// SQL is the name when it was found in custom SQL, otherwise nil.
	SQL *SQLRef
	// Routes are ways from the dashboard to the table, at most maxRoutes; More
	// counts those left out.
	Routes []Route
	More   int
	// Session is the statement of an initial SQL that may have given the name another
	// meaning (RULES.md#p11-initial-sql), "" when there is none.
	Session string
	// Passes is what all ways pass, those that are not kept as well.
	Passes Passes
	// Used is false when the tables that the dashboard's fields come from are
	// known and this one is not among them. It never removes a table
	// (RULES.md#used-and-unused-tables).
	Used bool
}

// maxRoutes bounds the routes that are kept for one table.
const maxRoutes = 20

// SQLRef is a relation's name in the text of a custom SQL table.
type SQLRef struct {
	Parts        []string // without quotes, database first; an empty part was left out
	Quoted       []bool   // per part
	Line, Offset int      // in Table.Query; lines count from 1
	Table        *model.Table
	// Connection is Table, or a copy of it with the connection that the tables of
	// its text have, where it has none of its own.
	Connection *model.Table
	Session    *sql.Session // what statements before have to do with the name
}

// sqlRef is a name in the text of t.
func (w *Walker) sqlRef(t *model.Table, r sql.Ref) *SQLRef {
	return &SQLRef{Parts: r.Parts, Quoted: r.Quoted, Line: r.Line, Offset: r.Offset, Table: t, Connection: w.connected(t), Session: r.Session}
}

// StepKind says what a route passes.
type StepKind uint8

const (
	StepSheet StepKind = iota
	StepEmbedded
	StepPublished
	StepCustomSQL
	StepVirtualConnection
	StepFlow
	StepTable      // a table that a flow writes
	StepInitialSQL // the initial SQL of a table's connection
)

// Passes is a set of kinds of steps.
type Passes uint16

// Has reports whether a kind of step is passed.
func (p Passes) Has(k StepKind) bool { return p&(1<<k) != 0 }

// String is the word in a printed route.
func (k StepKind) String() string {
	names := [...]string{"sheet", "embedded", "published", "custom SQL", "virtual connection", "flow", "table", "initial SQL before"}
	if int(k) < len(names) {
		return names[k]
	}
	return "step"
}

// Step is one object on the way to a table.
type Step struct {
	Kind StepKind
	Name string
	ID   string // Metadata API id
	Line int    // of a name in custom SQL, otherwise 0
}

// String is, for example, custom SQL "Late orders" line 4.
func (s Step) String() string {
	name := model.HiddenName
	if model.KnownName(s.Name) {
		name = `"` + s.Name + `"`
	}
	text := s.Kind.String() + " " + name
	if s.Line > 0 {
		text += " line " + strconv.Itoa(s.Line)
	}
	return text
}

// Route is a way from a dashboard to a table. The steps after the sheet are
// shared between routes.
type Route struct {
	sheet *model.Sheet
	trail *trail
}

// trail is a list of steps from its end to its beginning.
type trail struct {
	step   Step
	prev   *trail
	depth  int
	passes Passes
}

func (t *trail) add(s Step) *trail {
	next := &trail{step: s, prev: t, depth: 1, passes: 1 << s.Kind}
	if t != nil {
		next.depth, next.passes = t.depth+1, next.passes|t.passes
	}
	return next
}

// Steps lists the route from the dashboard's side; it is empty when only the
// dashboard's own list names the table.
func (r Route) Steps() []Step {
	var steps []Step
	n := 0
	if r.trail != nil {
		n = r.trail.depth
	}
	if r.sheet != nil {
		n++
	}
	steps = make([]Step, n)
	for t := r.trail; t != nil; t = t.prev {
		n--
		steps[n] = t.step
	}
	if r.sheet != nil {
		steps[0] = Step{Kind: StepSheet, Name: r.sheet.Name, ID: r.sheet.ID}
	}
	return steps
}

// String is the route in one line (RULES.md#routes).
func (r Route) String() string {
	steps := r.Steps()
	if len(steps) == 0 {
		return "the dashboard's own list"
	}
	texts := make([]string, len(steps))
	for i, s := range steps {
		texts[i] = s.String()
	}
	return strings.Join(texts, " > ")
}

// Gap is one thing on the way that hides tables.
type Gap struct {
	Reason reason.Code
	Route  Route  // to the object that hides them
	Text   string // a sentence to show
	ID     string // the tool's id of the object, where there is one
	Tool   *model.Tool
}
