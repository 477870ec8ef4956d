package exposure

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lineWidth is what yamllint and dbt's style guide allow (facts/dbt.md §7).
const lineWidth = 80

// clean makes a text of Tableau safe for dbt, which renders nearly every string
// of a YAML file with Jinja: the six markers get a space between their two
// characters ("{{" becomes "{ {"). Bytes that are no UTF-8 become U+FFFD.
// Cleaning a clean text changes nothing.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if !strings.ContainsAny(s, "{}") {
		return s
	}
	var b strings.Builder
	var last rune
	for _, r := range s {
		if marker(last, r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// marker reports the pairs that start or end a Jinja expression, statement or
// comment.
func marker(a, b rune) bool {
	return a == '{' && (b == '{' || b == '%' || b == '#') ||
		b == '}' && (a == '}' || a == '%' || a == '#')
}

func cleanAll(list []string) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, clean(s))
	}
	return out
}

// cleanURL keeps an address working: braces are percent-encoded, not spaced.
func cleanURL(s string) string {
	s = strings.ToValidUTF8(strings.TrimSpace(s), "\uFFFD")
	return strings.NewReplacer("{", "%7B", "}", "%7D").Replace(s)
}

// notPrintable are the characters that are written as escapes: controls (C0, C1,
// DEL), line and paragraph separators, byte order marks, directional overrides
// and every space but the common one.
func notPrintable(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }

// escape writes the inside of a double-quoted YAML scalar. Only escapes that
// YAML 1.1 and 1.2 share are used.
func escape(s string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case !notPrintable(r):
			b.WriteRune(r)
		case r == 0x1b:
			b.WriteString(`\e`)
		case r <= 0xFFFF:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	return b.String()
}

// quote writes s as a double-quoted YAML scalar that starts at column col
// (from 0) and is folded at single spaces to keep within lineWidth; lines after
// the first are indented by indent spaces. A reader gets exactly s back.
func quote(s string, col, indent int) string {
	words := strings.Split(escape(s), " ")
	var b strings.Builder
	b.WriteByte('"')
	col++
	for i, word := range words {
		width := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case col+1+width >= lineWidth && foldable(words, i):
			b.WriteByte('\n')
			b.WriteString(strings.Repeat(" ", indent))
			col = indent
		default:
			b.WriteByte(' ')
			col++
		}
		b.WriteString(word)
		col += width
	}
	b.WriteByte('"')
	return b.String()
}

// plainText are texts that no YAML reads as anything else: they begin with a
// letter and have none of its signs.
var plainText = regexp.MustCompile(`^\p{L}[\p{L}\p{N}_()/.,+-]*( [\p{L}\p{N}_()/.,+-]+)*$`)

// inStyle writes s as a person wrote the value that it takes the place of, in
// single quotes or plain, where that is safe; else it is as rendered.
func inStyle(old, s, rendered string) string {
	old = strings.TrimLeft(old, " \t")
	switch {
	case old == "" || strings.Contains(old, "\n") || strings.IndexFunc(s, notPrintable) >= 0:
	case old[0] == '\'':
		return " '" + strings.ReplaceAll(s, "'", "''") + "'"
	case plainText.MatchString(old) && plainText.MatchString(s) && !yamlWord(strings.ToLower(s)):
		return " " + s
	}
	return rendered
}

// foldable reports whether the space before word i may become a line end. A
// reader turns that into one space, but swallows spaces around it; a back-slash
// before the line end would swallow the line end itself.
func foldable(words []string, i int) bool {
	return words[i-1] != "" && words[i] != "" && !strings.HasSuffix(words[i-1], `\`)
}
