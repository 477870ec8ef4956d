package dbt

import "github.com/tidwall/gjson"

// entry says where the needed values of one entry are in the window. Nothing is
// copied or built before the whole entry is in the window.
type entry [fieldCount]span

// walk consumes one entry in a single pass. If a key occurs twice, the last value
// counts, as in encoding/json and in dbt's own reader.
func (e *entry) walk(l *lexer) {
	*e = entry{}
	if !l.enter('{', "an object") {
		return
	}
	for first := true; ; first = false {
		key, more := l.key(first)
		if !more {
			return
		}
		switch f := fieldOf(key); f {
		case fNone:
			l.skip()
		case fConfig:
			clear(e[cEnabled:])
			e.walkConfig(l)
		case fDependsOn:
			e[fParents] = span{}
			e.walkDependsOn(l)
		default:
			e[f] = l.value()
		}
	}
}

func (e *entry) walkConfig(l *lexer) {
	if !l.enter('{', "an object") {
		return
	}
	for first := true; ; first = false {
		key, more := l.key(first)
		if !more {
			return
		}
		if f := configFieldOf(key); f != fNone {
			e[f] = l.value()
		} else {
			l.skip()
		}
	}
}

func (e *entry) walkDependsOn(l *lexer) {
	if !l.enter('{', "an object") {
		return
	}
	for first := true; ; first = false {
		key, more := l.key(first)
		if !more {
			return
		}
		if string(key) == "nodes" {
			e[fParents] = l.value()
		} else {
			l.skip()
		}
	}
}

// each calls use with every text of a list, or with the one text that is in
// place of a list. Nulls are left out.
func (l *lexer) each(v span, use func(text []byte)) {
	if v.to == 0 || l.st != ok {
		return
	}
	if l.b[v.from] != '[' {
		if text := l.text(v); len(text) > 0 {
			use(text)
		}
		return
	}
	back := l.i
	l.i = int(v.from) + 1
	for first := true; l.elem(first); first = false {
		item := l.value()
		if text := l.text(item); l.st == ok && len(text) > 0 {
			use(text)
		}
	}
	l.i = back
}

// valid returns a value for gjson, which does not detect broken JSON itself.
func (l *lexer) valid(v span) []byte {
	if v.to == 0 || l.st != ok {
		return nil
	}
	raw := l.b[v.from:v.to]
	if !gjson.ValidBytes(raw) {
		l.fail(int(v.from), "valid JSON")
		return nil
	}
	return raw
}

// truth reads a boolean; absent, null and any other value give the default.
func (l *lexer) truth(v span, otherwise bool) bool {
	if v.to == 0 || l.st != ok {
		return otherwise
	}
	switch string(l.b[v.from:v.to]) {
	case "true":
		return true
	case "false":
		return false
	}
	return otherwise
}
