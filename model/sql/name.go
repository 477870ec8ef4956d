package sql

import (
	"strconv"
	"strings"

	"darkroom/model/sql/habits"
	"darkroom/model/sql/keyword"
	"darkroom/model/sql/lexer"
)

// part is one part of a name without its quotes.
type part struct {
	text   string
	quoted bool
}

// name is a relation's name, database first.
type name []part

// String is the name with dots, for messages.
func (n name) String() string {
	out := make([]string, len(n))
	for i, p := range n {
		out[i] = p.text
	}
	return strings.Join(out, ".")
}

// key identifies a relation within one text.
func (s *session) key(n name) string { return joinKey(n, s.d.Names) }

// aliasKey identifies a CTE, an alias or a temporary table.
func (s *session) aliasKey(n name) string { return joinKey(n, s.d.Aliases) }

func joinKey(n name, f habits.Folding) string {
	if len(n) == 1 {
		return f.Fold(n[0].text, n[0].quoted)
	}
	var b strings.Builder
	for i, p := range n {
		if i > 0 {
			b.WriteByte(0)
		}
		b.WriteString(f.Fold(p.text, p.quoted))
	}
	return b.String()
}

// found is a name with its place in the decoded text.
type found struct {
	name  name
	pos   int
	scope int32 // alias scope it is in
	state int32 // what short names mean here, index in session.states
	path  bool  // several parts inside one pair of quotes
	in    bool  // behind IN, where columns can be, too
	dead  bool  // turned out not to be a relation
}

// text is the token as written.
func (r *reader) text(t lexer.Token) string { return r.src[t.Pos:t.End] }

// unquote strips the quotes of an identifier.
func (r *reader) unquote(t lexer.Token) string {
	s := r.text(t)
	if len(s) < 2 {
		return s
	}
	if s[1] == '&' && t.Kind == lexer.Quoted {
		return unicodeName(s[3:max(3, len(s)-1)])
	}
	closing := s[len(s)-1:]
	body := s[1 : len(s)-1]
	if strings.Contains(body, closing) {
		body = strings.ReplaceAll(body, closing+closing, closing)
	}
	return body
}

// unicodeName reads the inside of U&"d\0061t\+000061".
func unicodeName(s string) string {
	s = strings.ReplaceAll(s, `""`, `"`)
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		digits := 0
		switch {
		case s[i] != '\\' || i+1 >= len(s):
		case s[i+1] == '\\':
			i++
		case s[i+1] == '+':
			digits, i = 6, i+1
		default:
			digits = 4
		}
		if digits == 0 {
			b.WriteByte(s[i])
			continue
		}
		code, err := strconv.ParseUint(s[min(i+1, len(s)):min(i+1+digits, len(s))], 16, 32)
		if err != nil {
			return s // no such name can be known to dbt
		}
		b.WriteRune(rune(code))
		i += digits
	}
	return b.String()
}

// isQuotedLiteral reports a name in double quotes where those make a literal: the
// session may read them as the standard does, and a literal is never a table.
func (r *reader) isQuotedLiteral(t lexer.Token) bool {
	return t.Kind == lexer.String && r.src[t.Pos] == '"' && t.End-t.Pos > 2 && r.d.DoubleIsString && !r.d.TripleQuote
}

// isName reports whether t can begin a name.
func isName(t lexer.Token) bool { return t.Kind == lexer.Word || t.Kind == lexer.Quoted }

// parseName reads the dotted name that begins at token i and returns the index after
// it. dynamic is true when a part of it is only known at run time, path when one pair
// of quotes has several parts.
func (r *reader) parseName(i int) (n name, next int, dynamic, path bool) {
	for {
		t := r.tok(i)
		switch t.Kind {
		case lexer.Quoted:
			dynamic = dynamic || isTemplate(r.text(t))
			before := len(n)
			n = r.appendQuoted(n, t)
			path = path || len(n) > before+1
		case lexer.Param:
			dynamic = true
		case lexer.String:
			dynamic = dynamic || isTemplate(r.text(t))
			n = append(n, part{r.unquote(t), false})
		default:
			n = append(n, part{r.text(t), false})
		}
		i++
		for ; r.glued(i); i++ {
			dynamic = true
		}
		for ; r.isSymbol(i, '.') && r.isSymbol(i+1, '.'); i++ {
			n = append(n, part{})
		}
		if !r.isSymbol(i, '.') || !r.isPart(r.tok(i+1)) {
			return n, i, dynamic, path
		}
		i++
	}
}

