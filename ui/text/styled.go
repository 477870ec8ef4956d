package text

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Clip shortens a styled line, switches off a style that it cut, and ends a link.
func Clip(line string, width int) string {
	if ansi.StringWidth(line) <= width {
		return line
	}
	line = ansi.Truncate(line, max(width, 0), "")
	if strings.Contains(line, linkStart) {
		line += linkOff
	}
	if strings.Contains(line, "\x1b") {
		line += styleOff
	}
	return line
}

// Column goes on at a column of the screen, from 0, and leaves blank what is before it:
// a terminal may count other cells than Width for what it has drawn on the line.
func Column(x int) string { return "\x1b[K\x1b[" + strconv.Itoa(x+1) + "G" }

// Join puts one styled text at the left and one at the right of a line; without
// room for both it gives the left one only.
func Join(left, right string, width int) string {
	lw, rw := ansi.StringWidth(left), ansi.StringWidth(right)
	if lw+rw > width {
		return Clip(left, width)
	}
	return left + Spaces(width-lw-rw) + right
}
