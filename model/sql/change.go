package sql

import (
	"darkroom/model/sql/keyword"
	"darkroom/model/sql/lexer"
)

// change handles the statements that write or make relations. It reports whether
// kw begins one.
func (r *reader) change(kw keyword.Keyword) bool {
	next := r.kw(r.i + 1)
	var handle func()
	switch kw {
	case keyword.Insert:
		handle = r.insert
	case keyword.Replace: // MySQL's REPLACE INTO, Teradata's REPLACE VIEW
		switch next {
		case keyword.Into:
			handle = r.insert
		case keyword.View:
			handle = r.create
		}
	case keyword.Update:
		handle = r.update
	case keyword.Delete:
		handle = r.delete
	case keyword.Merge:
		handle = r.merge
	case keyword.Truncate:
		handle = r.truncate
	case keyword.Create, keyword.Cache:
		handle = r.create
	}
	if handle == nil || r.isSymbol(r.i+1, '(') || next == keyword.Join {
		return false // functions with the same name, INNER MERGE JOIN
	}
	if r.isBase() && !r.top().start {
		r.endStatement()
	}
	handle()
	return true
}

// skip passes over the given words.
func (r *reader) skip(words ...keyword.Keyword) {
	for {
		kw := r.kw(r.i)
		match := false
		for _, w := range words {
			match = match || kw == w && kw != keyword.None
		}
		if !match {
			return
		}
		r.i++
		if kw == keyword.Top && r.isSymbol(r.i, '(') {
			r.i = int(r.tok(r.i).Mate) + 1
		}
	}
}

// target reads the name of a written relation; ok is false when none is here.
func (r *reader) target() (f found, ok bool) {
	t := r.tok(r.i)
	if !isName(t) && !r.isQuotedLiteral(t) || t.Kw.ReservedItem() || t.Kw == keyword.Set || t.Kw == keyword.Values {
		return f, false
	}
	n, next, dynamic, path := r.parseName(r.i)
	r.i = next
	if dynamic {
		r.gap(GapDynamic, next-1, r.text(t))
		return f, false
	}
	return found{name: n, pos: int(t.Pos), path: path}, true
}

// insert handles INSERT [INTO|OVERWRITE|ALL …] name.
func (r *reader) insert() {
	top := r.top()
	r.i++
	for r.kw(r.i+1) == keyword.Into || r.kw(r.i) == keyword.Or || r.isWord(r.i, "ignore") || r.isWord(r.i+1, "ignore") {
		r.i++ // LOW_PRIORITY, OR ABORT, IGNORE
	}
	r.skip(keyword.Overwrite, keyword.Into, keyword.Table, keyword.Top, keyword.All, keyword.First)
	r.newBranch()
	top.stmt = stInsert
	if r.isWord(r.i, "function") || r.isWord(r.i, "directory") || r.isWord(r.i, "local") {
		return
	}
	if f, ok := r.target(); ok {
		r.write(f)
	}
}

// intoWord: INSERT ALL INTO a INTO b, SELECT … INTO t, OUTPUT … INTO t.
func (r *reader) intoWord() bool {
	top := r.top()
	if !(top.stmt == stInsert && !top.selected) && !r.d.SelectInto {
		return false
	}
	r.i++
	temp := r.kw(r.i) == keyword.Temp
	r.skip(keyword.Temp, keyword.Table)
	if f, ok := r.target(); ok {
		r.make(f, temp)
	}
	top.start = false
	return true
}

// make adds a relation that a statement creates.
func (r *reader) make(f found, temp bool) {
	if temp || r.isTemp(f.name) {
		r.newTemps = append(r.newTemps, r.tempKey(f.name))
		return
	}
	r.write(f)
}

// maxTargets limits the names after DELETE that are kept until their FROM.
const maxTargets = 16

// update handles UPDATE name … SET … FROM ….
func (r *reader) update() {
	top := r.top()
	r.i++
	for r.isWord(r.i, "ignore") || r.isWord(r.i, "low_priority") {
		r.i++
	}
	r.skip(keyword.Top, keyword.Only)
	top.stmt, top.start, top.cteList = stUpdate, false, false
	top.fromOK, top.inFrom = true, true // MySQL: UPDATE a JOIN b ON … SET
	if f, ok := r.target(); ok {
		r.aim(f)
	}
}

// aim keeps a target that may be an alias until FROM shows what it is; otherwise it
// writes the target.
func (r *reader) aim(f found) {
	if r.d.AliasTarget && len(r.targets) < maxTargets {
		r.targets = append(r.targets, f)
		return
	}
	r.write(f)
}

