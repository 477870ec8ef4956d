package yamledit

import "strings"

// splitComment splits what follows a colon into the value and the comment after
// it. The text may have several lines.
func splitComment(text string) (value, comment string) {
	body := strings.TrimLeft(text, " \t\n")
	end := len(text) - len(body)
	switch {
	case strings.HasPrefix(body, `"`):
		end += quotedEnd(body, '"')
	case strings.HasPrefix(body, "'"):
		end += quotedEnd(body, '\'')
	case strings.HasPrefix(body, "|"), strings.HasPrefix(body, ">"):
		header, _, _ := strings.Cut(text, "\n")
		_, comment = splitComment(strings.NewReplacer("|", "x", ">", "x").Replace(header))
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
