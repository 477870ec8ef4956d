package setup

import (
	"fmt"
	"io"
	"strings"

	"darkroom/sources/tableau/doctor"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/text"
)

// doctorPrinter prints lines in columns. width is the terminal's: texts are
// wrapped under themselves; 0 is none, where a line stays a line.
type doctorPrinter struct {
	w     io.Writer
	width int
	many  bool // sites
	site  string
	err   error
}

// narrow is below which a column for the name of the check costs too much.
const narrow = 60

func (p *doctorPrinter) line(l doctor.Line) {
	var b strings.Builder
	if p.many && l.Site != p.site && l.Site != "" {
		b.WriteString(text.Clean(l.Site) + "\n")
	}
	p.site = l.Site
	head, indent := fmt.Sprintf("%-4s  %-11s  ", l.Status, l.Check), 19
	if p.width > 0 && p.width < narrow {
		head, indent = fmt.Sprintf("%-4s  %s: ", l.Status, l.Check), 6
	}
	p.wrap(&b, head, indent, text.Clean(l.Text))
	if l.Fix != "" {
		arrow := "→ "
		if !terminal.UTF8() {
			arrow = "-> "
		}
		p.wrap(&b, text.Spaces(indent)+arrow, indent+text.Width(arrow), text.Clean(l.Fix))
	}
	if _, err := io.WriteString(p.w, b.String()); err != nil {
		p.err = err
	}
}

// wrap writes what fits after head, and the rest below it, indented.
func (p *doctorPrinter) wrap(b *strings.Builder, head string, indent int, s string) {
	if p.width == 0 {
		b.WriteString(head + s + "\n")
		return
	}
	room, over := max(10, p.width-indent), text.Width(head)-indent
	beside := ""
	if over >= room {
		b.WriteString(strings.TrimRight(head, " ") + "\n")
		head = text.Spaces(indent)
	} else if over > 0 { // a word in the head's place, to be cut off again
		beside = strings.Repeat("x", over-1)
		s = beside + " " + s
	}
	for _, l := range text.Wrap(s, room) {
		l = strings.TrimSpace(strings.TrimPrefix(l, beside))
		b.WriteString(strings.TrimRight(head+l, " ") + "\n")
		head, beside = text.Spaces(indent), ""
	}
}
