package sql

import (
	"strings"

	"darkroom/model/sql/keyword"
	"darkroom/model/sql/lexer"
)

// levelKind is what a pair of parentheses holds.
type levelKind uint8

const (
	lvBase levelKind = iota // the statement itself
	lvAny                   // an expression, arguments, a subquery
	lvTrim                  // TRIM(FROM x)
	lvJoin                  // FROM (a JOIN b)
	lvCTE                   // body of a CTE
)

// statement is the kind of the statement that a level belongs to.
type statement uint8

const (
	stQuery statement = iota
	stInsert
	stUpdate
	stDelete
	stMerge
	stCreate
)

// level is the state inside one pair of parentheses, or of the statement.
type level struct {
	kind levelKind
	stmt statement
	// start: nothing but WITH has been read of this query.
	start bool
	// fromOK: SELECT, DELETE or UPDATE was seen, so FROM is a clause and not a part
	// of EXTRACT(… FROM …).
	fromOK, selected bool
	// inFrom: a comma or JOIN brings a table; expect: the next token is one.
	inFrom, expect  bool
	noComma, values bool
	lateral         bool
	onTables        bool // arguments of a function to which ON gives tables
	tail            bool // FROM and a clause after it were seen
	using           bool // USING of MERGE or DELETE was seen
	item            bool // the whole parenthesis is an item of a FROM list
	union           bool
	cteList         bool // a comma brings the next CTE
	recursive       bool // WITH RECURSIVE
	withMark        int32
	ctes            int32 // CTEs defined before this level
	scope           int32 // alias scope, only with dialect.arrayPaths
	cteName         string
	cteSelf         int32 // entry of the CTE whose body this is, -1 none
}

// maxDepth limits the levels that are kept; deeper parentheses are only counted.
const maxDepth = 4096

// reader walks over the tokens of one text.
type reader struct {
	*session
	src    string
	toks   []lexer.Token
	i      int
	levels []level
	beyond int // open parentheses beyond maxDepth

	defined []cte
	visible map[string]int32 // name → index+1 in defined
	scopes  []scope

	targets  []found  // of UPDATE and DELETE, until FROM shows what they are
	newTemps []string // made by the statement that is being read
	block    bool     // BEGIN was seen
	branched bool     // IF or a loop was seen: what follows need not run
	inside   int      // offset of the text in the literal that holds it
	local    []int32  // what names meant before each SET LOCAL

	reads, writes, calls []found
	gaps                 []Gap
}

func newReader(s *session, text string) *reader {
	r := &reader{session: s, src: text, visible: map[string]int32{}}
	var open []lexer.Open
	r.toks, open = lexer.Lex(s.d, text)
	for _, o := range open {
		r.gaps = append(r.gaps, Gap{Kind: GapSyntax, What: o.What, Offset: o.Pos})
	}
	return r
}

// run reads the text to its end.
func (r *reader) run() {
	r.levels = append(r.levels, level{kind: lvBase, start: true, cteSelf: -1, scope: r.newScope(-1, false)})
	for r.tok(r.i).Kind != lexer.End {
		r.step()
	}
	for {
		if r.top().expect {
			r.gap(GapSyntax, r.i, "end of text")
		}
		if len(r.levels) == 1 {
			break
		}
		r.pop()
	}
	r.endStatement()
}

func (r *reader) top() *level { return &r.levels[len(r.levels)-1] }

// tok is token i, or the end token where there is none.
func (r *reader) tok(i int) lexer.Token {
	if i < 0 || i >= len(r.toks) {
		return r.toks[len(r.toks)-1]
	}
	return r.toks[i]
}

// isBase reports whether the statement itself is being read.
func (r *reader) isBase() bool { return len(r.levels) == 1 }

// gap notes that something about token i cannot be known.
func (r *reader) gap(kind GapKind, i int, what string) {
	if what == "" {
		what = r.text(r.tok(i))
	}
	r.gapAt(kind, int(r.tok(i).Pos), what)
}

func (r *reader) gapAt(kind GapKind, pos int, what string) {
	if len(r.gaps) > maxGaps {
		return
	}
	what = strings.Clone(strings.ToValidUTF8(what[:min(len(what), 80)], ""))
	r.gaps = append(r.gaps, Gap{Kind: kind, What: what, Offset: pos})
}

// step handles one token, sometimes several. It moves on or changes the state
// so that the next step does.
func (r *reader) step() {
	t := r.tok(r.i)
	switch {
	case r.beyond > 0:
		r.count()
	case r.top().expect:
		r.item()
	case t.Kind == lexer.Symbol:
		r.symbol(r.src[t.Pos])
	case t.Kw != keyword.None:
		r.keyword(t.Kw)
	case r.begins() && r.sessionStatement():
	case r.top().start && r.isProcedure():
		n, next, _, _ := r.parseName(r.i)
		r.gap(GapProcedure, r.i, n.String())
		r.procedureRan(r.i, next)
		r.top().start = false
		r.i = next
	default:
		r.plain()
	}
}

