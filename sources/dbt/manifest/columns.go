package manifest

import (
	"slices"

	"darkroom/model"
	"darkroom/sources/dbt/jsonwindow"
)

// columns are those that the entry describes, in the order of their file. What is not an
// object is no column; if a key occurs twice, the last one counts.
func (b *builder) columns(l *jsonwindow.Lexer) []model.Column {
	v := b.e[fColumns]
	if l.FirstByte(v) != '{' || v.Len() <= 2 {
		return nil
	}
	b.cols = b.cols[:0]
	b.described++
	l.Inside(v, func() {
		if !l.Enter('{', "an object") {
			return
		}
		for first := true; ; first = false {
			text, more := l.Key(first)
			if !more {
				return
			}
			key := b.words.Number(text)
			c := b.column(l, b.words.At(key))
			if at := b.colAt.of(key); at.entry == b.described {
				b.cols[at.at] = c
			} else {
				*at = columnPlace{b.described, int32(len(b.cols))}
				b.cols = append(b.cols, c)
			}
		}
	})
	return b.columnLists.Copy(slices.DeleteFunc(b.cols, func(c model.Column) bool { return c.Name == "" }))
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

// column consumes one; it has no name where it is none.
func (b *builder) column(l *jsonwindow.Lexer, key string) (c model.Column) {
	if !l.At('{') {
		l.Skip()
		return c
	}
	var part [columnFields]jsonwindow.Span
	b.columnKeys.Pick(l, part[:])
	c = model.Column{Name: key, Type: b.words.Intern(l.Text(part[columnType])), Quoted: l.Truth(part[columnQuote], false)}
	if name := l.Text(part[columnName]); len(name) > 0 && string(name) != key {
		c.Name = b.words.Intern(name)
	}
	return c
}
