package sql

import "strings"

// isStart reports whether kw can begin a statement here. T-SQL needs no
// semicolon between statements.
func (r *reader) isStart(kw keyword) bool {
	top := r.top()
	if top.start || kw == kwCall && r.isSymbol(r.i-1, '=') { // ODBC: {? = call p}
		return true
	}
	if !r.d.tsql || !r.isBase() || top.stmt == stMerge {
		return false
	}
	switch r.kw(r.i - 1) {
	case kwFor, kwOn, kwDo, kwKey, kwGrant, kwAs, kwOr:
		return false
	}
	return !r.isSymbol(r.i-1, ',') && !r.isSymbol(r.i-1, '=') || kw == kwExec
}

// aloneOnLine reports whether the token is the only one on its line, as T-SQL's GO
// must be.
func (r *reader) aloneOnLine() bool {
	t := r.tok(r.i)
	before := strings.TrimRight(r.src[:t.pos], " \t\r")
	after := strings.TrimLeft(r.src[t.end:], " \t\r")
	return (before == "" || before[len(before)-1] == '\n') && (after == "" || after[0] == '\n')
}

// statement handles the words that begin one. It reports whether kw did.
func (r *reader) statement(kw keyword) bool {
	switch kw {
	case kwExec, kwExecute, kwCall, kwDo:
		return r.procedure(kw)
	case kwCopy:
		return r.copyInto()
	case kwBegin:
		r.block = true
		r.i++ // what follows begins a statement
		return true
	case kwGo:
		if !r.d.tsql || !r.aloneOnLine() {
			return false
		}
		r.endStatement()
		r.i++
		return true
	case kwGrant:
		r.grant()
		return true
	}
	return r.change(kw)
}

// branch notes a statement that decides which others run. It reports whether it
// moved on, because another one begins behind THEN or ELSE.
func (r *reader) branch(kw keyword) bool {
	top := r.top()
	before := r.kw(r.i - 1)
	switch {
	case kw == kwIf || kw == kwFor:
		r.branched = r.branched || top.start || r.d.tsql && kw == kwIf && before != kwTable && before != kwView
	case kw != kwOther || top.selected || top.inFrom:
	case r.isWord(r.i, "else"), r.branched && r.isWord(r.i, "then"):
		r.branched, top.start = true, true
		r.i++
		return true
	}
	return false
}

// grant skips GRANT and REVOKE; their SELECT and FROM are not those of a query.
func (r *reader) grant() {
	for r.tok(r.i).kind != tkEnd && !r.isSymbol(r.i, ';') && r.kw(r.i) != kwFrom && !r.isWord(r.i, "to") {
		r.i++
	}
	r.plain()
}

// procedure handles EXEC, CALL and DO: what a procedure reads is not in the text.
func (r *reader) procedure(kw keyword) bool {
	next := r.tok(r.i + 1)
	switch {
	case r.isWord(r.i+1, "immediate"):
		r.gap(GapDynamic, r.i, "EXECUTE IMMEDIATE")
		r.dynamicStatement(r.i, r.i+2)
		r.i++
	case kw == kwDo && next.kind != tkString, next.kw == kwAs:
		return false
	case isName(next) && kw != kwDo:
		n, end, _, _ := r.parseName(r.i + 1)
		r.gap(GapProcedure, r.i, n.String())
		r.procedureRan(r.i, end)
		r.i = end - 1
	case r.isSymbol(r.i+1, '(') || next.kind == tkVar || next.kind == tkString || next.kind == tkParam:
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
	case r.d.tsql && r.i == 0:
		if t.kind == tkQuoted || r.isSymbol(1, '.') {
			return true
		}
		low := strings.ToLower(r.text(t))
		return strings.HasPrefix(low, "sp_") || strings.HasPrefix(low, "usp_") || strings.HasPrefix(low, "xp_")
	case r.d.link && r.block:
		n, next, _, _ := r.parseName(r.i)
		return r.isSymbol(next, '(') || len(n) > 1
	}
	return false
}