// delete handles DELETE [FROM] name and DELETE a, b FROM ….
func (r *reader) delete() {
	top := r.top()
	r.i++
	r.skip(keyword.Top)
	r.skip(keyword.From, keyword.Only)
	top.stmt, top.start, top.cteList, top.using = stDelete, false, false, false
	top.fromOK, top.inFrom = true, false
	for {
		f, ok := r.target()
		if !ok {
			return
		}
		r.aim(f)
		if r.isSymbol(r.i, '.') { // MySQL: DELETE a.*
			r.i += 2
		}
		if !r.isSymbol(r.i, ',') {
			return
		}
		r.i++
	}
}

// merge handles MERGE INTO name; USING comes later.
func (r *reader) merge() {
	top := r.top()
	r.i++
	r.skip(keyword.Top, keyword.Into)
	top.stmt, top.start, top.cteList, top.using = stMerge, false, false, false
	if f, ok := r.target(); ok {
		r.write(f)
	}
}

// truncate handles TRUNCATE [TABLE] name.
func (r *reader) truncate() {
	r.i++
	r.skip(keyword.Table, keyword.Only)
	r.top().start = false
	if f, ok := r.target(); ok {
		r.write(f)
	}
}

// copyInto handles COPY INTO name FROM …, where FROM may be a stage, and the
// others' COPY name FROM and COPY name TO.
func (r *reader) copyInto() bool {
	if r.kw(r.i+1) != keyword.Into {
		return r.copyNamed()
	}
	r.i += 2
	r.top().start, r.top().fromOK = false, true
	if f, ok := r.target(); ok {
		r.write(f)
	}
	return true
}

// copyNamed handles COPY name [(columns)] FROM, which writes it, and TO, which reads it.
func (r *reader) copyNamed() bool {
	at := r.i + 1
	if !isName(r.tok(at)) || r.tok(at).Kw != keyword.None {
		return false
	}
	n, next, dynamic, path := r.parseName(at)
	if r.isSymbol(next, '(') {
		next = int(r.tok(next).Mate) + 1
	}
	f := found{name: n, pos: int(r.tok(at).Pos), path: path}
	switch {
	case r.kw(next) != keyword.From && !r.isWord(next, "to"):
		return false
	case dynamic:
		r.gap(GapDynamic, at, "")
	case r.kw(next) == keyword.From:
		r.write(f)
	default:
		r.read(f)
	}
	r.top().start = false
	r.i = next + 1
	return true
}

// createOther handles CREATE SCHEMA and CREATE DATABASE where they select what
// they make; r.i is behind the words after CREATE.
func (r *reader) createOther(start int) {
	if !r.sessions.Makes {
		return
	}
	for i := start + 1; i < start+4; i++ {
		if database := r.isWord(i, "database"); database || r.isWord(i, "schema") {
			perhaps := r.kw(i+1) == keyword.If
			for i++; r.kw(i) == keyword.If || r.kw(i) == keyword.Not || r.kw(i) == keyword.Exists; {
				i++
			}
			r.made(start, i, database, perhaps)
			return
		}
	}
}

// create handles CREATE … TABLE|VIEW name and Spark's CACHE TABLE name. Other
// objects are not relations.
func (r *reader) create() {
	top := r.top()
	start, temp := r.i, r.kw(r.i) == keyword.Cache
	r.i++
	for {
		t := r.tok(r.i)
		if t.Kind != lexer.Word || t.Kw == keyword.Table || t.Kw == keyword.View || t.Kw.ReservedItem() {
			break
		}
		temp = temp || t.Kw == keyword.Temp
		r.i++
	}
	top.start = false
	if kw := r.kw(r.i); kw != keyword.Table && kw != keyword.View {
		r.createOther(start)
		return
	}
	r.i++
	r.skip(keyword.If, keyword.Not, keyword.Exists)
	f, ok := r.target()
	if !ok {
		return
	}
	top.stmt, top.fromOK, top.selected = stCreate, false, false
	r.make(f, temp)
	if r.isWord(r.i, "shallow") || r.isWord(r.i, "deep") {
		r.i++
	}
	if r.isCopyOf() {
		top.expect = true
		r.i++
	}
}

// isCopyOf reports CLONE and COPY, but not Snowflake's COPY GRANTS.
func (r *reader) isCopyOf() bool {
	kw := r.kw(r.i)
	return kw == keyword.Clone || kw == keyword.Copy && !r.isWord(r.i+1, "grants") && !r.isWord(r.i+1, "tags")
}
