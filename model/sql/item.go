package sql

import (
	"strings"

	"darkroom/model/sql/keyword"
	"darkroom/model/sql/lexer"
)

// item reads an item of a FROM list, JOIN or USING: a table or something that only
// looks like one (RULES.md#tables-and-what-only-looks-like-one).
func (r *reader) item() {
	top := r.top()
	top.expect = false
	t := r.tok(r.i)
	switch t.Kind {
	case lexer.Word, lexer.Quoted:
		if r.isWord(r.i, "import") && (r.kw(r.i+1) == keyword.From || r.kw(r.i+1) == keyword.Into) { // Exasol: (IMPORT FROM JDBC …)
			r.gap(GapDynamic, r.i, "")
			r.i += 2
			return
		}
		if t.Kw == keyword.None && r.kw(r.i+1) != keyword.Table || r.isSymbol(r.i+1, '.') || !r.itemWord(t.Kw) {
			r.tableName()
		}
	case lexer.Param:
		r.gap(GapDynamic, r.i, "")
		r.i++
	case lexer.String:
		if r.isQuotedLiteral(t) {
			r.tableName()
			return
		}
		r.i++ // a file
	case lexer.Var, lexer.Stage, lexer.Number:
		r.i++ // table variable, stage, SAMPLE 0.1, 0.2
	case lexer.Symbol:
		r.itemSymbol(r.src[t.Pos])
	default:
		r.gap(GapSyntax, r.i, "FROM without a table")
	}
}

// itemSymbol reads an item that begins with a symbol.
func (r *reader) itemSymbol(c byte) {
	switch c {
	case '(':
		r.openItem()
	case '[':
		if n, next, ok := r.legacyName(r.i); ok {
			r.table(n, r.i, next, false)
			return
		}
		r.gap(GapSyntax, r.i, "")
		r.i++
	case '{':
		if r.isWord(r.i+1, "oj") { // ODBC: { oj a LEFT JOIN b }
			r.top().expect = true
			r.i += 2
			return
		}
		r.gap(GapDynamic, r.i, "")
		r.i++
	case ')', ';', ',':
		r.gap(GapSyntax, r.i, "FROM without a table")
	default: // ? :name &name %s
		r.gap(GapDynamic, r.i, "")
		r.i++
	}
}

// openItem opens a parenthesis: a subquery, or a join in parentheses.
func (r *reader) openItem() {
	kind := lvJoin
	if r.queryStart(r.i+1) || r.d.TSQL && r.kw(r.i+1).Changes() {
		kind = lvAny
	}
	r.push(level{kind: kind, item: true})
}

// itemWord handles the words before an item or in place of one. It reports false
// when kw is a table's name after all.
func (r *reader) itemWord(kw keyword.Keyword) bool { //nolint:cyclop // one case per word
	if r.beforeItem(kw) {
		r.top().expect = true
		r.i++
		return true
	}
	top := r.top()
	next, paren := r.kw(r.i+1), r.isSymbol(r.i+1, '(')
	switch {
	case next == keyword.Table && r.isSymbol(r.i+2, '(') && r.kw(r.i+3).Changes(): // FINAL TABLE (INSERT …)
		r.i += 2
		r.push(level{kind: lvAny, item: true})
	case kw == keyword.Lateral: // LATERAL VIEW
		top.noComma = true
		r.i += 2
	case kw == keyword.Table && paren:
		r.tableFunction()
	case kw == keyword.Values && (paren || r.isWord(r.i+1, "row")):
		top.values = true
		r.i++
	case kw == keyword.Rows && next == keyword.From && r.isSymbol(r.i+2, '('):
		r.i += 2
		r.push(level{kind: lvAny, item: true})
	case kw == keyword.Unpivot && r.d.ObjectUnpivot && isName(r.tok(r.i+1)):
		_, r.i, _, _ = r.parseName(r.i + 1)
	case kw.ReservedItem():
		r.gap(GapSyntax, r.i, "FROM without a table")
	default:
		return false
	}
	return true
}

// beforeItem reports a word that only comes before the item itself.
func (r *reader) beforeItem(kw keyword.Keyword) bool {
	next := r.tok(r.i + 1)
	switch kw {
	case keyword.Lateral:
		r.top().lateral = next.Kw != keyword.View
		return next.Kw != keyword.View
	case keyword.Only:
		return r.d.Only
	case keyword.Table:
		return isName(next) && next.Kw == keyword.None
	case keyword.Stream:
		return r.d.Streams && (isName(next) || r.isSymbol(r.i+1, '('))
	}
	return false
}

// tableName reads a name and distinguishes tables from functions.
func (r *reader) tableName() {
	at := r.i
	n, next, dynamic, path := r.parseName(at)
	switch {
	case dynamic:
		r.gap(GapDynamic, at, "")
		r.i = next
	case r.isSymbol(next, '(') && !(r.d.TSQL && r.kw(at-1) != keyword.Apply && r.isHint(next+1)):
		r.function(n, at, next)
	default:
		if r.d.BacktickPath && r.isSymbol(next, '*') && r.tok(next).Pos == r.tok(next-1).End {
			n[len(n)-1].text += "*" // wildcard without back-ticks
			next++
		}
		if r.d.Link && r.isSymbol(next, '@') && isName(r.tok(next+1)) {
			link, end, _, _ := r.parseName(next + 1)
			last := &n[len(n)-1]
			for i, p := range link {
				last.text += string("@."[min(i, 1)]) + p.text
			}
			next = end
		}
		r.table(n, at, next, path)
	}
}

// table adds the table n, which is at token at and ends before next.
func (r *reader) table(n name, at, next int, path bool) {
	f := found{name: n, pos: int(r.tok(at).Pos), path: path}
	r.i = next
	if len(n) == 1 && !n[0].quoted && isName(r.tok(next)) && r.tok(next).Kw == keyword.None && r.isSymbol(next+1, '.') {
		// A word that is not known comes before the table's name.
		r.gap(GapSyntax, at, "")
		r.top().expect = true
		return
	}
	alias := r.alias(next, n, f.pos)
	if st := r.top().stmt; (st == stUpdate || st == stDelete) && r.claim(alias, f) {
		return
	}
	r.read(f)
}

// literalItem handles IDENTIFIER('a.b') and TABLE('a.b'), whose parenthesis is
// token paren: a literal is a name; any other argument is only known at run time.
func (r *reader) literalItem(at, paren int) bool {
	if r.isSymbol(paren+2, ')') {
		if n, ok := r.literalName(r.tok(paren + 1)); ok {
			r.table(n, at, paren+3, false)
			return true
		}
	}
	r.gap(GapDynamic, at, "")
	return false
}

// isHint reports whether token i begins T-SQL table hints: t (NOLOCK).
func (r *reader) isHint(i int) bool {
	t := r.tok(i)
	if t.Kind != lexer.Word || !(r.isSymbol(i+1, ')') || r.isSymbol(i+1, ',') || r.isSymbol(i+1, '(') || r.isSymbol(i+1, '=')) {
		return false
	}
	switch strings.ToLower(r.text(t)) {
	case "nolock", "readuncommitted", "readcommitted", "readcommittedlock", "readpast", "repeatableread", "rowlock",
		"paglock", "tablock", "tablockx", "updlock", "xlock", "holdlock", "serializable", "snapshot", "nowait",
		"noexpand", "forceseek", "forcescan", "index", "fastfirstrow":
		return true
	}
	return false
}
