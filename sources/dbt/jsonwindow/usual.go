package jsonwindow

import "strings"

// Usual knows the objects of one kind, which have the same keys in the same order, and many
// of the same values: as a node of a manifest has them, so has the next one. What is as
// usual is recognized by comparing it, and need not be walked.
type Usual struct {
	meaning func(key []byte) uint8
	keys    []usualKey // the first is before the first key
	at      int32      // the last one that was consumed
	byText  map[string]int32
	row     row
}

// usualKey is a key and what was beside it the last time.
type usualKey struct {
	text    string // with its quotes and colon
	meaning uint8
	next    [2]int32 // the keys after it: the last one, and the one that it was before
	value   usualValue
	after   stretches
}

const (
	// maxKeys and maxValue bound what is remembered.
	maxKeys  = 250
	maxValue = 64
	// patience is how often a value may be another one than before, besides as often as it
	// was the same, which counts up to patience.
	patience = 20
)

// usualValue is a value that may come again.
type usualValue struct {
	text  [maxValue]byte
	len   int // 0: none
	again int // how often it was the same, less how often it was not
}

// NewUsual makes one; meaning is what a key means to the caller, who gets it for each.
func NewUsual(meaning func(key []byte) uint8) *Usual {
	return &Usual{meaning: meaning, keys: make([]usualKey, 1), byText: map[string]int32{}}
}

// Key is [Lexer.Key], with the key's meaning in place of its text. It also consumes the
// members before that key which are as usual, and puts their values into out by the meaning
// of their keys, as [Usual.Pick] does.
func (u *Usual) Key(l *Lexer, first bool, out []Span) (meaning uint8, more bool) {
	if first {
		u.at = 0
	}
	if first || !u.row.goesOn {
		u.begin(l, first)
		if s := u.keys[u.at].after.next(l, &u.row); s != nil {
			return u.pass(l, s, out)
		}
	}
	if meaning, more = u.key(l, first); !more {
		u.end(l)
	}
	u.row.to, u.row.goesOn = l.i, false
	return meaning, more
}

// key consumes the next key.
func (u *Usual) key(l *Lexer, first bool) (meaning uint8, more bool) {
	if from := l.member(first); from > 0 {
		for _, next := range u.keys[u.at].next {
			k := &u.keys[next]
			if to := from + len(k.text); next > 0 && to < len(l.b) && string(l.b[from:to]) == k.text {
				l.i, u.at = to, next
				return k.meaning, true
			}
		}
	}
	text, more := l.Key(first)
	if !more {
		return 0, false
	}
	return u.learn(text), true
}

// member is where the next member of an object may begin; 0 when the text is unusual.
func (l *Lexer) member(first bool) int {
	i := l.i
	if l.st != ok || i+1 >= len(l.b) {
		return 0
	}
	if !first {
		if l.b[i] != ',' {
			return 0
		}
		i++
	}
	if l.b[i] == ' ' {
		i++
	}
	return i
}

// learn finds the key that was consumed, or adds it, as the one after that before it.
func (u *Usual) learn(text []byte) uint8 {
	at, known := u.byText[string(text)]
	switch {
	case known:
	case len(u.keys) > maxKeys, len(text) > maxValue, strings.ContainsAny(string(text), `"\`): // it was written with escapes
		u.at, u.row.none = 0, true
		return u.meaning(text)
	default:
		at = int32(len(u.keys))
		u.byText[string(text)] = at
		u.keys = append(u.keys, usualKey{text: `"` + string(text) + `":`, meaning: u.meaning(text)})
	}
	u.keys[u.at].next = [2]int32{at, u.keys[u.at].next[0]}
	u.at = at
	return u.keys[at].meaning
}

// Value is [Lexer.Value] for the value of the last key.
func (u *Usual) Value(l *Lexer) Span {
	if u.at == 0 {
		return l.Value()
	}
	was, i := &u.keys[u.at].value, l.i
	if i < len(l.b) && l.b[i] == ' ' {
		i++
	}
	if end := i + was.len; was.len > 0 && end < len(l.b) && string(l.b[i:end]) == string(was.text[:was.len]) && (l.b[end] == ',' || l.b[end] == '}') {
		was.again = min(was.again+1, patience)
		l.i = end
		v := Span{int32(i), int32(end)}
		u.row.add(u.keys[u.at].meaning, v, was)
		return v
	}
	v := l.Value()
	if l.st == ok {
		was.set(l.b[v.from:v.to])
	}
	return v
}

// set takes another value in place of the one before, unless it is never the same for long.
func (w *usualValue) set(text []byte) {
	w.again--
	if w.again < -patience || len(text) > maxValue {
		w.len = 0
		return
	}
	w.len = copy(w.text[:], text)
}

// Pick consumes an object, and captures the values in out by the meaning of their keys.
func (u *Usual) Pick(l *Lexer, out []Span) {
	if !l.Enter('{', "an object") {
		return
	}
	for first := true; ; first = false {
		meaning, more := u.Key(l, first, out)
		if !more {
			return
		}
		out[meaning] = u.Value(l)
	}
}
