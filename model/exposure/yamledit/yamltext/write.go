// Package yamltext has the lines of a YAML file, and how darkroom writes values and entries into
// them: fields, quotes, folds, and a quick reader of what is written so.
package yamltext

import (
	"bytes"
	"strings"
)

// DashColumn is the column of the dash of a rendered entry.
const DashColumn = 2

// RenderEntry writes one item of the list with its line ends: two-space indents,
// at most 80 columns where a text can be folded. Fields of one mapping have to be
// next to each other.
func RenderEntry(fields []Field) string {
	var b bytes.Buffer
	WriteEntry(&b, fields)
	return b.String()
}

// WriteEntry is [RenderEntry] into a buffer.
func WriteEntry(b *bytes.Buffer, fields []Field) {
	indent(b, DashColumn)
	b.WriteString("- ")
	writeFields(b, fields, nil, DashColumn+2, DashColumn+2)
}

// indent writes spaces.
func indent(b *bytes.Buffer, n int) {
	const spaces = "                                "
	for ; n > len(spaces); n -= len(spaces) {
		b.WriteString(spaces)
	}
	b.WriteString(spaces[:max(n, 0)])
}

// RenderFields writes fields whose paths start at a mapping with its keys in
// column col; at is the path of that mapping.
func RenderFields(fields []Field, at []string, col int) string {
	var b bytes.Buffer
	writeFields(&b, fields, at, col, 0)
	return b.String()
}

// writeFields writes them after what there is of the first line.
func writeFields(b *bytes.Buffer, fields []Field, at []string, col, there int) {
	last := at
	for _, f := range fields {
		for depth := len(at); depth < len(f.Path); depth++ {
			if depth < len(f.Path)-1 && samePrefix(last, f.Path, depth+1) {
				continue
			}
			indent(b, col+2*(depth-len(at))-there)
			there = 0
			b.WriteString(f.Path[depth])
			b.WriteByte(':')
			if depth < len(f.Path)-1 {
				b.WriteByte('\n')
			}
		}
		writeValue(b, f, col+2*(len(f.Path)-1-len(at)))
		last = f.Path
	}
}

// samePrefix reports whether two paths share their first n keys and both go on.
func samePrefix(a, b []string, n int) bool {
	if len(a) <= n {
		return false
	}
	for i := range n {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// RenderValue is what follows the colon of a key in column col.
func RenderValue(f Field, col int) string {
	var b bytes.Buffer
	writeValue(&b, f, col)
	return b.String()
}

func writeValue(b *bytes.Buffer, f Field, col int) {
	if !f.List {
		b.WriteByte(' ')
		writeScalar(b, f.Items[0], f.Plain, col+len(f.Path[len(f.Path)-1])+2, col+2)
		b.WriteByte('\n')
		return
	}
	b.WriteByte('\n')
	for _, item := range f.Items {
		writeItem(b, item, f.Plain, col+2)
	}
}

func RenderItem(item string, plain bool, dash int) string {
	var b bytes.Buffer
	writeItem(&b, item, plain, dash)
	return b.String()
}

func writeItem(b *bytes.Buffer, item string, plain bool, dash int) {
	indent(b, dash)
	b.WriteString("- ")
	writeScalar(b, item, plain, dash+2, dash+2)
	b.WriteByte('\n')
}

func writeScalar(b *bytes.Buffer, value string, plain bool, col, indent int) {
	if plain && plainSafe(value) {
		b.WriteString(value)
		return
	}
	writeQuoted(b, value, col, indent)
}

// plainSafe: names, counts and calls such as ref('m', v=2), which YAML reads as
// the text they are.
func plainSafe(s string) bool {
	if inside, isCall := strings.CutSuffix(s, ")"); isCall {
		name, args, _ := strings.Cut(inside, "(")
		return (name == "ref" || name == "source") && args != "" && all(args, ofCall)
	}
	if s == "" || s[0] == '0' || s[0] == '_' {
		return false
	}
	if s[0] <= '9' {
		return all(s, isDigit)
	}
	return all(s, ofName) && !Reserved(s)
}

// all reports that each byte of a text is one of a kind.
func all(s string, is func(c byte) bool) bool {
	for i := range len(s) {
		if !is(s[i]) {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func ofName(c byte) bool { return c >= 'a' && c <= 'z' || c == '_' || isDigit(c) }

// ofCall reports a character that is written plain between the brackets of a call.
func ofCall(c byte) bool {
	switch c {
	case '.', '\'', ',', ' ', '=', '-':
		return true
	}
	return ofName(c) || c >= 'A' && c <= 'Z'
}

// Reserved are the plain names that YAML 1.1 takes for something other than text.
func Reserved(s string) bool {
	switch s {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return true
	}
	return false
}
