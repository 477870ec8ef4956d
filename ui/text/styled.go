package text

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Clip cuts a styled line; it never lets a style run on.
func Clip(line string, width int) string {
	if ansi.StringWidth(line) <= width {
		return line
	}
	line = ansi.Truncate(line, max(width, 0), "")
	if strings.Contains(line, "\x1b") {
		line += "\x1b[0m"
	}
	return line
}

// Join puts one styled text left and one right on a line; where there is no room
// for both the left one stays.
func Join(left, right string, width int) string {
	lw, rw := ansi.StringWidth(left), ansi.StringWidth(right)
	if lw+rw > width {
		return Clip(left, width)
	}
	return left + Spaces(width-lw-rw) + right
}
