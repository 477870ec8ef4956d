package sql

import (
	"slices"
	"strings"

	"darkroom/model/sql/habits"
	"darkroom/model/sql/keyword"
	"darkroom/model/sql/lexer"
)

// setting is a setting of the session that has a part in names.
type setting uint8

const (
	setNothing   setting = iota
	setPath              // search_path
	setSchema            // the current schema
	setDatabase          // the current database or catalog
	setUser              // the user
	setUnclear           // something about names that is not read
	setContainer         // another database below all schemas (Oracle)
)

// set handles SET. Variables and other settings change no names.
func (r *reader) set() bool {
	at, local := r.i+1, false
	switch h := r.habits(); {
	case h.Sets == habits.SetsNothing, h.Sets == habits.SetsCatalog && (!r.isWord(at, "catalog") && !r.isSymbol(at+1, '.') || r.isSymbol(at+1, '=')),
		h.Sets == habits.SetsVariables && r.tok(at).Kind != lexer.Param:
		return false
	case r.isWord(at, "local"):
		local = true
		at++
	case r.isWord(at, "session") && !r.isSymbol(at+1, '='), r.isWord(at, "global"):
		at++
	}
	what, value := r.settingAt(at)
	return r.setTo(what, value, local)
}

// settingAt reads the name of a setting and gives the token of its value.
func (r *reader) settingAt(at int) (what setting, value int) {
	if t := r.tok(at); t.Kind == lexer.Param {
		switch strings.ToLower(r.text(t)) {
		case "@@dataset_id":
			what = setSchema
		case "@@dataset_project_id", "@@catalog":
			what = setDatabase
		}
		return what, r.behindEquals(at + 1)
	}
	if !isName(r.tok(at)) {
		return setNothing, at
	}
	n, next, _, _ := r.parseName(at)
	what = r.settingNamed(strings.ToLower(n[len(n)-1].text), len(n) == 1)
	if len(n) == 1 && r.isWord(at, "current") && (r.isWord(next, "schema") || r.isWord(next, "sqlid")) {
		what = setSchema
		next++
	}
	return what, r.behindEquals(next)
}

// settingNamed is what a setting is by its last word; alone: there are no others.
func (r *reader) settingNamed(last string, alone bool) setting {
	switch last {
	case "search_path":
		return setPath
	case "schema", "current_schema", "currentschema":
		return setSchema
	case "authorization", "session_authorization", "role", "session_user", "current_user":
		return setUser
	case "container":
		return setContainer
	case "defaultcatalog", "currentcatalog":
		return setUnclear
	case "catalog":
		if !alone {
			return setUnclear
		}
		return setDatabase
	case "database":
		switch {
		case !alone:
		case r.habits().DatabaseIsSchema:
			return setSchema
		default:
			return setDatabase
		}
	}
	return setNothing
}

// behindEquals passes over "=" and TO.
func (r *reader) behindEquals(i int) int {
	if r.isSymbol(i, '=') || r.isWord(i, "to") {
		return i + 1
	}
	return i
}

// setTo applies a setting whose value begins at token i.
func (r *reader) setTo(what setting, i int, local bool) bool {
	switch what {
	case setNothing:
		return false
	case setUser:
		return r.otherUser(i)
	case setUnclear:
		r.forgetNames(r.i, i+1)
		r.moveTo(i + 1)
		return true
	case setContainer:
		unknown := given{set: true, by: r.changed(r.i, i+1)}
		r.put(names{database: unknown, schema: unknown})
		r.moveTo(i + 1)
		return true
	}
	if r.kw(i) == keyword.None && r.isWord(i, "default") {
		r.put(names{})
		r.moveTo(i + 1)
		return true
	}
	r.setNames(what, i, local)
	return true
}

// setNames applies a setting that names a schema, schemas, or a database.
func (r *reader) setNames(what setting, i int, local bool) {
	items, next, ok := r.valueList(i, what)
	ok = ok && (r.habits().Sets != habits.SetsVariables || r.tok(i).Kind == lexer.String) // a word is a variable there
	by := r.changed(r.i, next)
	before := r.now
	switch path, unsure := r.schemas(items); {
	case what == setDatabase && ok && len(items) == 1 && len(items[0]) == 1:
		r.putDatabase(items[0], by)
	case !ok, len(path) == 0, what == setDatabase:
		r.put(unknownNames(r.habits(), by))
	default:
		now := r.current()
		now.schema = given{set: true, path: path, unsure: unsure || local, by: by}
		if first := items[0]; len(items) == 1 && len(first) == 2 {
			now.database = given{set: true, path: first[:1], unsure: local, by: by}
		}
		r.put(now)
	}
	if local {
		r.local = append(r.local, before)
	}
	r.moveTo(next)
}

