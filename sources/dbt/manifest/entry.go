package manifest

import "darkroom/sources/dbt/jsonwindow"

// entry says where the needed values of one entry are in the window. Nothing is
// copied or built before the whole entry is in the window.
type entry [fieldCount]jsonwindow.Span

// walk consumes one entry in a single pass. If a key occurs twice, the last value
// counts, as in encoding/json and in dbt's own reader.
func (e *entry) walk(l *jsonwindow.Lexer) {
	*e = entry{}
	if !l.Enter('{', "an object") {
		return
	}
	for first := true; ; first = false {
		key, more := l.Key(first)
		if !more {
			return
		}
		switch f := fieldOf(key); f {
		case fNone:
			l.Skip()
		case fConfig:
			clear(e[cEnabled:])
			e.walkConfig(l)
		case fDependsOn:
			l.Pick(e[fParents:fParents+1], "nodes")
		default:
			e[f] = l.Value()
		}
	}
}

func (e *entry) walkConfig(l *jsonwindow.Lexer) {
	if !l.Enter('{', "an object") {
		return
	}
	for first := true; ; first = false {
		key, more := l.Key(first)
		if !more {
			return
		}
		if f := configFieldOf(key); f != fNone {
			e[f] = l.Value()
		} else {
			l.Skip()
		}
	}
}
