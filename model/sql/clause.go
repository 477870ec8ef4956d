package sql

// keyword handles a word that may change what the reader does.
func (r *reader) keyword(kw keyword) {
	if r.isBase() && (r.branch(kw) || r.top().start && r.sessionStatement()) {
		return
	}
	// A clause word after AS is an alias: "with offset as offset".
	afterAs := r.kw(r.i-1) == kwAs
	switch {
	case r.query(kw, afterAs), !afterAs && r.join(kw), !afterAs && r.ends(kw), r.isStart(kw) && r.statement(kw):
		return
	case kw == kwAll || kw == kwDistinct:
		r.i++ // UNION ALL FROM t
	default:
		r.plain()
	}
}

// query handles the words that begin a query or a part of it. It reports
// whether it moved on.
func (r *reader) query(kw keyword, afterAs bool) bool {
	top := r.top()
	switch kw {
	case kwSelect:
		r.selectWord()
	case kwFrom:
		if !r.isFromClause() {
			return false
		}
		top.inFrom, top.expect, top.fromOK = true, true, true
		top.noComma, top.values, top.start, top.cteList = false, false, false, false
		r.i++
	case kwWith:
		return r.with()
	case kwAs:
		return r.asWord()
	case kwTable:
		return r.tableWord()
	case kwInto:
		return r.intoWord()
	case kwUnion, kwIntersect, kwExcept, kwMinus:
		return !afterAs && r.setOperator(kw)
	case kwPivot, kwUnpivot, kwSummarize:
		if !r.d.pivotStart || !top.start {
			return false
		}
		top.inFrom, top.expect, top.noComma, top.start = true, true, true, false
		r.i++
	case kwIn:
		return r.inWord()
	default:
		return false
	}
	return true
}

// selectWord begins a select list. T-SQL needs no semicolon before it.
func (r *reader) selectWord() {
	top := r.top()
	if r.d.tsql && r.isBase() && !top.start && (top.selected || top.stmt == stDelete || top.stmt == stUpdate) {
		r.endStatement()
		top = r.top()
	}
	top.fromOK, top.selected = true, true
	top.inFrom, top.noComma, top.start, top.cteList, top.tail = false, false, false, false, false
	r.i++
}

// isFromClause distinguishes the clause from other uses of the word
// (RULES.md#tables-and-what-only-looks-like-one): EXTRACT(… FROM), IS DISTINCT
// FROM, FOR SYSTEM_TIME FROM, NTH_VALUE(…) FROM FIRST, WITH FILL FROM.
func (r *reader) isFromClause() bool {
	top := r.top()
	if top.tail || !top.fromOK && !(top.start && top.kind != lvTrim) {
		return false
	}
	return !r.fromOfAnother()
}

// fromOfAnother reports FROM as a part of another clause.
func (r *reader) fromOfAnother() bool {
	before := r.kw(r.i - 1)
	if before == kwDistinct && (r.kw(r.i-2) == kwIs || r.kw(r.i-2) == kwNot) || before == kwSystemTime ||
		r.kw(r.i-2) == kwWith && r.isWord(r.i-1, "fill") {
		return true
	}
	if next := r.kw(r.i + 1); (next == kwFirst || next == kwLast) && r.isSymbol(r.i-1, ')') {
		for _, w := range []string{"over", "respect", "ignore"} {
			if r.isWord(r.i+2, w) {
				return true
			}
		}
	}
	return false
}

// queryStart reports whether token i begins a query.
func (r *reader) queryStart(i int) bool {
	switch r.kw(i) {
	case kwSelect, kwWith, kwFrom, kwValues, kwTable:
		return true
	case kwPivot, kwUnpivot, kwSummarize:
		return r.d.pivotStart
	}
	return false
}

// setOperator handles UNION and its like, but not "* EXCEPT (a, b)".
func (r *reader) setOperator(kw keyword) bool {
	next := r.i + 1
	for r.kw(next) == kwAll || r.kw(next) == kwDistinct {
		next++
	}
	if r.kw(next) == kwBy && r.isWord(next+1, "name") {
		next += 2
	}
	inside := next
	for r.isSymbol(inside, '(') && inside < next+8 {
		inside++
	}
	if !r.queryStart(inside) || r.isSymbol(r.i-1, '*') {
		return false
	}
	top := r.top()
	top.union = top.union || kw == kwUnion
	r.newBranch()
	r.i = next
	return true
}

// asWord: CREATE … AS begins a query; ClickHouse names an expression in WITH.
func (r *reader) asWord() bool {
	top := r.top()
	switch {
	case top.stmt == stCreate && r.isBase() && !top.selected:
		top.start = true
		r.i++
		if t := r.tok(r.i); r.d.asName && isName(t) && t.kw == kwNone {
			_, next, _, _ := r.parseName(r.i)
			top.expect = r.kw(next) == kwWith // Teradata: CREATE TABLE x AS y WITH DATA
		}
	case r.d.withExpr && top.cteList && isName(r.tok(r.i+1)) && (r.isSymbol(r.i+2, ',') || r.kw(r.i+2) == kwSelect):
		r.define(r.d.alias(name{r.partAt(r.i + 1)}), false)
		r.i += 2
		top.start = true
	default:
		return false
	}
	return true
}

