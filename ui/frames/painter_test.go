package frames

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"darkroom/ui/frames/framestest"
	"darkroom/ui/text"
)

const wide, high = 60, 20

// checked paints frames and finds what the terminal would show that is not the frame.
type checked struct {
	t        testing.TB
	painter  *Painter
	terminal *framestest.Terminal
	meant    *framestest.Terminal
}

func check(t testing.TB) *checked {
	c := &checked{t, New(), framestest.New(wide, high), framestest.New(wide, high)}
	c.painter.Resize(wide, high)
	return c
}

// paint gives the bytes of a frame.
func (c *checked) paint(lines ...string) string {
	c.t.Helper()
	frame := strings.Join(lines, "\n")
	bytes := string(c.painter.Paint(frame))
	c.terminal.Write([]byte(bytes))
	c.meant.Show(frame)
	if differs := c.terminal.Differs(c.meant); differs != "" {
		c.t.Fatalf("%s\nbytes %q\nof the frame\n%s", differs, bytes, frame)
	}
	return bytes
}

// screenful is a frame with these lines first.
func screenful(first ...string) []string {
	for len(first) < high {
		first = append(first, fmt.Sprint("line ", len(first)))
	}
	return first
}

const home = "\x1b[20;1H" // where the cursor is left

// What is written for one change of one line.
func TestOneChange(t *testing.T) {
	for name, test := range map[string]struct{ was, now, want string }{
		"nothing":                         {"as it was", "as it was", ""},
		"a word":                          {"one two three", "one 2wo three", "\x1b[1;5H2wo" + home},
		"two words, near":                 {"one two three", "one 2wo 3hree", "\x1b[1;5H2wo 3hree" + home},
		"two words, far from each other":  {"one and what is between two", "1ne and what is between 2wo", "\x1b[1;1H1ne\x1b[1;25H2wo" + home},
		"longer":                          {"one", "one two", "\x1b[1;5Htwo" + home},
		"shorter":                         {"one two", "one", "\x1b[1;4H\x1b[K" + home},
		"only blanks at the end":          {"one", "one   ", ""},
		"a style":                         {"one two", "one \x1b[1mtwo\x1b[0m", "\x1b[1;5H\x1b[1mtwo\x1b[m" + home},
		"one style in two sequences":      {"one", "\x1b[1m\x1b[31m1ne\x1b[0m", "\x1b[1;1H\x1b[1;31m1ne\x1b[m" + home},
		"the same with another way to it": {"\x1b[1m\x1b[31mone\x1b[0m", "\x1b[1;31mone\x1b[m", ""},
		"a pane at a column":              {"one\x1b[K\x1b[31Gtwo", "one\x1b[K\x1b[31G2wo", "\x1b[1;31H2wo" + home},
		"a link":                          {"one", text.Link("https://a.example.com", "one"), "\x1b[1;1H\x1b]8;;https://a.example.com\x1b\\one\x1b]8;;\x1b\\" + home},
		"a wide character":                {"one two", "売 two", "\x1b[1;1H売 two\x1b[m\x1b[K" + home},
		"behind a wide character":         {"売 one", "売 two", "\x1b[1;1H売 two\x1b[m\x1b[K" + home},
		"no wide character any more":      {"売 one", "two one", "\x1b[1;1Htwo one\x1b[K" + home},
		"an emoji that may be wide":       {"a ▶ b", "a ▶ c", "\x1b[1;1Ha ▶ c\x1b[m\x1b[K" + home},
		"a background":                    {"one", "\x1b[44mone  \x1b[0m", "\x1b[1;1H\x1b[44mone  \x1b[m" + home},
	} {
		t.Run(name, func(t *testing.T) {
			c := check(t)
			c.paint(screenful(test.was)...)
			got := c.paint(screenful(test.now)...)
			if strings.ReplaceAll(got, "\x1b[1;25H", "\x1b[25G") != strings.ReplaceAll(test.want, "\x1b[1;25H", "\x1b[25G") {
				t.Errorf("%q\nwant\n%q", got, test.want)
			}
		})
	}
}

// Lines that move are moved by the terminal, both ways, and what is beside them is drawn
// again.
func TestScrolling(t *testing.T) {
	list := func(from int, beside string) []string {
		lines := []string{"the head"}
		for i := range high - 2 {
			lines = append(lines, fmt.Sprintf("%d: %.40f\x1b[K\x1b[51G%s %d", from+i, 1/float64(from+i), beside, i%3))
		}
		return append(lines, "the foot")
	}
	c := check(t)
	whole := len(c.paint(list(100, "x")...))
	for _, from := range []int{101, 100, 103, 99, 99 + high/2} {
		bytes := c.paint(list(from, "x")...)
		if !strings.Contains(bytes, "\x1b[2;19r") || strings.Contains(bytes, "the head") || len(bytes) > whole*2/3 {
			t.Errorf("%d bytes of %d: %q", len(bytes), whole, bytes)
		}
	}
	if bytes := c.paint(list(1000, "y")...); strings.Contains(bytes, "r\x1b[") {
		t.Errorf("nothing has moved: %q", bytes)
	}
}

// After something else was written, and at another size, all is drawn.
func TestForget(t *testing.T) {
	c := check(t)
	c.paint(screenful()...)
	c.terminal = framestest.New(wide, high)
	c.painter.Forget()
	c.paint(screenful()...)
	c.terminal = framestest.New(wide, high)
	c.painter.Resize(wide, high)
	c.paint("window too small")
	c.paint(screenful()...)
	c.paint()
	c.paint(append(screenful(), "one", "too many")[:high]...)
}

// Random frames of all that a frame may have, each made of the one before it, are shown as
// they are meant.
func TestRandomFrames(t *testing.T) {
	words := []string{"orders", "fct_orders", " ", "   ", "売上", "👍🏽", "é", "e\u0301", "▾ [✓] ●", "│", "ю", "…", "\x1b[31m", "\x1b[1m", "\x1b[38;2;1;2;3m", "\x1b[48;5;17m", "\x1b[0m", "\x1b[m", text.Link("https://a.example.com/1", "a"), text.Link("https://b.example.com", "bc")}
	for seed := range uint64(8) {
		random := rand.New(rand.NewPCG(seed, 1))
		line := func() string {
			var b strings.Builder
			for range random.IntN(9) {
				b.WriteString(words[random.IntN(len(words))])
			}
			if left := text.Clip(b.String(), 30); random.IntN(2) == 0 {
				return left + "\x1b[0m" + text.Column(31) + text.Clip(b.String(), 29) + "\x1b[0m"
			}
			return text.Clip(b.String(), wide) + "\x1b[0m"
		}
		c := check(t)
		lines := screenful()
		for range 150 {
			switch random.IntN(4) {
			case 0:
				lines[random.IntN(len(lines))] = line()
			case 1:
				for y := range lines {
					lines[y] = line()
				}
			case 2: // up
				copy(lines[3:15], lines[4:16])
				lines[15] = line()
			case 3: // down, by two
				copy(lines[6:18], lines[4:16])
				lines[4], lines[5] = line(), line()
			}
			c.paint(lines...)
		}
	}
}

// A frame that changes nothing, or one word, takes no memory.
func TestPaintingAllocatesNothing(t *testing.T) {
	c := check(t)
	frames := []string{strings.Join(screenful("one word"), "\n"), strings.Join(screenful("1ne word"), "\n")}
	for _, f := range frames {
		c.painter.Paint(f)
	}
	i := 0
	if n := testing.AllocsPerRun(50, func() { c.painter.Paint(frames[i%2]); i++ }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
