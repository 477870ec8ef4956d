package explorer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"darkroom/ui/theme"
)

// tokenLetters are the tokens in the goldens of styles.
var tokenLetters = map[string]string{
	"Dim": "d", "Faint": "f", "Title": "t", "Accent": "a", "Focus": "k", "Hit": "h", "Cursor": "C", "CursorB": "B", "Range": "R",
	"Included": "i", "Excluded": "x", "Undecided": "u", "Mixed": "m", "Model": "M", "Source": "S", "Seed": "E", "Snapshot": "N",
	"Dashboard": "D", "Good": "g", "Warn": "w", "Bad": "b", "Add": "+", "Del": "-", "Hunk": "@", "Toast": "T", "Text": "_",
}

// cell is a character on the screen, with the sequences that are on there.
type cell struct {
	text string
	on   []string
}

// cellsOf reads a frame.
func cellsOf(frame string) (lines [][]cell) {
	for _, l := range strings.Split(frame, "\n") {
		var line []cell
		var on []string
		for state := byte(0); l != ""; {
			seq, width, n, next := ansi.DecodeSequence(l, state, nil)
			l, state = l[n:], next
			switch {
			case width > 0:
				line = append(line, cell{seq, slices.Clone(on)})
			case seq == "\x1b[0m" || seq == "\x1b[m":
				on = nil
			case strings.HasSuffix(seq, "m"):
				on = append(on, seq)
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// paint gives the sequences of a cell in other styles: tokens without a style fall away,
// and a solid one takes the others with it.
func paint(on []string, marks map[string]theme.Token) string {
	all := ""
	for _, mark := range on {
		if token := marks[mark]; token.Solid {
			return token.On
		}
		all += marks[mark].On
	}
	return all
}

// runs writes which tokens are where, line by line: "3 12d 4Cd" is three cells without a
// style, twelve dim ones and four dim ones on the cursor's row. Equal lines are counted.
func runs(lines [][]cell, marks map[string]theme.Token) string {
	var out []string
	for _, line := range lines {
		var parts []string
		for from := 0; from < len(line); {
			end := from
			for end < len(line) && slices.Equal(line[end].on, line[from].on) {
				end++
			}
			names := ""
			for _, mark := range line[from].on {
				names += tokenLetters[marks[mark].Name]
			}
			parts = append(parts, fmt.Sprint(end-from)+names)
			from = end
		}
		if n := len(parts); n > 0 && strings.Trim(parts[n-1], "0123456789") == "" { // blanks at the end
			parts = parts[:n-1]
		}
		out = append(out, strings.Join(parts, " "))
	}
	var b strings.Builder
	for i := 0; i < len(out); {
		n := 1
		for i+n < len(out) && out[i+n] == out[i] {
			n++
		}
		if b.WriteString(out[i]); n > 1 {
			fmt.Fprintf(&b, " x%d", n)
		}
		b.WriteByte('\n')
		i += n
	}
	return b.String()
}

// styled is a picture of a size in some styles.
func (p *picture) styled(t *testing.T, size [2]int, st *theme.Styles) [][]cell {
	t.Helper()
	s := p.begin(t, size[0], size[1])
	a := s.Model().(*App)
	*a.host.Styles = *st
	a.host.Drawing++
	a.fit()
	p.do(s)
	return cellsOf(belowTabs(s.Raw()))
}

// Every picture at every size in every palette, and without any style: where which token
// is, is in the golden of the picture, what a palette makes of a token in that of
// TestTokens. Each palette has to give exactly that, with the same text.
func TestPalettes(t *testing.T) {
	dark := theme.New(theme.Dark, termenv.TrueColor)
	marked := theme.Marked(dark)
	inPalettes := map[theme.Name]*theme.Styles{"no style": {}}
	for _, name := range theme.Names()[1:] {
		inPalettes[name] = theme.New(name, termenv.TrueColor)
	}
	for i := range pictures {
		p := &pictures[i]
		t.Run(p.name, func(t *testing.T) {
			var all strings.Builder
			for _, size := range sizes {
				frame := p.styled(t, size, marked)
				fmt.Fprintf(&all, "== %dx%d\n%s", size[0], size[1], runs(frame, marksOf(marked, dark)))
				for name, st := range inPalettes {
					same(t, fmt.Sprintf("%s at %dx%d", name, size[0], size[1]), p.styled(t, size, st), frame, marksOf(marked, st))
				}
			}
			golden.RequireEqual(t, []byte(all.String()))
		})
	}
}

// marksOf is what the sequences of marked styles are in others.
func marksOf(marked, in *theme.Styles) map[string]theme.Token {
	marks, real := map[string]theme.Token{}, in.Tokens()
	for i, token := range marked.Tokens() {
		if token.On != "" {
			marks[token.On] = real[i]
		}
	}
	return marks
}

func same(t *testing.T, what string, got, frame [][]cell, marks map[string]theme.Token) {
	t.Helper()
	if len(got) != len(frame) {
		t.Fatalf("%s: %d lines, not %d", what, len(got), len(frame))
	}
	for y := range frame {
		blank := cell{text: " "} // at the end of a line, where nothing is drawn
		for x := range max(len(frame[y]), len(got[y])) {
			c, g := blank, blank
			if x < len(frame[y]) {
				c = frame[y][x]
			}
			if x < len(got[y]) {
				g = got[y][x]
			}
			if g.text != c.text || strings.Join(g.on, "") != paint(c.on, marks) {
				t.Fatalf("%s: line %d, character %d is %q in %q, not %q in %q:\n%s", what, y, x, g.text, g.on, c.text, paint(c.on, marks), textOf(got[y]))
			}
		}
	}
}

func textOf(line []cell) string {
	s := ""
	for _, c := range line {
		s += c.text
	}
	return s
}

// What each palette makes of each token, with its letter in the other goldens.
func TestTokens(t *testing.T) {
	var b strings.Builder
	for i, token := range theme.New(theme.Dark, termenv.TrueColor).Tokens() {
		letter := tokenLetters[token.Name]
		if letter == "" {
			t.Errorf("%s has no letter", token.Name)
		}
		fmt.Fprintf(&b, "%s %s\n", letter, token.Name)
		for _, name := range theme.Names()[1:] {
			at := theme.New(name, termenv.TrueColor).Tokens()[i]
			code := strings.TrimSuffix(strings.TrimPrefix(at.On, "\x1b["), "m")
			if at.Solid {
				code += ", whatever is below"
			}
			if code != "" {
				fmt.Fprintf(&b, "    %-16s %s\n", name, code)
			}
		}
	}
	golden.RequireEqual(t, []byte(b.String()))
}
