package sql

import (
	"strings"

	"darkroom/model/sql/keyword"
	"darkroom/model/sql/lexer"
)

// isStart reports whether kw can begin a statement here. T-SQL needs no
// semicolon between statements.
func (r *reader) isStart(kw keyword.Keyword) bool {
	top := r.top()
	if top.start || kw == keyword.Call && r.isSymbol(r.i-1, '=') { // ODBC: {? = call p}
		return true
	}
	if !r.d.TSQL || !r.isBase() || top.stmt == stMerge {
		return false
	}
	switch r.kw(r.i - 1) {
	case keyword.For, keyword.On, keyword.Do, keyword.Key, keyword.Grant, keyword.As, keyword.Or:
		return false
	}
	return !r.isSymbol(r.i-1, ',') && !r.isSymbol(r.i-1, '=') || kw == keyword.Exec
}

// aloneOnLine reports whether the token is the only one on its line, as T-SQL's GO
// must be.
func (r *reader) aloneOnLine() bool {
	t := r.tok(r.i)
	before := strings.TrimRight(r.src[:t.Pos], " \t\r")
	after := strings.TrimLeft(r.src[t.End:], " \t\r")
	return (before == "" || before[len(before)-1] == '\n') && (after == "" || after[0] == '\n')
}

// statement handles the words that begin one. It reports whether kw did.
func (r *reader) statement(kw keyword.Keyword) bool {
	switch kw {
	case keyword.Exec, keyword.Execute, keyword.Call, keyword.Do:
		return r.procedure(kw)
	case keyword.Copy:
		return r.copyInto()
	case keyword.Begin:
		r.block = true
		r.i++ // what follows begins a statement
		return true
	case keyword.Go:
		if !r.d.TSQL || !r.aloneOnLine() {
			return false
		}
		r.endStatement()
		r.i++
		return true
	case keyword.Grant:
		r.grant()
		return true
	}
	return r.change(kw)
}

// branch notes a statement that decides which others run. It reports whether it
// moved on, because another one begins behind THEN or ELSE.
func (r *reader) branch(kw keyword.Keyword) bool {
	top := r.top()
	before := r.kw(r.i - 1)
	switch {
	case kw == keyword.If || kw == keyword.For:
		r.branched = r.branched || top.start || r.d.TSQL && kw == keyword.If && before != keyword.Table && before != keyword.View
	case kw != keyword.Other || top.selected || top.inFrom:
	case r.isWord(r.i, "else"), r.branched && r.isWord(r.i, "then"):
		r.branched, top.start = true, true
		r.i++
		return true
	}
	return false
}

// grant skips GRANT and REVOKE; their SELECT and FROM are not those of a query.
func (r *reader) grant() {
	for r.tok(r.i).Kind != lexer.End && !r.isSymbol(r.i, ';') && r.kw(r.i) != keyword.From && !r.isWord(r.i, "to") {
		r.i++
	}
	r.plain()
}

// procedure handles EXEC, CALL and DO: what a procedure reads is not in the text.
func (r *reader) procedure(kw keyword.Keyword) bool {
	next := r.tok(r.i + 1)
	switch {
	case r.isWord(r.i+1, "immediate"):
		r.gap(GapDynamic, r.i, "EXECUTE IMMEDIATE")
		r.dynamicStatement(r.i, r.i+2)
		r.i++
	case kw == keyword.Do && next.Kind != lexer.String, next.Kw == keyword.As:
		return false
	case isName(next) && kw != keyword.Do:
		n, end, _, _ := r.parseName(r.i + 1)
		r.gap(GapProcedure, r.i, n.String())
		r.procedureRan(r.i, end)
		r.i = end - 1
	case r.isSymbol(r.i+1, '(') || next.Kind == lexer.Var || next.Kind == lexer.String || next.Kind == lexer.Param:
		r.gap(GapProcedure, r.i, r.text(next))
		r.procedureRan(r.i, r.i+1)
	default:
		return false
	}
	r.plain()
	return true
}

// isProcedure reports a statement that is only a procedure's name: the first one of
// a T-SQL batch, or one inside an Oracle block.
func (r *reader) isProcedure() bool {
	t := r.tok(r.i)
	if !r.isBase() || !isName(t) {
		return false
	}
	switch {
	case r.d.TSQL && r.i == 0:
		if t.Kind == lexer.Quoted || r.isSymbol(1, '.') {
			return true
		}
		low := strings.ToLower(r.text(t))
		return strings.HasPrefix(low, "sp_") || strings.HasPrefix(low, "usp_") || strings.HasPrefix(low, "xp_")
	case r.d.Link && r.block:
		n, next, _, _ := r.parseName(r.i)
		return r.isSymbol(next, '(') || len(n) > 1
	}
	return false
}
