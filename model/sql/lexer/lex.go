// Package lexer cuts a text into tokens as a warehouse would, after it has undone the escapes
// that Tableau adds, and says where in the text as given each token is. Every step is linear
// in the length of the text.
package lexer

import (
	"strings"

	"darkroom/model/sql/habits"
	"darkroom/model/sql/keyword"
)

// Kind is a kind of token.
type Kind uint8

const (
	End Kind = iota
	Word
	Quoted // quoted identifier, with its quotes
	String
	Number
	Param  // Tableau parameter, {{ template }}, ${x}, $1, bind variable: known at run time only
	Var    // T-SQL @variable
	Stage  // Snowflake @stage/path
	Symbol // one byte
)

// Token is a piece of the decoded text. For a parenthesis Mate is the index of
// the other one; an open one without a partner points at the end token.
type Token struct {
	Pos, End, Mate uint32
	Kind           Kind
	Kw             keyword.Keyword // of a word that is not part of a dotted name
}

// lexer cuts the decoded text into tokens.
type lexer struct {
	d    *habits.Dialect
	s    string
	i    int
	toks []Token
	open []uint32 // indexes of open parentheses
	// word has the bytes that may continue a word, first those that may begin one.
	word, first [256]bool
	keywords    keyword.Index
	gaps        []Open
	// Set once a search to the end of the text found nothing, so that no such
	// search runs twice.
	noNesting, noTemplate bool
	nextBracket           int // offset of the next ], when it is after i
	runsTo                int // offset of the mark that closes a comment whose text is read
}

// Open is something that does not end: a literal, a comment, a parenthesis.
type Open struct {
	Pos  int
	What string
}

// Lex gives the tokens of a decoded text, of which the last is End.
func Lex(d *habits.Dialect, s string) ([]Token, []Open) {
	l := &lexer{d: d, s: s, toks: make([]Token, 0, len(s)/5+16), keywords: keyword.NewIndex()}
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
	for _, c := range []byte(letters + "0123456789$" + d.WordExtra) {
		l.word[c] = true
	}
	for _, c := range []byte(letters) {
		l.first[c] = true
	}
	for c := 0x80; c < len(l.word); c++ {
		l.word[c], l.first[c] = true, true
	}
	for l.i < len(s) {
		switch c := s[l.i]; {
		case l.first[c]:
			l.ident()
		case c == ParamByte:
			l.emit(Param, l.i+1)
		case c <= ' ':
			l.i++
		case c >= '0' && c <= '9':
			l.number()
		default:
			l.punct(c)
		}
	}
	end := uint32(len(l.toks))
	for _, at := range l.open {
		l.toks[at].Mate = end
	}
	if len(l.open) > 0 {
		l.gap(int(l.toks[l.open[0]].Pos), "( without )")
	}
	l.emit(End, l.i)
	return l.toks, l.gaps
}

func (l *lexer) emit(kind Kind, end int) {
	l.toks = append(l.toks, Token{Pos: uint32(l.i), End: uint32(end), Kind: kind})
	l.i = end
}

func (l *lexer) gap(pos int, what string) {
	l.gaps = append(l.gaps, Open{pos, what})
}

// at is the byte n places further, 0 after the end.
func (l *lexer) at(n int) byte {
	if l.i+n < len(l.s) {
		return l.s[l.i+n]
	}
	return 0
}

// touches reports whether the last token ends here and is a name, so that a dot or an
// at sign belongs to it.
func (l *lexer) touches() bool {
	if len(l.toks) == 0 {
		return false
	}
	t := l.toks[len(l.toks)-1]
	if int(t.End) != l.i {
		return false
	}
	return t.Kind == Word || t.Kind == Quoted || t.Kind == Param ||
		t.Kind == Symbol && (l.s[t.Pos] == ']' || l.s[t.Pos] == ')' || l.s[t.Pos] == '.')
}

// afterDot reports whether the next word is a part of a longer name: a.from,
// and Snowflake's a:from.
func (l *lexer) afterDot() bool {
	n := len(l.toks)
	if n == 0 || l.toks[n-1].Kind != Symbol {
		return false
	}
	switch l.s[l.toks[n-1].Pos] {
	case '.':
		return true
	case ':':
		double := n > 1 && l.toks[n-2].End == l.toks[n-1].Pos && l.s[l.toks[n-2].Pos] == ':'
		return int(l.toks[n-1].End) == l.i && !double
	}
	return false
}

// ident reads a word, or the literal that a one- or two-letter prefix begins.
func (l *lexer) ident() {
	if n := spaceLen(l.s[l.i:]); n > 0 {
		l.i += n
		return
	}
	end := l.wordEnd(l.i + 1)
	if end-l.i <= 2 && end < len(l.s) && l.quotedAt(end) {
		return
	}
	kw := l.keyword(end)
	if l.d.Dashes {
		kw, end = l.dashed(kw, end)
	}
	l.emit(Word, end)
	l.toks[len(l.toks)-1].Kw = kw
}

// quotedAt reads a literal or a quoted name whose prefix ends at end, if one does.
func (l *lexer) quotedAt(end int) bool {
	switch c := l.s[end]; {
	case c == '\'', c == '"' && l.d.DoubleIsString:
		return l.prefixed(end)
	case c == '&' && end-l.i == 1 && l.s[l.i]|0x20 == 'u' && strings.HasPrefix(l.s[end:], `&"`) && !l.d.DoubleIsString:
		l.until(Quoted, l.quoteEnd(end+2, '"', plain), "quoted name without end") // U&"…"
		return true
	}
	return false
}

