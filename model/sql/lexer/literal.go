package lexer

import "strings"

// escape is how a literal treats a backslash.
type escape uint8

const (
	plain   escape = iota
	escaped        // the next character is part of the literal
)

func (l *lexer) escapes() escape {
	if l.d.Backslash {
		return escaped
	}
	return plain
}

// until emits the text up to end; a negative end means that the closing mark is
// missing, and then the rest of the text is taken.
func (l *lexer) until(kind Kind, end int, what string) {
	if end < 0 {
		l.gap(l.i, what)
		end = len(l.s)
	}
	l.emit(kind, end)
}

// quoteEnd is the offset after the quote that closes the literal with its first
// character at from, or -1. A doubled quote is a character.
func (l *lexer) quoteEnd(from int, q byte, e escape) int {
	for i := from; i < len(l.s); i++ {
		switch {
		case l.s[i] == '\\' && e == escaped:
			i++
		case l.s[i] == q:
			if i+1 >= len(l.s) || l.s[i+1] != q {
				return i + 1
			}
			i++
		}
	}
	return -1
}

// tripleEnd is the same for three quotes.
func (l *lexer) tripleEnd(from int, q byte) int {
	for i := from; i+2 < len(l.s); i++ {
		switch {
		case l.s[i] == '\\':
			i++
		case l.s[i] == q && l.s[i+1] == q && l.s[i+2] == q:
			return i + 3
		}
	}
	return -1
}

// quote reads what begins with ', " or `.
func (l *lexer) quote(q byte) {
	isString := q == '\'' || q == '"' && l.d.DoubleIsString
	switch {
	case isString && l.d.TripleQuote && l.at(1) == q && l.at(2) == q:
		l.until(String, l.tripleEnd(l.i+3, q), "literal without end")
	case isString:
		l.until(String, l.quoteEnd(l.i+1, q, l.escapes()), "literal without end")
	default:
		l.until(Quoted, l.quoteEnd(l.i+1, q, plain), "quoted name without end")
	}
}

// prefixed reads a literal whose prefix ends at quote: E”, N”, R"", B”, q”.
// It reports false when the word before the quote is not a prefix.
func (l *lexer) prefixed(quote int) bool {
	q, e := l.s[quote], l.escapes()
	body := quote + 1
	switch strings.ToLower(l.s[l.i:quote]) {
	case "e":
		e = escaped
	case "n", "b", "x", "u":
	case "r", "rb", "br":
		if !l.d.RawBackslash {
			e = plain
		}
	case "q", "nq":
		if l.d.QuoteQ {
			l.until(String, l.quoteQEnd(body), "literal without end")
			return true
		}
		return false
	default:
		return false
	}
	if l.d.TripleQuote && strings.HasPrefix(l.s[body:], string([]byte{q, q})) {
		l.until(String, l.tripleEnd(body+2, q), "literal without end")
		return true
	}
	l.until(String, l.quoteEnd(body, q, e), "literal without end")
	return true
}

// quoteQEnd is the end of Oracle's q'[…]', whose delimiter is at from.
func (l *lexer) quoteQEnd(from int) int {
	if from >= len(l.s) {
		return -1
	}
	closing := l.s[from]
	if n := strings.IndexByte("[]{}<>()", closing); n >= 0 {
		closing = "[]{}<>()"[n|1]
	}
	n := strings.Index(l.s[from+1:], string([]byte{closing, '\''}))
	if n < 0 {
		return -1
	}
	return from + 1 + n + 2
}

// dashSlashHash reads comments, temporary names and operators.
func (l *lexer) dashSlashHash(c byte) {
	switch {
	case l.lineComment(c, l.at(1)):
		if n := strings.IndexByte(l.s[l.i:], '\n'); n >= 0 {
			l.i += n
		} else {
			l.i = len(l.s)
		}
	case c == '/' && l.at(1) == '*':
		l.comment()
	case c == '#' && l.word['#']:
		l.ident()
	default:
		l.emit(Symbol, l.i+1)
	}
}

// lineComment reports whether c and the byte after it begin a comment that ends
// with the line.
func (l *lexer) lineComment(c, next byte) bool {
	switch c {
	case '-':
		return next == '-' && (!l.d.DashSpace || l.at(2) <= ' ')
	case '/':
		return next == '/' && l.d.SlashComment
	}
	return l.d.HashComment || l.d.HashSpace && (next == ' ' || next == '!')
}

