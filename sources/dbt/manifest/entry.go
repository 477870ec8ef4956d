package manifest

import "darkroom/sources/dbt/jsonwindow"

// entry says where the needed values of one entry are in the window. Nothing is
// copied or built before the whole entry is in the window.
type entry struct {
	values  values
	columns []columnAt // in their order
}

type values [fieldCount]jsonwindow.Span

// manyColumns are more than an entry has room for when it is used again.
const manyColumns = 1 << 10

// walker walks entries, each of which is much like the one before.
type walker struct{ fields, config, column *jsonwindow.Usual }

func newWalker() walker {
	return walker{jsonwindow.NewUsual(fieldOf), jsonwindow.NewUsual(configFieldOf), jsonwindow.NewUsual(columnFieldOf)}
}

// entry consumes one in a single pass. If a key occurs twice, the last value
// counts, as in encoding/json and in dbt's own reader.
func (w *walker) entry(l *jsonwindow.Lexer, x *entry) {
	if x.columns = x.columns[:0]; cap(x.columns) > manyColumns {
		x.columns = nil
	}
	x.values = values{}
	e := &x.values
	if !l.Enter('{', "an object") {
		return
	}
	for first := true; ; first = false {
		f, more := w.fields.Key(l, first, e[:])
		if !more {
			return
		}
		switch f {
		case fConfig:
			clear(e[cEnabled:])
			w.config.Pick(l, e[:])
		case fDependsOn:
			l.Pick(e[fParents:fParents+1], "nodes")
		case fColumns:
			w.columns(l, x)
		default:
			e[f] = w.fields.Value(l)
		}
	}
}
