package sql

import (
	"strings"

	"darkroom/model/sql/habits"
	"darkroom/model/sql/keyword"
	"darkroom/model/sql/lexer"
)

// habits are how the warehouse's statements change names.
func (r *reader) habits() *habits.Session { return r.sessions }

// sessionStatement handles a statement at r.i that changes what later names mean
// (RULES.md#what-a-session-does-to-names). It reports whether it moved on.
func (r *reader) sessionStatement() bool { //nolint:cyclop // one case per word
	t := r.tok(r.i)
	if t.Kind != lexer.Word || t.End-t.Pos > 8 {
		return false
	}
	next := r.i + 1
	switch strings.ToLower(r.text(t)) {
	case "use":
		return r.use()
	case "set":
		return r.set()
	case "alter":
		if r.isWord(next, "session") && r.isWord(next+1, "set") {
			return r.alterSession()
		}
		return r.alterOther()
	case "reset", "discard":
		return r.reset()
	case "rollback", "abort", "commit", "end":
		return r.endTransaction()
	case "database":
		return r.habits().DatabaseIsSchema && r.select1(next, habits.UseSchema)
	case "open":
		return r.isWord(next, "schema") && r.select1(next+1, habits.UseSchema)
	case "close":
		return r.isWord(next, "schema") && r.closeSchema()
	case "switch":
		return r.select1(next, habits.UseDatabase)
	case "connect":
		return r.isWord(next, "database") && r.select1(next+1, habits.UseDatabase)
	case "exec", "execute":
		return r.d.TSQL && r.kw(next) == keyword.As && r.otherUser(next)
	case "setuser":
		return r.d.TSQL && r.otherUser(next)
	case "unload": // Redshift: a query in a literal
		if r.isSymbol(next, '(') && r.tok(next+1).Kind == lexer.String {
			r.gap(GapDynamic, r.i, "")
		}
	case "while", "loop", "case":
		r.branched = true
	}
	return false
}

// closeSchema handles Exasol's CLOSE SCHEMA.
func (r *reader) closeSchema() bool {
	r.forgetNames(r.i, r.i+2)
	r.moveTo(r.i + 2)
	return true
}

// moveTo goes on behind a statement.
func (r *reader) moveTo(i int) {
	if r.d.TSQL { // the next statement needs no semicolon
		r.endStatement()
	}
	r.top().start = r.d.TSQL
	r.i = i
}

// valueAt reads the name that a statement selects: a name, a literal, or
// IDENTIFIER('a.b'). Anything else is not known (ok false).
func (r *reader) valueAt(i int) (n name, next int, ok bool) {
	t := r.tok(i)
	switch {
	case t.Kind == lexer.String:
		p := r.literalPart(t)
		return name{p}, i + 1, !isTemplate(r.text(t)) && p.text != "" && !strings.Contains(p.text, ".")
	case r.isWord(i, "identifier") && r.isSymbol(i+1, '('):
		n, ok = r.literalName(r.tok(i + 2))
		next = int(r.tok(i+1).Mate) + 1
		return n, next, ok && next == i+4
	case !isName(t), r.isUserWord(i):
		return nil, i + 1, false
	}
	n, next, dynamic, _ := r.parseName(i)
	return n, next, !dynamic && len(n) <= 2 && !r.isSymbol(next, '(')
}

// literalPart is a literal as one part of a name. It is exact; where folding would
// change nothing, it is like a name without quotes.
func (r *reader) literalPart(t lexer.Token) part {
	text := r.unquote(t)
	return part{text, r.d.Names.Fold(text, false) != text && r.d.Names != habits.FoldAll}
}

// isUserWord reports a word that means the user of the session.
func (r *reader) isUserWord(i int) bool {
	return r.isWord(i, "user") || r.isWord(i, "current_user") || r.isWord(i, "session_user") ||
		r.isWord(i, "current") && (r.isWord(i+1, "user") || r.isWord(i+1, "schema"))
}

// use handles USE.
func (r *reader) use() bool {
	at, what := r.i+1, r.habits().Use
	named := r.isSelected(at + 1)
	switch strings.ToLower(r.text(r.tok(at))) {
	case "role", "warehouse", "secondary":
		if named || r.kw(at+1) == keyword.All {
			r.moveTo(at + 2)
			return true
		}
	case "index", "key", "hint", "plan":
		return false
	case "schema", "namespace":
		if named {
			at, what = at+1, habits.UseSchema
		}
	case "database":
		if named {
			at, what = at+1, habits.UseDatabase
		}
		if named && r.habits().DatabaseIsSchema {
			what = habits.UseSchema
		}
	case "catalog":
		if named {
			at, what = at+1, habits.UseDatabase
		}
	}
	return r.select1(at, what)
}

// isSelected reports whether token i can be what USE selects, so that the word
// before it says of which kind.
func (r *reader) isSelected(i int) bool {
	t := r.tok(i)
	return isName(t) && t.Kw == keyword.None && !r.isWord(i, "go") || t.Kind == lexer.String || t.Kind == lexer.Param || r.isSymbol(i, ':')
}

