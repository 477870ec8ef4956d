package yamltext

import (
	"slices"
	"strings"
)

// Line is one line of a file with the line end it has ("", "\n", "\r\n").
type Line struct{ Text, End string }

// SameText compares lines whatever their line ends.
func SameText(a, b []Line) bool {
	return slices.EqualFunc(a, b, func(x, y Line) bool { return x.Text == y.Text })
}

// Size is the number of bytes that lines are written with.
func Size(ls []Line) (n int) {
	for i := range ls {
		n += len(ls[i].Text) + len(ls[i].End)
	}
	return n
}

// Join joins lines with "\n".
func Join(ls []Line) string {
	var b strings.Builder
	for _, l := range ls {
		b.WriteString(l.Text + "\n")
	}
	return b.String()
}

// LinesAt cuts a rendered entry into lines for a list whose dashes are in column
// dash.
func LinesAt(rendered string, dash int, eol string) []Line {
	var out []Line
	for l := range strings.Lines(rendered) {
		out = append(out, Line{Shift(strings.TrimSuffix(l, "\n"), dash-DashColumn), eol})
	}
	return out
}

// TextAt is the text of lines whose dash is in a column, with it in column DashColumn and
// "\n" as line end.
func TextAt(lines []Line, dash int) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(Shift(l.Text, DashColumn-dash))
		b.WriteByte('\n')
	}
	return b.String()
}

// Shift indents a line by n more columns, or by fewer when n is negative.
func Shift(text string, n int) string {
	switch {
	case text == "" || n == 0:
		return text
	case n > 0:
		return strings.Repeat(" ", n) + text
	}
	return text[min(-n, Indent(text)):]
}

func Indent(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }

func Blank(l Line) bool { return strings.TrimSpace(l.Text) == "" }

func StartsBlank(ls []Line) bool { return len(ls) > 0 && Blank(ls[0]) }

func TrimStart(ls []Line) []Line {
	for StartsBlank(ls) {
		ls = ls[1:]
	}
	return ls
}

func TrimEnd(ls []Line) []Line {
	for len(ls) > 0 && Blank(ls[len(ls)-1]) {
		ls = ls[:len(ls)-1]
	}
	return ls
}

// SplitComment splits what follows a colon into the value and the comment after
// it. The text may have several lines.
func SplitComment(text string) (value, comment string) {
	body := strings.TrimLeft(text, " \t\n")
	end := len(text) - len(body)
	switch {
	case strings.HasPrefix(body, `"`):
		end += quotedEnd(body, '"')
	case strings.HasPrefix(body, "'"):
		end += quotedEnd(body, '\'')
	case strings.HasPrefix(body, "|"), strings.HasPrefix(body, ">"):
		header, _, _ := strings.Cut(text, "\n")
		_, comment = SplitComment(strings.NewReplacer("|", "x", ">", "x").Replace(header))
		return text, comment
	case strings.HasPrefix(body, "#"):
		end = max(end-1, 0)
	}
	for i := end; i < len(text); i++ {
		if text[i] == '#' && (i == 0 || strings.ContainsRune(" \t\n", rune(text[i-1]))) {
			return strings.TrimRight(text[:i], " \t\n"), strings.TrimRight(text[i:], " \t\n")
		}
	}
	return text, ""
}

// quotedEnd is the length of the quoted scalar at the start of s.
func quotedEnd(s string, mark byte) int {
	for i := 1; i < len(s); i++ {
		switch {
		case mark == '"' && s[i] == '\\':
			i++
		case s[i] == mark && mark == '\'' && i+1 < len(s) && s[i+1] == mark:
			i++
		case s[i] == mark:
			return i + 1
		}
	}
	return len(s)
}