// begins reports whether a statement about the session may begin here. T-SQL
// reserves USE and needs no semicolon before it.
func (r *reader) begins() bool {
	return r.isBase() && (r.top().start || r.d.TSQL && r.isWord(r.i, "use"))
}

// plain skips a token without meaning for the reader.
func (r *reader) plain() {
	r.top().start = false
	r.i++
}

// count skips parentheses that are nested too deeply to be real.
func (r *reader) count() {
	if r.isSymbol(r.i, '(') {
		r.beyond++
	} else if r.isSymbol(r.i, ')') {
		r.beyond--
	}
	r.i++
}

// symbol handles a one-byte token.
func (r *reader) symbol(c byte) {
	switch c {
	case '(':
		r.openParen()
	case ')':
		r.closeParen()
	case ',':
		r.comma()
	case ';':
		for len(r.levels) > 1 { // open parentheses end with the statement
			r.pop()
		}
		r.endStatement()
		r.i++
	case '|':
		// BigQuery's and Spark's pipe: "FROM t |> JOIN u" continues the FROM list.
		if r.isSymbol(r.i+1, '>') && r.tok(r.i+1).Pos == r.tok(r.i).End {
			r.top().inFrom, r.top().noComma, r.top().tail = true, true, false
		}
		r.plain()
	case '{':
		r.i++ // ODBC: { call p }
	default:
		r.plain()
	}
}

// openParen handles "(" in an expression.
func (r *reader) openParen() {
	kind := lvAny
	if r.i > 0 && r.tok(r.i-1).Kind == lexer.Word {
		if r.d.ReadsByCall {
			r.callInExpression()
		}
		if r.isWord(r.i-1, "trim") {
			kind = lvTrim
		}
	}
	r.push(level{kind: kind})
}

// push opens the parenthesis at r.i. The caller sets what is special about it.
func (r *reader) push(lv level) {
	if len(r.levels) >= maxDepth {
		r.gap(GapSyntax, r.i, "too many parentheses")
		r.beyond = 1
		r.i++
		return
	}
	top := r.top()
	lv.ctes = int32(len(r.defined))
	if lv.kind != lvCTE {
		lv.cteSelf = -1
	}
	switch lv.kind {
	case lvJoin:
		lv.inFrom, lv.expect, lv.scope, lv.stmt = true, true, top.scope, top.stmt
	case lvTrim:
		lv.scope = r.newScope(top.scope, false)
	default:
		lv.start = true
		lv.scope = r.newScope(top.scope, lv.kind == lvCTE || lv.item && !top.lateral)
	}
	top.lateral = false
	r.levels = append(r.levels, lv)
	r.i++
}

// pop leaves a level and removes the CTEs that were defined in it.
func (r *reader) pop() level {
	lv := r.levels[len(r.levels)-1]
	r.levels = r.levels[:len(r.levels)-1]
	r.forget(lv.ctes)
	if lv.kind == lvCTE {
		r.endCTE(lv)
	}
	return lv
}

// closeParen handles ")".
func (r *reader) closeParen() {
	r.i++
	if len(r.levels) == 1 {
		r.gap(GapSyntax, r.i-1, ") without (")
		return
	}
	lv := r.pop()
	top := r.top()
	top.start = lv.kind == lvCTE || top.start && top.stmt == stInsert // INSERT INTO t (a) TABLE u
	top.union = top.union || lv.union && !top.selected
	if lv.item {
		r.alias(r.i, name{}, int(r.tok(r.i).Pos))
	}
}

// comma brings the next CTE, the next table, or nothing.
func (r *reader) comma() {
	top := r.top()
	switch {
	case top.cteList && r.cteAt(r.i+1):
		return
	case top.values && r.isSymbol(r.i-1, ')') && r.isSymbol(r.i+1, '('):
		// the next row of VALUES (1), (2)
	case top.inFrom && !top.noComma:
		top.expect, top.values = true, false
	}
	r.plain()
}

// newBranch begins another query on the same level, as after UNION.
func (r *reader) newBranch() {
	top := r.top()
	top.start, top.fromOK, top.selected = true, false, false
	top.inFrom, top.expect, top.noComma, top.values, top.cteList, top.tail = false, false, false, false, false, false
	top.scope = r.sibling(top.scope)
}

// endStatement decides what only the whole statement shows, and begins the next one.
func (r *reader) endStatement() {
	for _, t := range r.targets {
		r.write(t)
	}
	r.targets = r.targets[:0]
	for _, key := range r.newTemps {
		r.temps[key] = true
	}
	r.newTemps = r.newTemps[:0]
	r.branched = r.branched && r.block
	r.forget(0)
	r.newBranch()
	top := r.top()
	top.stmt, top.using, top.union, top.recursive = stQuery, false, false, false
}
