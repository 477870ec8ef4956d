package manifest

import (
	"slices"

	"darkroom/model"
	"darkroom/sources/dbt/jsonwindow"
)

// columnAt is where a column of an entry is. What is not an object is none.
type columnAt struct {
	key    jsonwindow.Span
	parts  [columnFields]jsonwindow.Span
	object bool
}

// What is kept of a column.
const (
	_ uint8 = iota
	columnName
	columnType
	columnQuote
	columnFields
)

func columnFieldOf(key []byte) uint8 {
	switch string(key) {
	case "name":
		return columnName
	case "data_type":
		return columnType
	case "quote":
		return columnQuote
	}
	return 0
}

// columns consumes the columns of an entry.
func (w *walker) columns(l *jsonwindow.Lexer, x *entry) {
	x.columns = x.columns[:0] // if the key occurs twice, the last value counts
	if !l.At('{') {
		l.Skip()
		return
	}
	l.Enter('{', "an object")
	for first := true; ; first = false {
		key, more := l.KeyAt(first)
		if !more {
			return
		}
		x.columns = append(x.columns, columnAt{key: key, object: l.At('{')})
		if c := &x.columns[len(x.columns)-1]; c.object {
			w.column.Pick(l, c.parts[:])
		} else {
			l.Skip()
		}
	}
}

// columns are those that the entry describes, in the order of their file. If a key occurs
// twice, the last one counts.
func (b *builder) columns(l *jsonwindow.Lexer) []*model.Column {
	if len(b.columnsAt) == 0 {
		return nil
	}
	b.cols = b.cols[:0]
	b.described++
	for i := range b.columnsAt {
		at := &b.columnsAt[i]
		key := b.words.Number(l.Text(at.key))
		was := b.colAt.of(key)
		if c := b.column(l, at, b.words.At(key)); was.column == nil || *was.column != c {
			was.column = b.columnsOnce.Of(c)
		}
		if was.entry == b.described {
			b.cols[was.at] = was.column
		} else {
			was.entry, was.at = b.described, int32(len(b.cols))
			b.cols = append(b.cols, was.column)
		}
	}
	return b.columnLists.Copy(slices.DeleteFunc(b.cols, func(c *model.Column) bool { return c == nil }))
}

// column is empty where it is none, or has no name.
func (b *builder) column(l *jsonwindow.Lexer, at *columnAt, key string) (c model.Column) {
	if !at.object {
		return c
	}
	c = model.Column{Name: key, Type: b.words.Intern(l.Text(at.parts[columnType])), Quoted: l.Truth(at.parts[columnQuote], false)}
	if name := l.Text(at.parts[columnName]); len(name) > 0 && string(name) != key {
		c.Name = b.words.Intern(name)
	}
	if c.Name == "" {
		return model.Column{}
	}
	return c
}
