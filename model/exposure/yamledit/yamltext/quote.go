package yamltext

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"darkroom/model/pattern"
)

// LineWidth is what yamllint and dbt's style guide allow (model/exposure/CONTRACT.md#yaml-style).
const LineWidth = 80

// NotPrintable are the characters that are written as escapes: controls (C0, C1,
// DEL), line and paragraph separators, byte order marks, directional overrides
// and every space but U+0020.
func NotPrintable(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }

// Escape writes the inside of a double-quoted YAML scalar. Only escapes that
// YAML 1.1 and 1.2 share are used.
func Escape(s string) string {
	if needsNoEscape(s) {
		return s
	}
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
		case !NotPrintable(r):
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

func needsNoEscape(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"', c == '\\', c < ' ', c == 0x7f:
			return false
		case c >= utf8.RuneSelf:
			return !strings.ContainsFunc(s[i:], func(r rune) bool { return r == '"' || r == '\\' || r == utf8.RuneError || NotPrintable(r) })
		}
	}
	return true
}

// writeQuoted writes s as a double-quoted YAML scalar that starts at column col
// (from 0) and is folded at single spaces to keep within LineWidth; lines after
// the first are indented by margin spaces. A reader gets exactly s back.
func writeQuoted(b *bytes.Buffer, s string, col, margin int) {
	s = Escape(s)
	b.WriteByte('"')
	if col++; col+len(s) < LineWidth || col+utf8.RuneCountInString(s) < LineWidth {
		b.WriteString(s)
		b.WriteByte('"')
		return
	}
	words := strings.Split(s, " ")
	for i, word := range words {
		width := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case col+1+width >= LineWidth && foldable(words, i):
			b.WriteByte('\n')
			indent(b, margin)
			col = margin
		default:
			b.WriteByte(' ')
			col++
		}
		b.WriteString(word)
		col += width
	}
	b.WriteByte('"')
}

// plainPhrase are texts that every YAML reader takes as they are: they begin with
// a letter and have none of YAML's signs.
var plainPhrase = pattern.Of(`^\p{L}[\p{L}\p{N}_()/.,+-]*( [\p{L}\p{N}_()/.,+-]+)*$`)

// InStyle writes s the way the value that it replaces is written, in single
// quotes or plain, where that is safe; otherwise it is as rendered.
func InStyle(old, s, rendered string) string {
	old = strings.TrimLeft(old, " \t")
	switch {
	case old == "" || strings.Contains(old, "\n") || strings.IndexFunc(s, NotPrintable) >= 0:
	case old[0] == '\'':
		return " '" + strings.ReplaceAll(s, "'", "''") + "'"
	case plainPhrase().MatchString(old) && plainPhrase().MatchString(s) && !Reserved(strings.ToLower(s)):
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
