package sql

import "strings"

// habits are how the warehouse's statements change names.
func (r *reader) habits() *sessionHabits { return r.sessions }

// sessionStatement handles a statement at r.i that changes what later names mean
// (RULES.md#what-a-session-does-to-names). It reports whether it moved on.
func (r *reader) sessionStatement() bool { //nolint:cyclop // one case per word
	t := r.tok(r.i)
	if t.kind != tkWord || t.end-t.pos > 8 {
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
		return r.habits().databaseIsSchema && r.select1(next, useSchema)
	case "open":
		return r.isWord(next, "schema") && r.select1(next+1, useSchema)
	case "close":
		return r.isWord(next, "schema") && r.closeSchema()
	case "switch":
		return r.select1(next, useDatabase)
	case "connect":
		return r.isWord(next, "database") && r.select1(next+1, useDatabase)
	case "exec", "execute":
		return r.d.tsql && r.kw(next) == kwAs && r.otherUser(next)
	case "setuser":
		return r.d.tsql && r.otherUser(next)
	case "unload": // Redshift: a query in a literal
		if r.isSymbol(next, '(') && r.tok(next+1).kind == tkString {
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
	if r.d.tsql { // the next statement needs no semicolon
		r.endStatement()
	}
	r.top().start = r.d.tsql
	r.i = i
}

// valueAt reads the name that a statement selects: a name, a literal, or
// IDENTIFIER('a.b'). Anything else is not known (ok false).
func (r *reader) valueAt(i int) (n name, next int, ok bool) {
	t := r.tok(i)
	switch {
	case t.kind == tkString:
		p := r.literalPart(t)
		return name{p}, i + 1, !isTemplate(r.text(t)) && p.text != "" && !strings.Contains(p.text, ".")
	case r.isWord(i, "identifier") && r.isSymbol(i+1, '('):
		n, ok = r.literalName(r.tok(i + 2))
		next = int(r.tok(i+1).mate) + 1
		return n, next, ok && next == i+4
	case !isName(t), r.isUserWord(i):
		return nil, i + 1, false
	}
	n, next, dynamic, _ := r.parseName(i)
	return n, next, !dynamic && len(n) <= 2 && !r.isSymbol(next, '(')
}

// literalPart is a literal as one part of a name. It is exact; where folding would
// change nothing, it is like a name without quotes.
func (r *reader) literalPart(t token) part {
	text := r.unquote(t)
	return part{text, r.d.names.fold(text, false) != text && r.d.names != foldAll}
}

// isUserWord reports a word that means the user of the session.
func (r *reader) isUserWord(i int) bool {
	return r.isWord(i, "user") || r.isWord(i, "current_user") || r.isWord(i, "session_user") ||
		r.isWord(i, "current") && (r.isWord(i+1, "user") || r.isWord(i+1, "schema"))
}

// use handles USE.
func (r *reader) use() bool {
	at, what := r.i+1, r.habits().use
	named := r.isSelected(at + 1)
	switch strings.ToLower(r.text(r.tok(at))) {
	case "role", "warehouse", "secondary":
		if named || r.kw(at+1) == kwAll {
			r.moveTo(at + 2)
			return true
		}
	case "index", "key", "hint", "plan":
		return false
	case "schema", "namespace":
		if named {
			at, what = at+1, useSchema
		}
	case "database":
		if named {
			at, what = at+1, useDatabase
		}
		if named && r.habits().databaseIsSchema {
			what = useSchema
		}
	case "catalog":
		if named {
			at, what = at+1, useDatabase
		}
	}
	return r.select1(at, what)
}

// isSelected reports whether token i can be what USE selects, so that the word
// before it says of which kind.
func (r *reader) isSelected(i int) bool {
	t := r.tok(i)
	return isName(t) && t.kw == kwNone && !r.isWord(i, "go") || t.kind == tkString || t.kind == tkParam || r.isSymbol(i, ':')
}

// select1 applies a statement that selects what is at token at.
func (r *reader) select1(at int, what useOne) bool {
	if t := r.tok(at); t.kind == tkEnd || r.isSymbol(at, ';') {
		return false
	}
	n, next, ok := r.valueAt(at)
	ok = ok && (r.tok(next).kind != tkSymbol || r.isSymbol(next, ';'))
	by := r.changed(r.i, next)
	switch {
	case !ok && what == useDatabase && r.d.tsql:
		r.put(names{database: given{set: true, by: by}})
	case !ok, len(n) == 1 && what == useUnclear:
		r.put(unknownNames(r.habits(), by))
	case len(n) == 2 && r.d.tsql:
		r.put(unknownNames(r.habits(), by))
	case len(n) == 2:
		r.put(names{database: given{set: true, path: n[:1], by: by}, schema: given{set: true, path: n[1:], by: by}})
	case what == useSchema:
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
	case h.freshUnknown:
		next.schema = given{set: true, by: by}
	case h.fresh != "":
		next.schema = given{set: true, path: name{{text: h.fresh}}, by: by}
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
	for r.tok(end).kind != tkEnd && !r.isSymbol(end, ';') && end < r.i+8 && r.kw(end) != kwSelect {
		end++
	}
	if h := r.habits(); h.userSchema {
		if schema := r.current().schema; !schema.set || schema.kept || schema.unsure {
			r.doubtNames(r.i, end, false)
		}
	}
	r.moveTo(end)
	return true
}

// procedureRan doubts the names after a procedure that can change them.
func (r *reader) procedureRan(i, end int) {
	if h := r.habits(); h.calls {
		r.doubtNames(i, end, h.callsDatabase)
	}
}

// made handles CREATE SCHEMA and CREATE DATABASE, whose name is at token i.
func (r *reader) made(start, i int, database, perhaps bool) {
	if !r.habits().makes || !isName(r.tok(i)) {
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
	whole := next.kind == tkEnd || r.isSymbol(i+1, ';') || next.kw == kwUsing || next.kw == kwInto
	if t.kind != tkString || !whole {
		r.forgetNames(start, i+1)
		return
	}
	body := r.literalBody(t)
	inner := newReader(r.session, body)
	inner.branched, inner.inside = r.branched, int(t.pos)
	inner.levels = append(inner.levels, level{kind: lvBase, start: true, cteSelf: -1})
	switch inner.kw(0) {
	case kwSelect, kwWith, kwInsert, kwUpdate, kwDelete, kwMerge, kwTruncate, kwGrant:
		return
	case kwCreate:
		if !r.habits().makes {
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
func (r *reader) isAlterSession(inner *reader) bool { return inner.tok(1).kind == tkWord }

// literalBody is the text of a literal.
func (r *reader) literalBody(t token) string {
	s := r.text(t)
	if strings.HasPrefix(s, "$") {
		if tag := strings.IndexByte(s[1:], '$') + 2; tag > 1 && len(s) >= 2*tag {
			return s[tag : len(s)-tag]
		}
	}
	return r.unquote(t)
}
