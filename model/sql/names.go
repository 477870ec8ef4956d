package sql

import (
	"fmt"
	"strings"

	"darkroom/model/relation"
	"darkroom/model/sql/habits"
	"darkroom/model/sql/lexer"
)

// given is what a session says of one part of a name that a text leaves out
// (RULES.md#what-a-session-does-to-names).
type given struct {
	set bool // a statement changed it; otherwise it is that of the connection
	// path is the part, of a search path all schemas from first to last. Without
	// any it is not known, unless kept says that it is that of the connection.
	path   []part
	kept   bool
	unsure bool  // the statement need not have had this effect
	by     int32 // the statement, index in session.changes
}

// known reports whether names can be filled from g.
func (g *given) known() bool { return !g.set || g.kept || len(g.path) > 0 }

// names is what a session says of the parts that a name can leave out.
type names struct{ database, schema given }

// change is a statement that gave names another meaning.
type change struct {
	pos   int
	where string // the statement and its place, for people
}

// mixed in reader.local says that other changes came after a SET LOCAL, so that the
// end of the transaction leaves nothing known.
const mixed = -1

// put goes on with other names. Statements of a block that need not run leave
// nothing known.
func (r *reader) put(n names) {
	if r.branched {
		n = unknownNames(r.habits(), max(n.schema.by, n.database.by))
	}
	if len(r.local) > 0 {
		r.local = append(r.local, mixed)
	}
	r.states = append(r.states, n)
	r.now = int32(len(r.states) - 1)
}

// unknownNames is what a statement leaves whose effect is not known.
func unknownNames(h *habits.Session, by int32) names {
	n := names{schema: given{set: true, by: by}}
	if !h.TwoLevels {
		n.database = n.schema
	}
	return n
}

// current is what the session says now.
func (s *session) current() names { return s.states[s.now] }

// changed notes the statement from token i up to before end.
func (r *reader) changed(i, end int) int32 {
	from, to := int(r.tok(i).Pos), int(r.tok(end).Pos)
	text := strings.Join(strings.Fields(strings.ToValidUTF8(r.src[from:to], "")), " ")
	text = strings.ReplaceAll(strings.TrimRight(text, " ;"), string(rune(lexer.ParamByte)), "<parameter>")
	if len(text) > 60 {
		text = strings.ToValidUTF8(text[:60], "") + "…"
	}
	r.changes = append(r.changes, change{pos: from + r.inside, where: text})
	return int32(len(r.changes) - 1)
}

// placeChanges gives the statements of one text their places.
func (s *session) placeChanges(from int, place *lexer.Placer, initial bool) {
	for i := from; i < len(s.changes); i++ {
		c := &s.changes[i]
		_, line := place.At(c.pos)
		if initial {
			c.where += fmt.Sprintf(" in the initial SQL, line %d", line)
		} else {
			c.where += fmt.Sprintf(" in line %d", line)
		}
	}
}

// filling is what the session adds to one name.
type filling struct {
	prefix []part // before the name
	others []part // schemas behind that of prefix in the search path
	where  string // the statements
	unsure bool
	ok     bool // false: the parts are not known
}

// fill finds the parts that the session gives to f.
func (s *session) fill(f *found) filling {
	out := filling{ok: true}
	n := &s.states[f.state]
	last := f.name[len(f.name)-1]
	if f.state == 0 || len(f.name) > 2 || s.d.Link && strings.Contains(last.text, "@") {
		return out
	}
	if n.database.set {
		out.take(s, &n.database)
	}
	if len(f.name) == 2 {
		return out
	}
	switch {
	case n.schema.set && !n.schema.kept:
		out.take(s, &n.schema)
	case n.database.set && !n.database.kept:
		out.prefix = append(out.prefix, part{}) // the schema that is current there
	case n.schema.set:
		out.take(s, &n.schema)
	}
	return out
}

// take adds one part.
func (f *filling) take(s *session, g *given) {
	f.ok = f.ok && g.known()
	f.unsure = f.unsure || g.unsure
	if where := s.changes[g.by].where; f.where == "" {
		f.where = where
	} else if !strings.Contains(f.where, where) {
		f.where += " and " + where
	}
	if len(g.path) > 0 {
		f.prefix = append(f.prefix, g.path[0])
		f.others = g.path[1:]
	}
}

// otherSchemas are the others for the result.
func (f *filling) otherSchemas() []relation.Part {
	var out []relation.Part
	for _, p := range f.others {
		out = append(out, relation.Part{Text: strings.Clone(p.text), Quoted: p.quoted})
	}
	return out
}

// statement is what changed a part, "" when nothing did.
func (s *session) statement(g *given) string {
	if !g.set {
		return ""
	}
	return s.changes[g.by].where
}