// select1 applies a statement that selects what is at token at.
func (r *reader) select1(at int, what habits.UseOne) bool {
	if t := r.tok(at); t.Kind == lexer.End || r.isSymbol(at, ';') {
		return false
	}
	n, next, ok := r.valueAt(at)
	ok = ok && (r.tok(next).Kind != lexer.Symbol || r.isSymbol(next, ';'))
	by := r.changed(r.i, next)
	switch {
	case !ok && what == habits.UseDatabase && r.d.TSQL:
		r.put(names{database: given{set: true, by: by}})
	case !ok, len(n) == 1 && what == habits.UseUnclear:
		r.put(unknownNames(r.habits(), by))
	case len(n) == 2 && r.d.TSQL:
		r.put(unknownNames(r.habits(), by))
	case len(n) == 2:
		r.put(names{database: given{set: true, path: n[:1], by: by}, schema: given{set: true, path: n[1:], by: by}})
	case what == habits.UseSchema:
		now := r.current()
		now.schema = given{set: true, path: n, by: by}
		r.put(now)
	default:
		r.putDatabase(n, by)
	}
	r.moveTo(next)
	return true
}

// putDatabase changes the database, and with it the schema.
func (r *reader) putDatabase(n name, by int32) {
	h := r.habits()
	next := names{database: given{set: true, path: n, by: by}}
	switch {
	case h.FreshUnknown:
		next.schema = given{set: true, by: by}
	case h.Fresh != "":
		next.schema = given{set: true, path: name{{text: h.Fresh}}, by: by}
	}
	r.put(next)
}

// forgetNames is for a statement whose effect is not known.
func (r *reader) forgetNames(i, end int) { r.put(unknownNames(r.habits(), r.changed(i, end))) }

// doubtNames is for a statement that may have changed the names, and mostly has
// not.
func (r *reader) doubtNames(i, end int, database bool) {
	now := r.current()
	doubt := func(g *given, by int32) {
		if !g.set {
			*g = given{set: true, kept: true, by: by}
		}
		g.unsure = true
	}
	by := r.changed(i, end)
	doubt(&now.schema, by)
	if database {
		doubt(&now.database, by)
	}
	r.put(now)
}

// otherUser handles a change of the user, whose own schema may be searched.
func (r *reader) otherUser(end int) bool {
	for r.tok(end).Kind != lexer.End && !r.isSymbol(end, ';') && end < r.i+8 && r.kw(end) != keyword.Select {
		end++
	}
	if h := r.habits(); h.UserSchema {
		if schema := r.current().schema; !schema.set || schema.kept || schema.unsure {
			r.doubtNames(r.i, end, false)
		}
	}
	r.moveTo(end)
	return true
}

// procedureRan doubts the names after a procedure that can change them.
func (r *reader) procedureRan(i, end int) {
	if h := r.habits(); h.Calls {
		r.doubtNames(i, end, h.CallsDatabase)
	}
}

// made handles CREATE SCHEMA and CREATE DATABASE, whose name is at token i.
func (r *reader) made(start, i int, database, perhaps bool) {
	if !r.habits().Makes || !isName(r.tok(i)) {
		return
	}
	n, next, ok := r.valueAt(i)
	by := r.changed(start, next)
	switch {
	case !ok || perhaps:
		r.put(unknownNames(r.habits(), by))
	case database:
		r.putDatabase(n[:1], by)
	case len(n) == 2:
		r.put(names{database: given{set: true, path: n[:1], by: by}, schema: given{set: true, path: n[1:], by: by}})
	default:
		now := r.current()
		now.schema = given{set: true, path: n, by: by}
		r.put(now)
	}
	r.i = next
}

// dynamicStatement handles EXECUTE IMMEDIATE, whose text is at token i: a literal
// can be read, anything else may do everything.
func (r *reader) dynamicStatement(start, i int) {
	t, next := r.tok(i), r.tok(i+1)
	whole := next.Kind == lexer.End || r.isSymbol(i+1, ';') || next.Kw == keyword.Using || next.Kw == keyword.Into
	if t.Kind != lexer.String || !whole {
		r.forgetNames(start, i+1)
		return
	}
	body := r.literalBody(t)
	inner := newReader(r.session, body)
	inner.branched, inner.inside = r.branched, int(t.Pos)
	inner.levels = append(inner.levels, level{kind: lvBase, start: true, cteSelf: -1})
	switch inner.kw(0) {
	case keyword.Select, keyword.With, keyword.Insert, keyword.Update, keyword.Delete, keyword.Merge, keyword.Truncate, keyword.Grant:
		return
	case keyword.Create:
		if !r.habits().Makes {
			return
		}
	}
	before := len(r.changes)
	if inner.sessionStatement(); len(r.changes) > before {
		return
	}
	if first := inner.tok(0); strings.EqualFold(inner.text(first), "drop") || strings.EqualFold(inner.text(first), "set") ||
		strings.EqualFold(inner.text(first), "alter") && r.isAlterSession(inner) {
		return
	}
	r.forgetNames(start, i+1)
}

// isAlterSession reports ALTER of something other than the session, or a setting
// that changes no names, which inner has read without a change.
func (r *reader) isAlterSession(inner *reader) bool { return inner.tok(1).Kind == lexer.Word }

func (r *reader) literalBody(t lexer.Token) string {
	s := r.text(t)
	if strings.HasPrefix(s, "$") {
		if tag := strings.IndexByte(s[1:], '$') + 2; tag > 1 && len(s) >= 2*tag {
			return s[tag : len(s)-tag]
		}
	}
	return r.unquote(t)
}
