package relation

import (
	"strings"

	"darkroom/model/warehouse"
)

// Quoting says which parts of a relation dbt quotes, as seen in the relation_name
// that it renders. relation_name is used only for this: the parts themselves come
// from the three fields (RULES.md#quotes-of-dbt). Where it does not show the quotes,
// the adapter's default counts.
func Quoting(w *warehouse.Warehouse, relationName, database, schema, identifier string) [3]bool {
	if wholePath(relationName) {
		return [3]bool{true, true, true}
	}
	all := w.Quotes == warehouse.QuotesAll
	quoted := [3]bool{all, all, all}
	parts := [3]string{database, schema, identifier}
	rest := strings.TrimSpace(relationName)
	for level := Identifier; level >= Database; level-- {
		before, q, ok := cutPart(rest, parts[level])
		if !ok {
			break
		}
		quoted[level] = q
		if rest, ok = strings.CutSuffix(before, "."); !ok {
			break
		}
	}
	return quoted
}

// cutPart removes a rendered part from the end of s. dbt does not always escape a
// quote inside a name, so the name is compared, not parsed.
func cutPart(s, part string) (rest string, quoted, ok bool) {
	if part == "" || s == "" {
		return s, false, false
	}
	if q := strings.IndexByte(closers, s[len(s)-1]); q >= 0 {
		closer := closers[q : q+1]
		for _, body := range [...]string{part, strings.ReplaceAll(part, closer, closer+closer)} {
			if rest, ok := cutSuffixFold(s, openers[q:q+1]+body+closer); ok {
				return rest, true, true
			}
		}
	}
	rest, ok = cutSuffixFold(s, part)
	return rest, false, ok
}

func cutSuffixFold(s, suffix string) (string, bool) {
	at := len(s) - len(suffix)
	if at < 0 || !strings.EqualFold(s[at:], suffix) {
		return s, false
	}
	return s[:at], true
}

// wholePath reports whether one pair of backticks is around the whole name.
func wholePath(s string) bool {
	s = strings.TrimSpace(s)
	return len(s) > 2 && s[0] == '`' && strings.Count(s, "`") == 2 && s[len(s)-1] == '`' && strings.Contains(s, ".")
}
