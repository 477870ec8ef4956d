package yamltext

import "strings"

// IsConflict reports a line that git writes where two branches do not merge.
func IsConflict(line string) bool {
	for _, mark := range [...]string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(line, mark) {
			return true
		}
	}
	return false
}

// ConflictIn is the number of the first such line, from 1; 0 without any. A row of =
// alone, as below a heading, is none.
func ConflictIn(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		if n++; IsConflict(line) && line[0] != '=' {
			return n
		}
	}
	return 0
}
