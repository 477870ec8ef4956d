package sql

import (
	"darkroom/model/sql/keyword"
	"darkroom/model/sql/lexer"
)

// keyword handles a word that may change what the reader does.
func (r *reader) keyword(kw keyword.Keyword) {
	if r.isBase() && (r.branch(kw) || r.top().start && r.sessionStatement()) {
		return
	}
	// A clause word after AS is an alias: "with offset as offset".
	afterAs := r.kw(r.i-1) == keyword.As
	switch {
	case r.query(kw, afterAs), !afterAs && r.join(kw), !afterAs && r.ends(kw), r.isStart(kw) && r.statement(kw):
		return
	case kw == keyword.All || kw == keyword.Distinct:
		r.i++ // UNION ALL FROM t
	default:
		r.plain()
	}
}

// query handles the words that begin a query or a part of it. It reports
// whether it moved on.
func (r *reader) query(kw keyword.Keyword, afterAs bool) bool {
	top := r.top()
	switch kw {
	case keyword.Select:
		r.selectWord()
	case keyword.From:
		if !r.isFromClause() {
			return false
		}
		top.inFrom, top.expect, top.fromOK = true, true, true
		top.noComma, top.values, top.start, top.cteList = false, false, false, false
		r.i++
	case keyword.With:
		return r.with()
	case keyword.As:
		return r.asWord()
	case keyword.Table:
		return r.tableWord()
	case keyword.Into:
		return r.intoWord()
	case keyword.Union, keyword.Intersect, keyword.Except, keyword.Minus:
		return !afterAs && r.setOperator(kw)
	case keyword.Pivot, keyword.Unpivot, keyword.Summarize:
		if !r.d.PivotStart || !top.start {
			return false
		}
		top.inFrom, top.expect, top.noComma, top.start = true, true, true, false
		r.i++
	case keyword.In:
		return r.inWord()
	default:
		return false
	}
	return true
}

// selectWord begins a select list. T-SQL needs no semicolon before it.
func (r *reader) selectWord() {
	top := r.top()
	if r.d.TSQL && r.isBase() && !top.start && (top.selected || top.stmt == stDelete || top.stmt == stUpdate) {
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
	if before == keyword.Distinct && (r.kw(r.i-2) == keyword.Is || r.kw(r.i-2) == keyword.Not) || before == keyword.SystemTime ||
		r.kw(r.i-2) == keyword.With && r.isWord(r.i-1, "fill") {
		return true
	}
	if next := r.kw(r.i + 1); (next == keyword.First || next == keyword.Last) && r.isSymbol(r.i-1, ')') {
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
	case keyword.Select, keyword.With, keyword.From, keyword.Values, keyword.Table:
		return true
	case keyword.Pivot, keyword.Unpivot, keyword.Summarize:
		return r.d.PivotStart
	}
	return false
}

// setOperator handles UNION and its like, but not "* EXCEPT (a, b)".
func (r *reader) setOperator(kw keyword.Keyword) bool {
	next := r.i + 1
	for r.kw(next) == keyword.All || r.kw(next) == keyword.Distinct {
		next++
	}
	if r.kw(next) == keyword.By && r.isWord(next+1, "name") {
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
	top.union = top.union || kw == keyword.Union
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
		if t := r.tok(r.i); r.d.AsName && isName(t) && t.Kw == keyword.None {
			_, next, _, _ := r.parseName(r.i)
			top.expect = r.kw(next) == keyword.With // Teradata: CREATE TABLE x AS y WITH DATA
		}
	case r.d.WithExpr && top.cteList && isName(r.tok(r.i+1)) && (r.isSymbol(r.i+2, ',') || r.kw(r.i+2) == keyword.Select):
		r.define(r.aliasKey(name{r.partAt(r.i + 1)}), false)
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
	if t.Kind == lexer.Quoted {
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
	if !isName(r.tok(at)) || r.tok(at).Kw != keyword.None {
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
		r.read(found{name: n, pos: int(r.tok(at).Pos), path: path})
	}
	r.i = next
	if paren {
		r.i++
	}
	return true
}

// inWord: ClickHouse reads a table after IN, also in parentheses: x IN (db.t). A name with
// one part can also be an argument, position(x IN y), or in parentheses a column. One whose
// first part is an alias is a column, which is known at the end (dropPaths).
func (r *reader) inWord() bool {
	at := r.i + 1
	paren := r.isSymbol(at, '(')
	if paren {
		at++
	}
	if !r.d.InTable || !isName(r.tok(at)) || r.tok(at).Kw != keyword.None {
		return false
	}
	n, next, dynamic, _ := r.parseName(at)
	switch {
	case dynamic, r.isSymbol(next, '('), paren && !r.isSymbol(next, ')'), len(n) == 1 && (paren || !r.top().selected):
		return false
	}
	r.top().start = false
	r.read(found{name: n, pos: int(r.tok(at).Pos), in: true})
	if r.i = next; paren {
		r.i++
	}
	return true
}

// join handles the words that bring another table into a FROM list.
func (r *reader) join(kw keyword.Keyword) bool {
	top := r.top()
	switch {
	case kw == keyword.Using:
		return r.usingWord()
	case kw == keyword.On && top.onTables: // Teradata: f(ON db.t PARTITION BY a ON db.u DIMENSION)
		top.inFrom, top.expect, top.noComma, top.start = true, true, true, false
		r.i++
		return true
	}
	if !top.inFrom {
		return false
	}
	before := r.kw(r.i - 1)
	switch {
	case kw == keyword.Join && before == keyword.Array:
		top.noComma = true // ClickHouse: columns follow
	case kw == keyword.Join && before != keyword.For, kw == keyword.StraightJoin, kw == keyword.Apply && (before == keyword.Cross || before == keyword.Outer):
		top.expect, top.noComma = true, false
	case kw == keyword.Lateral && r.kw(r.i+1) == keyword.View:
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
	if r.d.UsingBare && top.inFrom && !r.isSymbol(r.i+1, '(') {
		top.noComma = true
	}
	return false
}

// isForOfItem reports FOR inside an item of the FROM list: FOR SYSTEM_TIME,
// PARTITION FOR (x), and MySQL's USE INDEX FOR ORDER BY (a).
func (r *reader) isForOfItem() bool {
	switch r.kw(r.i + 1) {
	case keyword.SystemTime, keyword.Version, keyword.Join:
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
func (r *reader) ends(kw keyword.Keyword) bool {
	next := r.kw(r.i + 1)
	var end bool
	switch kw {
	case keyword.Where, keyword.Having, keyword.Limit, keyword.Qualify, keyword.Set, keyword.Returning, keyword.Prewhere:
		end = true
	case keyword.Group, keyword.Order, keyword.Cluster, keyword.Sort, keyword.Connect:
		end = next == keyword.By && r.kw(r.i-1) != keyword.For
	case keyword.Fetch:
		end = true
		r.top().fromOK = false // FETCH NEXT FROM cursor
	case keyword.For:
		end = !r.isForOfItem()
	case keyword.On:
		end = next == keyword.Duplicate || next == keyword.Conflict
	case keyword.Settings:
		end = r.d.UsingBare
	case keyword.Window:
		end = r.kw(r.i+2) == keyword.As
	case keyword.When:
		end = r.top().stmt == stMerge
	}
	if end {
		top := r.top()
		top.tail = top.tail || top.inFrom && kw.Tail()
		top.inFrom = false
		r.plain()
	}
	return end
}
