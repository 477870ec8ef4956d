// Package sql finds the relations that a custom SQL text or an initial SQL text
// reads and writes. It is a tolerant token reader, not a parser: text that no
// warehouse would accept still gives an answer, and what cannot be known (a
// procedure, a name that is built at run time) is reported as a gap, not guessed.
//
// What lives here: scopes of CTEs and aliases, FROM lists, statements, sessions. In rooms of
// their own: tokens and Tableau's escapes (lexer), the words that matter (keyword), and what
// differs between warehouses (habits). What does not live here: turning a name into a
// relation of a project (package match), which dialect a warehouse speaks (package
// warehouse), and the XML unescaping of texts from workbook files (their reader does it).
//
// The rules are those of RULES.md. Every step is linear in the length of the text.
package sql

import (
	"fmt"
	"strings"

	"darkroom/model/relation"
	"darkroom/model/sql/habits"
	"darkroom/model/sql/lexer"
	"darkroom/model/warehouse"
)

// Kind says where a text is in Tableau.
type Kind string

// The two kinds of text. An empty Kind is custom SQL.
const (
	CustomSQL  Kind = "custom_sql"
	InitialSQL Kind = "initial_sql"
)

// Options says how to read a text.
type Options struct {
	// Dialect is the warehouse's; an unknown one is read by habits that fit most.
	Dialect warehouse.Dialect
	Kind    Kind
	// InitialSQL runs first in the session: what it reads counts, too, and the
	// temporary tables that it makes are not inputs.
	InitialSQL string
}

// Ref is one name of a relation as the text writes it.
type Ref struct {
	// Parts without their quotes, database first. An empty part is one that was
	// left out ("db..t"). Oracle's database link stays on the last part
	// ("orders@link"), so that it never equals a relation of this database.
	Parts []string
	// Quoted says for each part whether it is in quotes, so that its case counts.
	Quoted []bool
	// Offset is the byte offset in the text as given, Line counts from 1.
	Offset, Line int
	// Initial is true when the place is in Options.InitialSQL.
	Initial bool

	// Session is what statements before have to do with the name, nil when nothing.
	Session *Session
}

// Session is what statements before have to do with a name that leaves parts out
// (RULES.md#what-a-session-does-to-names).
type Session struct {
	By     string // the statements and their place: "USE SCHEMA MARTS in the initial SQL, line 1"
	Filled int    // how many of the name's parts, from the first, they give
	Unsure bool   // they need not have had this effect
	// Others are schemas of a search path behind the one in the name.
	Others []relation.Part
}

// String is the name with dots, for messages.
func (r Ref) String() string { return strings.Join(r.Parts, ".") }

// GapKind says why the inputs of a text are not all known.
type GapKind string

const (
	GapProcedure GapKind = "procedure"    // CALL, EXEC: the body is not here
	GapDynamic   GapKind = "dynamic_name" // IDENTIFIER($x), a parameter as table name, SQL in a literal
	GapTemp      GapKind = "temp_table"   // a session table that nothing in the text makes
	GapSyntax    GapKind = "syntax"       // an open literal or parenthesis, FROM with nothing after it
	GapSession   GapKind = "session"      // a short name behind a USE or SET whose effect is not known
)

// Gap is one input that cannot be known from the text.
type Gap struct {
	Kind         GapKind
	What         string // the name or text in question, at most about 80 bytes
	Offset, Line int
}

// String is one line for messages.
func (g Gap) String() string {
	words := map[GapKind]string{
		GapProcedure: "runs a procedure, whose inputs are not in the text",
		GapDynamic:   "a table name that is only known when the query runs",
		GapTemp:      "a temporary table that this text does not make",
		GapSyntax:    "the text could not be read to its end",
		GapSession:   "a name whose schema or database is not known, because a statement before it may have changed it",
	}
	return fmt.Sprintf("line %d: %s (%s)", g.Line, words[g.Kind], g.What)
}

// Result is what a text reads and writes, each relation once, in the order of
// first appearance.
type Result struct {
	Reads, Writes []Ref
	// Functions are table functions that the warehouse does not bring along; they
	// are no tables, but what they read inside is not in the text. They do not make
	// the result incomplete: count them too when counting what is missing.
	Functions []Ref
	// Unknown are names as written whose left-out parts are not known: each is a gap.
	Unknown []Ref
	// Schema and Database are the statements that have changed what later texts of
	// the session leave out, "" when none has.
	Schema, Database string
	// Complete is false when Gaps is not empty.
	Complete bool
	Gaps     []Gap
	// Parameters counts Tableau parameters, each use once.
	Parameters int
	// Suspicious marks custom SQL without any read and without a gap: either it reads
	// nothing, or the reader missed something. Such a text needs a look.
	Suspicious bool
}

