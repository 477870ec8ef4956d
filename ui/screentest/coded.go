package screentest

import (
	"fmt"
	"regexp"
	"strings"
)

var style = regexp.MustCompile("\x1b\\[[0-9;]*m")

// Coded is a frame whose styles can be read: each is a letter in ‹›, which a list at the
// end explains, and ‹› ends it. Blanks at line ends without a style are left out, and
// equal lines are counted.
func Coded(frame string) string {
	var list []string
	names := map[string]string{"\x1b[0m": ""}
	out := style.ReplaceAllStringFunc(column.ReplaceAllString(frame, ""), func(code string) string {
		name, ok := names[code]
		if !ok {
			n := len(list)
			name = string(rune('a' + n%26))
			if n >= 26 {
				name = string(rune('a'+n/26-1)) + name
			}
			names[code] = name
			list = append(list, fmt.Sprintf("%s = %s", name, code[2:len(code)-1]))
		}
		return "‹" + name + "›"
	})
	var lines []string
	last, times := "", 0
	for _, l := range append(strings.Split(out, "\n"), "") {
		switch l = strings.TrimRight(l, " "); {
		case times > 0 && l == last:
			times++
			continue
		case times > 1:
			lines = append(lines, fmt.Sprintf("… %d times", times))
		}
		lines, last, times = append(lines, l), l, 1
	}
	return strings.Join(append(lines[:len(lines)-1], list...), "\n") + "\n"
}
