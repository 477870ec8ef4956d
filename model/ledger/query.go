package ledger

import (
	"strings"
	"unicode/utf8"

	"darkroom/model/lineage"
)

// QueryLine is the line of a custom SQL text that names a table.
type QueryLine struct {
	Name string // of the custom SQL
	Line int    // from 1
	Text string // the line, trimmed; cut around the name when it is very long
}

// QueryOf is the line of custom SQL that names the table, if one does.
func QueryOf(l *lineage.Link) (QueryLine, bool) {
	ref := l.Read.SQL
	if ref == nil || ref.Table == nil || ref.Offset < 0 || ref.Offset > len(ref.Table.Query()) {
		return QueryLine{}, false
	}
	sql := ref.Table.Query()
	from := strings.LastIndexByte(sql[:ref.Offset], '\n') + 1
	line, _, _ := strings.Cut(sql[from:], "\n")
	return QueryLine{Name: ref.Table.Name, Line: ref.Line, Text: around(line, ref.Offset-from)}, true
}

// widestQuery is how much of a query's line is shown, in bytes.
const widestQuery = 160

// around cuts a long line to the neighbourhood of a place in it.
func around(line string, at int) string {
	if len(line) <= widestQuery {
		return strings.TrimSpace(line)
	}
	from := max(0, min(at-widestQuery/3, len(line)-widestQuery))
	to := min(from+widestQuery, len(line))
	for from > 0 && !utf8.RuneStart(line[from]) {
		from--
	}
	for to < len(line) && !utf8.RuneStart(line[to]) {
		to++
	}
	text := strings.TrimSpace(line[from:to])
	if from > 0 {
		text = "… " + text
	}
	if to < len(line) {
		text += " …"
	}
	return text
}