// comment skips a block comment. Where comments nest, a comment with nesting that
// never ends falls back to its first closing mark.
func (l *lexer) comment() {
	first := strings.Index(l.s[l.i+2:], "*/")
	if first < 0 {
		l.gap(l.i, "comment without end")
		l.i = len(l.s)
		return
	}
	end := l.i + 2 + first + 2
	if l.d.RunsComment && l.runs(end-2) {
		return
	}
	if l.d.Nested && !l.noNesting && strings.Contains(l.s[l.i+2:end], "/*") {
		if n := nestedEnd(l.s, l.i+2); n >= 0 {
			end = n
		} else {
			l.noNesting = true
		}
	}
	l.i = end
}

// runs begins the text of a comment that servers run (model/sql/RULES.md#tokens-by-dialect), whose
// closing mark is at end. It reports false for any other comment, and for one that only
// new servers or those of MariaDB run, which is a gap.
func (l *lexer) runs(end int) bool {
	switch {
	case l.at(2) == 'M' && l.at(3) == '!':
		l.gap(l.i, "comment that only some servers run")
		return false
	case l.at(2) != '!':
		return false
	}
	from := l.i + 3
	for from < end && l.s[from] >= '0' && l.s[from] <= '9' {
		from++
	}
	if version := l.s[l.i+3 : from]; len(version) > 5 || version >= "8" {
		l.gap(l.i, "comment that only some servers run")
		return false
	}
	l.i, l.runsTo = from, end
	return true
}

// nestedEnd is the offset after the mark that closes the comment with its text from
// i on, or -1.
func nestedEnd(s string, i int) int {
	for depth := 1; i+1 < len(s); i++ {
		switch {
		case s[i] == '*' && s[i+1] == '/':
			if depth--; depth == 0 {
				return i + 2
			}
			i++
		case s[i] == '/' && s[i+1] == '*':
			depth++
			i++
		}
	}
	return -1
}

// dollar reads $$x$$, $tag$x$tag$, $1, $name and ${name}.
func (l *lexer) dollar() {
	end := l.i + 1
	for end < len(l.s) && l.word[l.s[end]] && l.s[end] != '$' {
		end++
	}
	if end < len(l.s) && l.s[end] == '$' && l.isDollarQuote(end) {
		tag := l.s[l.i : end+1]
		closing := strings.Index(l.s[end+1:], tag)
		if closing >= 0 {
			closing += end + 1 + len(tag)
		}
		l.until(String, closing, "literal without end")
		return
	}
	if l.at(1) == '{' {
		if n := strings.IndexByte(l.s[l.i:min(l.i+MaxParam, len(l.s))], '}'); n > 0 {
			end = l.i + n + 1
		}
	}
	if end == l.i+1 {
		l.emit(Symbol, end)
		return
	}
	l.emit(Param, end)
}

// isDollarQuote reports whether the text from here to the dollar at end begins a
// literal: $$, or $tag$ with a tag that does not begin with a digit.
func (l *lexer) isDollarQuote(end int) bool {
	if end == l.i+1 {
		return l.d.DollarQuote
	}
	return l.d.DollarTag && (l.at(1) < '0' || l.at(1) > '9')
}

// bracket reads [x] where it can be an identifier.
func (l *lexer) bracket() {
	switch {
	case l.d.BracketIdent:
		l.until(Quoted, l.quoteEnd(l.i+1, ']', plain), "quoted name without end")
	case l.d.BracketGuess && (!l.touches() || l.s[l.i-1] == '.'):
		if l.nextBracket <= l.i {
			l.nextBracket = len(l.s)
			if n := strings.IndexByte(l.s[l.i:], ']'); n >= 0 {
				l.nextBracket = l.i + n
			}
		}
		if n := l.nextBracket; n < len(l.s) && n-l.i <= MaxParam && n > l.i+1 {
			l.emit(Quoted, n+1)
			return
		}
		l.emit(Symbol, l.i+1)
	default:
		l.emit(Symbol, l.i+1)
	}
}

// brace reads {{ templates }}, which are replaced when the query runs, and skips
// {% blocks %} and {# remarks #}.
func (l *lexer) brace() {
	closing := ""
	switch l.at(1) {
	case '{':
		closing = "}}"
	case '%':
		closing = "%}"
	case '#':
		closing = "#}"
	}
	if closing == "" || l.noTemplate {
		l.emit(Symbol, l.i+1)
		return
	}
	n := strings.Index(l.s[l.i:], closing)
	switch {
	case n < 0:
		l.noTemplate = true
		l.emit(Symbol, l.i+1)
	case closing == "}}":
		l.emit(Param, l.i+n+2)
	default:
		l.i += n + 2
	}
}
