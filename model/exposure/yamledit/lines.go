package yamledit

import (
	"bytes"
	"slices"
	"strings"
)

// SameText compares lines whatever their line ends.
func SameText(a, b []Line) bool {
	return slices.EqualFunc(a, b, func(x, y Line) bool { return x.Text == y.Text })
}

// sizeOf is the number of bytes that lines are written with.
func sizeOf(ls []Line) (n int) {
	for i := range ls {
		n += len(ls[i].Text) + len(ls[i].End)
	}
	return n
}

// textOf joins lines with "\n".
func textOf(ls []Line) string {
	var b strings.Builder
	for _, l := range ls {
		b.WriteString(l.Text + "\n")
	}
	return b.String()
}

// SameEntry compares the lines of two entries whatever their indent and line ends.
func SameEntry(da *Document, a *Entry, db *Document, b *Entry) bool {
	return slices.EqualFunc(da.EntryLines(a), db.EntryLines(b), func(x, y Line) bool {
		return x.Text == shifted(y.Text, a.Dash-b.Dash)
	})
}

// Says reports whether lines are a rendered entry with its dash in a column, whatever
// their line ends.
func Says(lines []Line, rendered []byte, dash int) bool {
	for _, l := range lines {
		text, rest, more := bytes.Cut(rendered, []byte("\n"))
		if !more || !saysLine(l.Text, text, dash-DashColumn) {
			return false
		}
		rendered = rest
	}
	return len(rendered) == 0
}

// saysLine reports whether a line is a rendered one that is indented by n more columns.
func saysLine(line string, rendered []byte, n int) bool {
	if n == 0 {
		return line == string(rendered)
	}
	return line == shifted(string(rendered), n)
}

// LinesAt cuts a rendered entry into lines for a list whose dashes are in column
// dash.
func LinesAt(rendered string, dash int, eol string) []Line {
	var out []Line
	for l := range strings.Lines(rendered) {
		out = append(out, Line{shifted(strings.TrimSuffix(l, "\n"), dash-DashColumn), eol})
	}
	return out
}

// shifted indents a line by n more columns, or by fewer when n is negative.
func shifted(text string, n int) string {
	switch {
	case text == "" || n == 0:
		return text
	case n > 0:
		return strings.Repeat(" ", n) + text
	}
	return text[min(-n, indentOf(text)):]
}

func indentOf(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }

func isBlank(l Line) bool { return strings.TrimSpace(l.Text) == "" }

func startsBlank(ls []Line) bool { return len(ls) > 0 && isBlank(ls[0]) }

func trimBlankStart(ls []Line) []Line {
	for startsBlank(ls) {
		ls = ls[1:]
	}
	return ls
}

func trimBlankEnd(ls []Line) []Line {
	for len(ls) > 0 && isBlank(ls[len(ls)-1]) {
		ls = ls[:len(ls)-1]
	}
	return ls
}
