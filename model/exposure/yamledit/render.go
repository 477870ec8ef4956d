package yamledit

import (
	"regexp"
	"strings"
)

// DashColumn is the column of the dash of a rendered entry.
const DashColumn = 2

// RenderEntry writes one item of the list with its line ends: two-space indents,
// at most 80 columns where a text can be folded. Fields of one mapping have to be
// next to each other.
func RenderEntry(fields []Field) string {
	text := renderFields(fields, nil, DashColumn+2)
	return strings.Repeat(" ", DashColumn) + "- " + strings.TrimLeft(text, " ")
}

// renderFields writes fields whose paths start at a mapping with its keys in
// column col; at is the path of that mapping.
func renderFields(fields []Field, at []string, col int) string {
	var b strings.Builder
	last := at
	for _, f := range fields {
		for depth := len(at); depth < len(f.Path); depth++ {
			if depth < len(f.Path)-1 && samePrefix(last, f.Path, depth+1) {
				continue
			}
			b.WriteString(strings.Repeat(" ", col+2*(depth-len(at))))
			b.WriteString(f.Path[depth])
			b.WriteByte(':')
			if depth < len(f.Path)-1 {
				b.WriteByte('\n')
			}
		}
		b.WriteString(renderValue(f, col+2*(len(f.Path)-1-len(at))))
		last = f.Path
	}
	return b.String()
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

// renderValue writes what follows the colon of a key in column col.
func renderValue(f Field, col int) string {
	if !f.List {
		return " " + renderScalar(f.Items[0], f.Plain, col+len(f.Path[len(f.Path)-1])+2, col+2) + "\n"
	}
	var b strings.Builder
	b.WriteByte('\n')
	for _, item := range f.Items {
		b.WriteString(renderItem(item, f.Plain, col+2))
	}
	return b.String()
}

func renderItem(item string, plain bool, dash int) string {
	return strings.Repeat(" ", dash) + "- " + renderScalar(item, plain, dash+2, dash+2) + "\n"
}

func renderScalar(value string, plain bool, col, indent int) string {
	if plain && plainSafe(value) {
		return value
	}
	return Quote(value, col, indent)
}

var plainForm = regexp.MustCompile(`^([a-z][a-z0-9_]*|[1-9][0-9]*|(ref|source)\([A-Za-z0-9_.', =-]+\))$`)

// plainSafe: names, counts and calls such as ref('m', v=2), which YAML reads as
// the text they are.
func plainSafe(s string) bool {
	return plainForm.MatchString(s) && !yamlWord(s)
}

// yamlWord are the plain names that YAML 1.1 takes for something other than text.
func yamlWord(s string) bool {
	switch s {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return true
	}
	return false
}