// dashed reads the rest of a word with dashes: my-project.dataset.table.
func (l *lexer) dashed(kw keyword.Keyword, end int) (keyword.Keyword, int) {
	if kw != keyword.None && (end >= len(l.s) || l.s[end] != '-' || !l.afterFrom()) {
		return kw, end
	}
	for end+1 < len(l.s) && l.s[end] == '-' && l.s[end+1] != '$' && l.word[l.s[end+1]] {
		end, kw = l.wordEnd(end+1), keyword.None
	}
	return kw, end
}

// afterFrom reports whether a table's name comes next.
func (l *lexer) afterFrom() bool {
	if len(l.toks) == 0 {
		return false
	}
	kw := l.toks[len(l.toks)-1].Kw
	return kw == keyword.From || kw == keyword.Join || kw == keyword.Into || kw == keyword.Update
}

// keyword is what the word up to end means here.
func (l *lexer) keyword(end int) keyword.Keyword {
	if l.afterDot() {
		return keyword.None
	}
	kw := l.keywords.Of(l.s[l.i:end])
	if kw == keyword.None && l.d.Abbreviations {
		return keyword.Abbreviated(l.s[l.i:end])
	}
	return kw
}

// wordEnd is the end of the word that continues at i.
func (l *lexer) wordEnd(i int) int {
	for i < len(l.s) && l.word[l.s[i]] && (l.s[i] < 0x80 || spaceLen(l.s[i:]) == 0) {
		i++
	}
	return i
}

// number reads digits; with letters in it, it may be a name (2020_orders).
func (l *lexer) number() {
	kind, end := Number, l.i
	for end < len(l.s) && l.word[l.s[end]] {
		if c := l.s[end]; c < '0' || c > '9' {
			kind = Word
		}
		end++
	}
	if end < len(l.s) && l.s[end] == '.' && kind == Number && !l.afterDot() {
		for end++; end < len(l.s) && l.s[end] >= '0' && l.s[end] <= '9'; end++ {
		}
	}
	l.emit(kind, end)
}

// punct reads any token that does not begin with a letter or digit.
func (l *lexer) punct(c byte) {
	switch c {
	case '\'', '"', '`':
		l.quote(c)
	case '-', '/', '#':
		l.dashSlashHash(c)
	case '$':
		l.dollar()
	case '@':
		l.atSign()
	case '[':
		l.bracket()
	case '{':
		l.brace()
	case '(':
		l.open = append(l.open, uint32(len(l.toks)))
		l.emit(Symbol, l.i+1)
	case ')':
		l.emit(Symbol, l.i+1)
		if n := len(l.open); n > 0 {
			self, mate := uint32(len(l.toks)-1), l.open[n-1]
			l.open = l.open[:n-1]
			l.toks[self].Mate, l.toks[mate].Mate = mate, self
		}
	case '.':
		l.dot()
	case '*':
		l.star()
	default:
		l.emit(Symbol, l.i+1)
	}
}

// dot reads a dot, or a number that begins with one.
func (l *lexer) dot() {
	if next := l.at(1); next < '0' || next > '9' || l.touches() {
		l.emit(Symbol, l.i+1)
		return
	}
	l.i++
	start := len(l.toks)
	l.number()
	l.toks[start].Pos--
}

// star reads a star, or the end of a comment whose text is read.
func (l *lexer) star() {
	if l.i == l.runsTo && l.i > 0 {
		l.i += len("*/")
		return
	}
	l.emit(Symbol, l.i+1)
}

// atSign reads a variable, a bind parameter or a stage.
func (l *lexer) atSign() {
	end := l.i + 1
	switch {
	case l.d.Stage:
		l.emit(Stage, l.stageEnd(end))
	case l.touches() || l.at(1) == 0 || !l.word[l.at(1)] && l.at(1) != '@':
		l.emit(Symbol, end)
	default:
		for end < len(l.s) && (l.word[l.s[end]] || l.s[end] == '@') {
			end++
		}
		kind := Param
		if l.d.TSQL {
			kind = Var
		}
		l.emit(kind, end)
	}
}

// stageEnd is the end of a stage's path, parts in double quotes included.
func (l *lexer) stageEnd(end int) int {
	for end < len(l.s) && l.s[end] > ' ' && strings.IndexByte("(),;", l.s[end]) < 0 {
		if l.s[end] == '"' {
			if n := strings.IndexByte(l.s[end+1:], '"'); n >= 0 {
				end += n + 1
			}
		}
		end++
	}
	return end
}

// spaceLen is the length of the Unicode space or mark that s begins with.
func spaceLen(s string) int {
	if s[0] < 0x80 {
		return 0
	}
	switch {
	case strings.HasPrefix(s, "\u00a0"):
		return 2
	case strings.HasPrefix(s, "\u3000"), strings.HasPrefix(s, "\ufeff"), strings.HasPrefix(s, "\u2028"),
		strings.HasPrefix(s, "\u2029"), strings.HasPrefix(s, "\u202f"):
		return 3
	case len(s) >= 3 && s[0] == 0xe2 && s[1] == 0x80 && s[2] >= 0x80 && s[2] <= 0x8b: // U+2000 to U+200B
		return 3
	}
	return 0
}
