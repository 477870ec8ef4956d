package main

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

const (
	width, height = 116, 32
	cellW, cellH  = 8.4, 18.0
	margin        = 14.0
	text, ground  = "#d8d8e2", "#16161e"
	perFrame      = 3 // seconds
)

// picture is one frame, or several that follow each other. Where nothing is animated the
// first one is seen.
func picture(frames ...string) string {
	w, h := width*cellW+2*margin, float64(height)*cellH+2*margin
	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %.0f %.0f' font-family='JetBrains Mono, Menlo, Consolas, DejaVu Sans Mono, monospace' font-size='14' xml:space='preserve'>\n", w, h)
	if n := len(frames); n > 1 {
		b.WriteString("<style>\n")
		for i := range frames {
			from, to := 100*float64(i)/float64(n), 100*float64(i+1)/float64(n)
			before, after := "hidden", "hidden"
			if i == 0 {
				before = "visible"
			}
			fmt.Fprintf(&b, "#f%d{visibility:%s;animation:k%d %ds step-end infinite}\n@keyframes k%d{0%%{visibility:%s}%.2f%%{visibility:visible}%.2f%%{visibility:%s}}\n",
				i, before, i, n*perFrame, i, before, from, min(to, 99.99), after)
		}
		b.WriteString("</style>\n")
	}
	fmt.Fprintf(&b, "<rect width='100%%' height='100%%' rx='8' fill='%s'/>\n", ground)
	for i, frame := range frames {
		fmt.Fprintf(&b, "<g id='f%d'>\n%s</g>\n", i, drawn(frame))
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// pen is the current style.
type pen struct {
	fg, bg          string
	bold, underline bool
}

var (
	piece  = regexp.MustCompile("\x1b\\[([0-9;]*)m|([^\x1b]+)")
	column = regexp.MustCompile("\x1b\\[K\x1b\\[[0-9]+G") // text.Column: the font here counts as we do
)

// drawn is a frame, one element for each run of cells with the same style.
func drawn(frame string) string {
	lines := strings.Split(column.ReplaceAllString(frame, ""), "\n")
	var back, front strings.Builder
	for row, line := range lines {
		p, col := pen{fg: text}, 0
		y := margin + float64(row)*cellH
		for _, m := range piece.FindAllStringSubmatch(line, -1) {
			if m[2] == "" {
				p.set(m[1])
				continue
			}
			w := ansi.StringWidth(m[2])
			x := margin + float64(col)*cellW
			if p.bg != "" {
				fmt.Fprintf(&back, "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>\n", x, y, float64(w)*cellW+0.3, cellH, p.bg)
			}
			if strings.TrimSpace(m[2]) != "" {
				fmt.Fprintf(&front, "<text x='%.1f' y='%.1f' textLength='%.1f' fill='%s'%s>%s</text>\n",
					x, y+cellH*0.74, float64(w)*cellW, p.fg, p.attributes(), html.EscapeString(m[2]))
			}
			col += w
		}
	}
	return back.String() + front.String()
}

func (p *pen) attributes() string {
	out := ""
	if p.bold {
		out += " font-weight='bold'"
	}
	if p.underline {
		out += " text-decoration='underline'"
	}
	return out
}

// set applies one SGR sequence of the kinds that the theme writes.
func (p *pen) set(params string) {
	ns := strings.Split(params, ";")
	for i := 0; i < len(ns); i++ {
		switch n, _ := strconv.Atoi(ns[i]); n {
		case 0:
			*p = pen{fg: text}
		case 1:
			p.bold = true
		case 4:
			p.underline = true
		case 38, 48:
			if i+4 >= len(ns) {
				return
			}
			colour := hex(ns[i+2 : i+5])
			if n == 38 {
				p.fg = colour
			} else {
				p.bg = colour
			}
			i += 4
		}
	}
}

func hex(rgb []string) string {
	out := "#"
	for _, v := range rgb {
		n, _ := strconv.Atoi(v)
		out += fmt.Sprintf("%02x", n)
	}
	return out
}