// partAt is token i as one part of a name.
func (r *reader) partAt(i int) part {
	t := r.tok(i)
	if t.kind == tkQuoted {
		return part{r.unquote(t), true}
	}
	return part{r.text(t), false}
}

// tableWord: TABLE t as a query (Postgres, MySQL), or as the argument of a table
// function: f(TABLE t), f(input => TABLE(t)).
func (r *reader) tableWord() bool {
	top := r.top()
	argument := !r.isBase() && (r.isSymbol(r.i-1, ',') || r.isSymbol(r.i-1, '>') || r.isSymbol(r.i-1, '('))
	if top.stmt == stCreate && !top.start || !top.start && !argument {
		return false
	}
	at := r.i + 1
	paren := r.isSymbol(at, '(')
	if paren {
		at++
	}
	if !isName(r.tok(at)) || r.tok(at).kw != kwNone {
		return false
	}
	n, next, dynamic, path := r.parseName(at)
	if paren && !r.isSymbol(next, ')') {
		return false
	}
	top.start = false
	if dynamic {
		r.gap(GapDynamic, at, "")
	} else {
		r.read(found{name: n, pos: int(r.tok(at).pos), path: path})
	}
	r.i = next
	if paren {
		r.i++
	}
	return true
}

// inWord: ClickHouse reads a table after IN. A name with one part can also be an
// argument: position(x IN y).
func (r *reader) inWord() bool {
	at := r.i + 1
	if !r.d.inTable || !isName(r.tok(at)) || r.tok(at).kw != kwNone {
		return false
	}
	n, next, dynamic, _ := r.parseName(at)
	if dynamic || r.isSymbol(next, '(') || len(n) == 1 && !r.top().selected {
		return false
	}
	r.top().start = false
	r.read(found{name: n, pos: int(r.tok(at).pos)})
	r.i = next
	return true
}

// join handles the words that bring another table into a FROM list.
func (r *reader) join(kw keyword) bool {
	top := r.top()
	switch {
	case kw == kwUsing:
		return r.usingWord()
	case kw == kwOn && top.onTables: // Teradata: f(ON db.t PARTITION BY a ON db.u DIMENSION)
		top.inFrom, top.expect, top.noComma, top.start = true, true, true, false
		r.i++
		return true
	}
	if !top.inFrom {
		return false
	}
	before := r.kw(r.i - 1)
	switch {
	case kw == kwJoin && before == kwArray:
		top.noComma = true // ClickHouse: columns follow
	case kw == kwJoin && before != kwFor, kw == kwStraightJoin, kw == kwApply && (before == kwCross || before == kwOuter):
		top.expect, top.noComma = true, false
	case kw == kwLateral && r.kw(r.i+1) == kwView:
		top.noComma = true // Hive: LATERAL VIEW f(x) t AS a, b
	default:
		return false
	}
	r.i++
	return true
}

// usingWord: after USING come tables in MERGE and DELETE, but columns in a join.
func (r *reader) usingWord() bool {
	top := r.top()
	// DELETE a FROM s.a a JOIN s.b b USING (id): columns.
	columns := top.stmt == stDelete && top.inFrom && r.isSymbol(r.i+1, '(') && !r.queryStart(r.i+2)
	if (top.stmt == stMerge || top.stmt == stDelete) && !top.using && top.kind != lvJoin && !columns {
		top.using, top.inFrom, top.expect, top.noComma = true, true, true, false
		r.i++
		return true
	}
	if r.d.usingBare && top.inFrom && !r.isSymbol(r.i+1, '(') {
		top.noComma = true
	}
	return false
}

// isForOfItem reports FOR inside an item of the FROM list: FOR SYSTEM_TIME,
// PARTITION FOR (x), and MySQL's USE INDEX FOR ORDER BY (a).
func (r *reader) isForOfItem() bool {
	switch r.kw(r.i + 1) {
	case kwSystemTime, kwVersion, kwJoin:
		return true
	}
	for _, w := range [...]string{"partition", "subpartition", "index", "key"} {
		if r.isWord(r.i-1, w) {
			return true
		}
	}
	return false
}

// ends handles the words after which a comma does not bring another table.
func (r *reader) ends(kw keyword) bool {
	next := r.kw(r.i + 1)
	var end bool
	switch kw {
	case kwWhere, kwHaving, kwLimit, kwQualify, kwSet, kwReturning, kwPrewhere:
		end = true
	case kwGroup, kwOrder, kwCluster, kwSort, kwConnect:
		end = next == kwBy && r.kw(r.i-1) != kwFor
	case kwFetch:
		end = true
		r.top().fromOK = false // FETCH NEXT FROM cursor
	case kwFor:
		end = !r.isForOfItem()
	case kwOn:
		end = next == kwDuplicate || next == kwConflict
	case kwSettings:
		end = r.d.usingBare
	case kwWindow:
		end = r.kw(r.i+2) == kwAs
	case kwWhen:
		end = r.top().stmt == stMerge
	}
	if end {
		top := r.top()
		top.tail = top.tail || top.inFrom && kw.tail()
		top.inFrom = false
		r.plain()
	}
	return end
}