// maxGaps limits Result.Gaps; more gaps would not explain more.
const maxGaps = 100

// Read finds the relations that sql reads and writes. It never fails: what it does
// not understand is in Result.Gaps.
func Read(sql string, opt Options) Result {
	d := habits.Of(opt.Dialect)
	seen := newSession(opt.Dialect, d)
	if opt.InitialSQL != "" {
		seen.read(opt.InitialSQL, true)
	}
	seen.read(sql, false)
	res, now := seen.res, seen.current()
	res.Schema, res.Database = seen.statement(&now.schema), seen.statement(&now.database)
	res.Complete = len(res.Gaps) == 0
	res.Suspicious = opt.Kind != InitialSQL && res.Complete && len(res.Reads)+len(res.Functions) == 0
	return res
}

// session is what outlives one text: what short names mean, the temporary tables
// and the result.
type session struct {
	d        *habits.Dialect
	sessions *habits.Session
	states   []names // what names meant, one after the other; first as connected
	now      int32   // index in states
	changes  []change
	temps    map[string]bool // canonical names
	res      Result
	reads    map[string]bool // canonical names in res.Reads
	wrote    map[string]bool
}

func newSession(dialect warehouse.Dialect, d *habits.Dialect) *session {
	return &session{d: d, sessions: habits.OfSession(dialect), states: make([]names, 1), temps: map[string]bool{}}
}

// read reads one text and adds what it finds.
func (s *session) read(sql string, initial bool) {
	if len(sql) > lexer.MaxText {
		s.res.Gaps = append(s.res.Gaps, Gap{Kind: GapSyntax, What: "text too long", Line: 1})
		return
	}
	text, place, params := lexer.Decode(sql)
	s.res.Parameters += params
	r := newReader(s, text)
	before := len(s.changes)
	r.run()
	s.placeChanges(before, &place, initial)
	place.Rewind()
	if s.reads == nil {
		s.reads, s.wrote = map[string]bool{}, map[string]bool{}
	}
	r.dropPaths()
	for i := range r.reads {
		f := &r.reads[i]
		if f.dead {
			continue
		}
		if fill := s.fill(f); fill.ok {
			s.res.Reads = s.add(s.res.Reads, s.reads, f, &place, initial)
		} else {
			r.gapAt(GapSession, f.pos, f.name.String()+", after "+fill.where)
			s.res.Unknown = append(s.res.Unknown, refOf(f.name, &place, f.pos, initial))
		}
	}
	place.Rewind()
	for i := range r.writes {
		s.res.Writes = s.add(s.res.Writes, s.wrote, &r.writes[i], &place, initial)
	}
	place.Rewind()
	called := map[string]bool{}
	for i := range r.calls {
		s.res.Functions = s.add(s.res.Functions, called, &r.calls[i], &place, initial)
	}
	place.Rewind()
	for _, g := range r.gaps {
		if len(s.res.Gaps) == maxGaps {
			break
		}
		g.Offset, g.Line = place.At(g.Offset)
		s.res.Gaps = append(s.res.Gaps, g)
	}
}

// add appends a found name, with what the session fills in, unless the same
// relation is there already.
func (s *session) add(list []Ref, have map[string]bool, f *found, place *lexer.Placer, initial bool) []Ref {
	full, fill := f.name, s.fill(f)
	if len(fill.prefix) > 0 && fill.ok {
		full = append(fill.prefix, f.name...)
	}
	key := s.key(full)
	if have[key] {
		return list
	}
	have[key] = true
	ref := refOf(full, place, f.pos, initial)
	if fill.where != "" {
		ref.Session = &Session{By: fill.where, Filled: len(full) - len(f.name), Unsure: fill.unsure, Others: fill.otherSchemas()}
	}
	return append(list, ref)
}

func refOf(n name, place *lexer.Placer, pos int, initial bool) Ref {
	ref := Ref{Parts: make([]string, len(n)), Quoted: make([]bool, len(n)), Initial: initial}
	for i, p := range n {
		ref.Parts[i] = strings.Clone(p.text) // do not keep the whole text alive
		ref.Quoted[i] = p.quoted
	}
	ref.Offset, ref.Line = place.At(pos)
	return ref
}
