package sql

import "strings"

// item reads an item of a FROM list, JOIN or USING: a table or something that only
// looks like one (RULES.md#tables-and-what-only-looks-like-one).
func (r *reader) item() {
	top := r.top()
	top.expect = false
	t := r.tok(r.i)
	switch t.kind {
	case tkWord, tkQuoted:
		if r.isWord(r.i, "import") && (r.kw(r.i+1) == kwFrom || r.kw(r.i+1) == kwInto) { // Exasol: (IMPORT FROM JDBC …)
			r.gap(GapDynamic, r.i, "")
			r.i += 2
			return
		}
		if t.kw == kwNone && r.kw(r.i+1) != kwTable || r.isSymbol(r.i+1, '.') || !r.itemWord(t.kw) {
			r.tableName()
		}
	case tkParam:
		r.gap(GapDynamic, r.i, "")
		r.i++
	case tkString:
		if r.isQuotedLiteral(t) {
			r.tableName()
			return
		}
		r.i++ // a file
	case tkVar, tkStage, tkNumber:
		r.i++ // table variable, stage, SAMPLE 0.1, 0.2
	case tkSymbol:
		r.itemSymbol(r.src[t.pos])
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
	if r.queryStart(r.i+1) || r.d.tsql && r.kw(r.i+1).changes() {
		kind = lvAny
	}
	r.push(level{kind: kind, item: true})
}

// itemWord handles the words before an item or in place of one. It reports false
// when kw is a table's name after all.
func (r *reader) itemWord(kw keyword) bool { //nolint:cyclop // one case per word
	if r.beforeItem(kw) {
		r.top().expect = true
		r.i++
		return true
	}
	top := r.top()
	next, paren := r.kw(r.i+1), r.isSymbol(r.i+1, '(')
	switch {
	case next == kwTable && r.isSymbol(r.i+2, '(') && r.kw(r.i+3).changes(): // FINAL TABLE (INSERT …)
		r.i += 2
		r.push(level{kind: lvAny, item: true})
	case kw == kwLateral: // LATERAL VIEW
		top.noComma = true
		r.i += 2
	case kw == kwTable && paren:
		r.tableFunction()
	case kw == kwValues && (paren || r.isWord(r.i+1, "row")):
		top.values = true
		r.i++
	case kw == kwRows && next == kwFrom && r.isSymbol(r.i+2, '('):
		r.i += 2
		r.push(level{kind: lvAny, item: true})
	case kw == kwUnpivot && r.d.objectUnpivot && isName(r.tok(r.i+1)):
		_, r.i, _, _ = r.parseName(r.i + 1)
	case kw.reservedItem():
		r.gap(GapSyntax, r.i, "FROM without a table")
	default:
		return false
	}
	return true
}

// beforeItem reports a word that only comes before the item itself.
func (r *reader) beforeItem(kw keyword) bool {
	next := r.tok(r.i + 1)
	switch kw {
	case kwLateral:
		r.top().lateral = next.kw != kwView
		return next.kw != kwView
	case kwOnly:
		return r.d.only
	case kwTable:
		return isName(next) && next.kw == kwNone
	case kwStream:
		return r.d.streams && (isName(next) || r.isSymbol(r.i+1, '('))
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
	case r.isSymbol(next, '(') && !(r.d.tsql && r.kw(at-1) != kwApply && r.isHint(next+1)):
		r.function(n, at, next)
	default:
		if r.d.backtickPath && r.isSymbol(next, '*') && r.tok(next).pos == r.tok(next-1).end {
			n[len(n)-1].text += "*" // wildcard without back-ticks
			next++
		}
		if r.d.link && r.isSymbol(next, '@') && isName(r.tok(next+1)) {
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
	f := found{name: n, pos: int(r.tok(at).pos), path: path}
	r.i = next
	if len(n) == 1 && !n[0].quoted && isName(r.tok(next)) && r.tok(next).kw == kwNone && r.isSymbol(next+1, '.') {
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
	if t.kind != tkWord || !(r.isSymbol(i+1, ')') || r.isSymbol(i+1, ',') || r.isSymbol(i+1, '(') || r.isSymbol(i+1, '=')) {
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