// valueList reads the values of a setting from token i on; ok is false when one
// of them is not known.
func (r *reader) valueList(i int, what setting) (items []name, next int, ok bool) {
	ok = true
	for {
		t := r.tok(i)
		if t.Kind == lexer.String && what == setPath && r.habits().ListLiteral {
			more, fine := r.pathLiteral(r.unquote(t))
			items, ok = append(items, more...), ok && fine && !isTemplate(r.text(t))
			i++
		} else {
			n, end, fine := r.valueAt(i)
			items, i, ok = append(items, n), end, ok && fine
		}
		if !r.isSymbol(i, ',') {
			end := r.tok(i).Kind == lexer.End || r.isSymbol(i, ';')
			return items, i, ok && end
		}
		i++
	}
}

// pathLiteral reads a search path given as a literal.
func (r *reader) pathLiteral(text string) (items []name, ok bool) {
	if strings.TrimSpace(text) == "" {
		return nil, false
	}
	inner := newReader(r.session, text)
	for i := 0; ; {
		switch t := inner.tok(i); {
		case t.Kind == lexer.Param:
			items = append(items, name{{text: inner.text(t)}}) // $current, $public, $user
			i++
		case isName(t):
			n, next, dynamic, _ := inner.parseName(i)
			if dynamic || len(n) > 2 {
				return nil, false
			}
			items = append(items, n)
			i = next
		default:
			return nil, false
		}
		if inner.tok(i).Kind == lexer.End {
			return items, true
		}
		if !inner.isSymbol(i, ',') {
			return nil, false
		}
		i++
	}
}

// schemas are the schemas of a search path. One that depends on the user leaves
// the rest unsure; those of the system hold no tables of others; schemas of
// several databases are not read.
func (r *reader) schemas(items []name) (path []part, unsure bool) {
	for _, n := range items {
		if len(n) == 0 {
			return nil, true
		}
		last := n[len(n)-1]
		switch {
		case len(n) > 1 && len(items) > 1:
			return nil, true
		case strings.EqualFold(last.text, "pg_catalog"), strings.EqualFold(last.text, "pg_temp"), last.text == "":
		case strings.EqualFold(last.text, "$public"):
			path = append(path, part{text: "PUBLIC"})
		case strings.HasPrefix(last.text, "$"):
			unsure = true
		default:
			path = append(path, last)
		}
	}
	return path, unsure
}

// alterOther handles ALTER of a user, a role or a database that gives later
// sessions another schema; whether this is one of them is not known.
func (r *reader) alterOther() bool {
	for i := r.i + 2; i < r.i+16 && r.tok(i).Kind != lexer.End && !r.isSymbol(i, ';'); i++ {
		word, _ := strings.CutPrefix(strings.ToLower(r.text(r.tok(i))), "default_")
		if word == "search_path" || word == "schema" && r.isWord(i-1, "with") || word == "namespace" {
			r.doubtNames(r.i, i+1, word == "namespace")
			return false
		}
	}
	return false
}

// alterSession handles ALTER SESSION SET.
func (r *reader) alterSession() bool {
	for i := r.i + 3; r.tok(i).Kind != lexer.End && !r.isSymbol(i, ';'); i++ {
		if what, value := r.settingAt(i); what == setPath || what == setSchema || what == setContainer {
			return r.setTo(what, value, false)
		}
	}
	return false
}

// reset handles RESET and DISCARD, after which names are those of the connection.
func (r *reader) reset() bool {
	at := r.i + 1
	if r.isWord(at, "session") {
		at++
	}
	what, _ := r.settingAt(at)
	if r.kw(at) == keyword.All || what == setPath || what == setSchema {
		r.put(names{})
	}
	if what == setUser {
		return r.otherUser(at)
	}
	return false
}

// endTransaction: SET LOCAL ends with its transaction, and ROLLBACK takes back
// what was set in it.
func (r *reader) endTransaction() bool {
	back := r.isWord(r.i, "rollback") || r.isWord(r.i, "abort")
	switch {
	case back && r.habits().UserSchema && !r.d.TSQL && r.now != 0, slices.Contains(r.local, mixed):
		r.local = nil
		r.forgetNames(r.i, r.i+1)
	case len(r.local) > 0:
		r.now = r.local[0]
	}
	r.local = nil
	return false
}

// setConfig handles Postgres's set_config('search_path', …), whose parenthesis is
// token paren. It is a part of an expression, so the reader does not move.
func (r *reader) setConfig(paren int) {
	if r.tok(paren+1).Kind != lexer.String {
		r.forgetNames(paren-1, paren+2)
		return
	}
	if !strings.EqualFold(r.unquote(r.tok(paren+1)), "search_path") {
		return
	}
	value := r.tok(paren + 3)
	end := int(r.tok(paren).Mate)
	by := r.changed(paren-1, min(end+1, paren+8))
	items, ok := []name(nil), false
	if value.Kind == lexer.String && r.isSymbol(paren+4, ',') && !isTemplate(r.text(value)) {
		items, ok = r.pathLiteral(r.unquote(value))
	}
	path, unsure := r.schemas(items)
	if !ok || len(path) == 0 {
		r.put(unknownNames(r.habits(), by))
		return
	}
	now := r.current()
	now.schema = given{set: true, path: path, unsure: unsure || !r.isWord(paren+5, "false"), by: by}
	r.put(now)
}