// appendQuoted adds a quoted identifier; backticks can hold several parts.
func (r *reader) appendQuoted(n name, t lexer.Token) name {
	if r.d.BacktickPath && r.src[t.Pos] == '`' {
		return append(n, splitPath(r.unquote(t))...)
	}
	return append(n, part{r.unquote(t), true})
}

// isPart reports whether t can follow the dot of a name.
func (r *reader) isPart(t lexer.Token) bool {
	switch t.Kind {
	case lexer.Word, lexer.Quoted, lexer.Number, lexer.Param:
		return true
	}
	return r.isQuotedLiteral(t)
}

// isTemplate reports a quoted text that a parameter or template completes.
func isTemplate(s string) bool {
	return strings.IndexByte(s, lexer.ParamByte) >= 0 || strings.Contains(s, "{{")
}

// glued reports a parameter that touches the name before it (orders_<…>), or the
// rest of a name that touches a parameter.
func (r *reader) glued(i int) bool {
	t, before := r.tok(i), r.tok(i-1)
	if t.Pos != before.End {
		return false
	}
	return t.Kind == lexer.Param || before.Kind == lexer.Param && (t.Kind == lexer.Word || t.Kind == lexer.Number)
}

// isSymbol reports whether token i is the one-byte symbol c.
func (r *reader) isSymbol(i int, c byte) bool {
	if i < 0 || i >= len(r.toks) {
		return false
	}
	t := r.tok(i)
	return t.Kind == lexer.Symbol && r.src[t.Pos] == c
}

// isWord reports whether token i is the unquoted word w in any case.
func (r *reader) isWord(i int, w string) bool {
	if i >= len(r.toks) {
		return false
	}
	t := r.tok(i)
	return t.Kind == lexer.Word && strings.EqualFold(r.text(t), w)
}

// kw is the keyword at token i, keyword.None outside the text.
func (r *reader) kw(i int) keyword.Keyword {
	if i < 0 || i >= len(r.toks) {
		return keyword.None
	}
	return r.tok(i).Kw
}

// splitPath splits BigQuery's `project.dataset.table`. A domain belongs to the
// project ("acme.com:data.sales.orders").
func splitPath(s string) []part {
	var n []part
	if colon := strings.LastIndexByte(s, ':'); colon > 0 {
		project, rest := s[:colon], s[colon+1:]
		if strings.Contains(project, ".") {
			tail, more, ok := strings.Cut(rest, ".")
			project, rest = project+":"+tail, more
			if !ok {
				return []part{{project, true}}
			}
		}
		n, s = append(n, part{project, true}), rest
	}
	for p := range strings.SplitSeq(s, ".") {
		n = append(n, part{p, true})
	}
	return n
}

// splitLegacy splits BigQuery's legacy [project:dataset.table] at the last
// colon and drops table decorators.
func splitLegacy(s string) []part {
	var n []part
	if colon := strings.LastIndexByte(s, ':'); colon > 0 {
		n, s = append(n, part{s[:colon], true}), s[colon+1:]
	}
	if at := strings.IndexAny(s, "@$"); at > 0 {
		s = s[:at]
	}
	for p := range strings.SplitSeq(s, ".") {
		n = append(n, part{p, true})
	}
	return n
}

// legacyName reads BigQuery's [project:dataset.table] at token i and returns the
// index after the bracket; ok is false when there is none.
func (r *reader) legacyName(i int) (n name, next int, ok bool) {
	if !r.d.LegacyBracket || !r.isSymbol(i, '[') {
		return nil, i, false
	}
	start := int(r.tok(i).End)
	window := r.src[start:min(start+lexer.MaxParam, len(r.src))]
	closing := strings.IndexByte(window, ']')
	if closing <= 0 {
		return nil, i, false
	}
	end := uint32(start + closing)
	for r.tok(i).Kind != lexer.End && r.tok(i).Pos <= end {
		i++
	}
	return splitLegacy(window[:closing]), i, true
}

// literalName reads a name in a literal, as in IDENTIFIER('a.b').
func (r *reader) literalName(t lexer.Token) (name, bool) {
	s := r.text(t)
	if t.Kind != lexer.String || len(s) < 2 || s[0] != '\'' && s[0] != '"' || isTemplate(s) {
		return nil, false
	}
	inner := newReader(r.session, r.unquote(t))
	if !isName(inner.toks[0]) {
		return nil, false
	}
	n, next, dynamic, _ := inner.parseName(0)
	return n, !dynamic && inner.tok(next).Kind == lexer.End
}
