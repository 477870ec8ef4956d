// Package framestest is a terminal for tests: it shows what a screen writes, and finds
// where that is not the frame that was meant. It knows no more than package frames uses.
package framestest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Terminal has cells, a cursor, and what is switched on. Lines do not wrap on it.
type Terminal struct {
	width, height int
	y, x          int
	first, end    int // the lines that scroll
	on            look
	cells         [][]cell
	lines         []string // that Show has shown
	unknown       string   // the first sequence that it does not know
}

// cell is a character and how it looks; the second cell of a wide one has no text.
type cell struct {
	text string
	look look
}

// look is a style and a link.
type look struct {
	front, back, link string
	flags             [10]bool // bold is 1, as in SGR sequences
}

// New is a terminal that shows nothing sensible yet.
func New(width, height int) *Terminal {
	t := &Terminal{width: width, height: height, end: height, cells: make([][]cell, height)}
	for y := range t.cells {
		for range width {
			t.cells[y] = append(t.cells[y], cell{text: "#"})
		}
	}
	return t
}

// Show shows a frame as it is meant: every line whole, each on an empty line.
func (t *Terminal) Show(frame string) {
	lines := strings.Split(frame, "\n")
	for y := range t.cells {
		line := ""
		if y < len(lines) {
			line = lines[y]
		}
		if t.lines == nil || line != t.lines[y] {
			t.Write([]byte("\x1b[" + strconv.Itoa(y+1) + ";1H\x1b[K" + line))
		}
	}
	t.lines = append(lines, make([]string, t.height)...)
}

// Write shows what a program writes.
func (t *Terminal) Write(p []byte) {
	for state := byte(0); len(p) > 0; {
		seq, width, n, next := ansi.DecodeSequence(p, state, nil)
		p, state = p[n:], next
		switch s := string(seq); {
		case width > 0:
			t.put(s, width)
		case s == "\r":
			t.x = 0
		case s == "\n":
			t.y = min(t.y+1, t.height-1)
		case strings.HasPrefix(s, "\x1b[?2026"):
		case strings.HasPrefix(s, "\x1b["):
			t.control(s, numbers(s[2:len(s)-1]), s[len(s)-1])
		case strings.HasPrefix(s, "\x1b]8;;"):
			t.on.link = strings.TrimSuffix(s[5:], "\x1b\\")
		case s[0] >= ' ' && t.x > 0: // a mark of the character before it
			t.cells[t.y][t.x-1].text += s
		default:
			t.odd(s)
		}
	}
}

func (t *Terminal) odd(s string) {
	if t.unknown == "" {
		t.unknown = fmt.Sprintf("%q", s)
	}
}

// numbers are the parameters of a sequence; one that is not given is 0.
func numbers(s string) []int {
	var out []int
	for part := range strings.SplitSeq(s, ";") {
		n, _ := strconv.Atoi(part)
		out = append(out, n)
	}
	return out
}

func (t *Terminal) put(text string, width int) {
	t.x = min(t.x, t.width-width) // the last column takes what comes behind it
	line := t.cells[t.y]
	for x := t.x; x < t.x+width; x++ {
		if line[x].text == "" && x == t.x && x > 0 {
			line[x-1] = cell{" ", line[x-1].look}
		}
		if x+1 < t.width && line[x+1].text == "" && x == t.x+width-1 {
			line[x+1] = cell{" ", line[x+1].look}
		}
		line[x] = cell{"", t.on}
	}
	line[t.x].text = text
	t.x += width
}

func (t *Terminal) control(s string, n []int, final byte) {
	one := max(n[0], 1)
	switch final {
	case 'm':
		t.style(n)
	case 'H':
		t.y, t.x = one-1, 0
		if len(n) > 1 {
			t.x = max(n[1], 1) - 1
		}
	case 'G':
		t.x = one - 1
	case 'K':
		t.erase(t.y, t.x)
	case 'J':
		t.erase(t.y, t.x)
		for y := t.y + 1; y < t.height; y++ {
			t.erase(y, 0)
		}
	case 'r':
		t.first, t.end, t.y, t.x = 0, t.height, 0, 0
		if len(n) > 1 {
			t.first, t.end = one-1, n[1]
		}
	case 'S', 'T':
		for range one {
			t.scroll(final == 'S')
		}
	default:
		t.odd(s)
	}
}

// erase blanks a line with the background that is on, as terminals do.
func (t *Terminal) erase(y, from int) {
	for x := from; x < t.width; x++ {
		t.cells[y][x] = cell{" ", look{back: t.on.back}}
	}
}

func (t *Terminal) scroll(up bool) {
	band := t.cells[t.first:t.end]
	if up {
		line := band[0]
		copy(band, band[1:])
		band[len(band)-1] = line
		t.erase(t.end-1, 0)
		return
	}
	line := band[len(band)-1]
	copy(band[1:], band)
	band[0] = line
	t.erase(t.first, 0)
}

func (t *Terminal) style(n []int) {
	for i := 0; i < len(n); i++ {
		switch c := n[i]; {
		case c == 0:
			t.on = look{link: t.on.link}
		case c < 10:
			t.on.flags[c] = true
		case c == 38 || c == 48: // a colour in several parameters
			used := map[int]int{5: 3, 2: 5}[n[i+1]]
			t.colour(c, fmt.Sprint(n[i+1:i+used]))
			i += used - 1
		case c >= 30 && c < 108:
			t.colour(c, fmt.Sprint(c%10, c >= 90))
		default:
			t.odd(fmt.Sprint("style ", c))
		}
	}
}

// colour sets that of a parameter: 30 to 39 and 90 to 97 are of the text.
func (t *Terminal) colour(parameter int, colour string) {
	if tens := parameter / 10; tens == 3 || tens == 9 {
		t.on.front = colour
	} else {
		t.on.back = colour
	}
}

// Differs says where the terminal shows something other than another one; empty when it
// does not.
func (t *Terminal) Differs(from *Terminal) string {
	if t.unknown != "" {
		return "an unknown sequence: " + t.unknown
	}
	for y := range t.cells {
		for x := range t.cells[y] {
			if got, want := t.cells[y][x], from.cells[y][x]; got != want {
				return fmt.Sprintf("line %d, column %d: %+v, not %+v\n%s\n%s", y, x, got, want, t.text(y), from.text(y))
			}
		}
	}
	return ""
}

func (t *Terminal) text(y int) string {
	var b strings.Builder
	for _, c := range t.cells[y] {
		b.WriteString(c.text)
	}
	return b.String()
}
