package theme

import (
	"fmt"
	"math"
	"strconv"
	"testing"

	"github.com/charmbracelet/lipgloss"
)

// rgb is a colour in linear light, from 0 to 1.
type rgb [3]float64

// seen gives the colour of a sign as true colour or as one of 256.
func seen(t *testing.T, sign string) rgb {
	t.Helper()
	var n [3]int
	if _, err := fmt.Sscanf(sign, "#%02x%02x%02x", &n[0], &n[1], &n[2]); err != nil {
		i, err := strconv.Atoi(sign)
		if err != nil || i < 16 || i > 255 {
			t.Fatalf("%q is no colour whose looks are known", sign)
		}
		level := func(i int) int { return []int{0, 95, 135, 175, 215, 255}[i] }
		if n = [3]int{8 + 10*(i-232), 8 + 10*(i-232), 8 + 10*(i-232)}; i < 232 {
			n = [3]int{level((i - 16) / 36), level((i - 16) / 6 % 6), level((i - 16) % 6)}
		}
	}
	var c rgb
	for i := range c {
		if v := float64(n[i]) / 255; v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return c
}

func (c rgb) brightness() float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

// contrast is that of WCAG 2, from 1 to 21.
func contrast(a, b rgb) float64 {
	x, y := a.brightness(), b.brightness()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// lab is the colour in CIELAB under D65, in which distances are about as they are seen.
func (c rgb) lab() [3]float64 {
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((0.4124564*c[0] + 0.3575761*c[1] + 0.1804375*c[2]) / 0.95047)
	y := f(0.2126729*c[0] + 0.7151522*c[1] + 0.0721750*c[2])
	z := f((0.0193339*c[0] + 0.1191920*c[1] + 0.9503041*c[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func distance(a, b rgb) float64 {
	x, y := a.lab(), b.lab()
	return math.Sqrt((x[0]-y[0])*(x[0]-y[0]) + (x[1]-y[1])*(x[1]-y[1]) + (x[2]-y[2])*(x[2]-y[2]))
}

// eyes are what is left of a colour with one kind of cone missing, in linear light:
// Machado, Oliveira and Fernandes 2009, severity 1.
var eyes = map[string][3][3]float64{
	"all cones":    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

func (c rgb) by(eye [3][3]float64) rgb {
	var out rgb
	for i, row := range eye {
		out[i] = max(0, min(1, row[0]*c[0]+row[1]*c[1]+row[2]*c[2]))
	}
	return out
}

// texts are the colours in which there is text.
func (p palette) texts() map[string]lipgloss.CompleteColor {
	return map[string]lipgloss.CompleteColor{
		"dim": p.dim, "accent": p.accent, "link": p.link, "included": p.included, "mixed": p.mixed, "model": p.model, "source": p.source,
		"seed": p.seed, "snapshot": p.snapshot, "dashboard": p.dashboard, "good": p.good, "warn": p.warn, "bad": p.bad, "row": p.row,
	}
}

// forms are the ways in which a colour is shown where its looks are known.
var forms = map[string]func(lipgloss.CompleteColor) string{
	"true colour": func(c lipgloss.CompleteColor) string { return c.TrueColor },
	"256":         func(c lipgloss.CompleteColor) string { return c.ANSI256 },
}

// backgrounds are those that terminals usually have.
var backgrounds = map[Name][]string{
	Dark: {"#000000", "#1e1e1e", "#282c34"}, ColorblindDark: {"#000000", "#1e1e1e", "#282c34"},
	Light: {"#ffffff", "#fdf6e3"}, ColorblindLight: {"#ffffff", "#fdf6e3"},
}

// Text can be read on the usual backgrounds and on ours: 4.5 to 1, as WCAG asks.
func TestContrast(t *testing.T) {
	for name, grounds := range backgrounds {
		p, _ := paletteOf(name)
		for form, of := range forms {
			on := append([]string{of(p.cursor), of(p.cursorB), of(p.rangeBG)}, grounds...)
			for token, c := range p.texts() {
				for _, ground := range on {
					if got := contrast(seen(t, of(c)), seen(t, ground)); got < 4.5 {
						t.Errorf("%s, %s: %s (%s) on %s has a contrast of %.2f", name, form, token, of(c), ground, got)
					}
				}
			}
			if got := contrast(seen(t, of(p.hitFG)), seen(t, of(p.hitBG))); got < 4.5 {
				t.Errorf("%s, %s: hits have a contrast of %.2f", name, form, got)
			}
			for _, ground := range grounds {
				if got := contrast(seen(t, of(p.faint)), seen(t, ground)); got < 1.5 {
					t.Errorf("%s, %s: rules on %s have a contrast of %.2f", name, form, ground, got)
				}
			}
		}
	}
}

// A row that is marked is seen to be, on each usual background.
func TestRowsAreMarked(t *testing.T) {
	for name, grounds := range backgrounds {
		p, _ := paletteOf(name)
		for form, of := range forms {
			for token, c := range map[string]lipgloss.CompleteColor{"cursor": p.cursor, "range": p.rangeBG} {
				for _, ground := range grounds {
					if got := distance(seen(t, of(c)), seen(t, ground)); got < 5 {
						t.Errorf("%s, %s: %s on %s is %.1f away", name, form, token, ground, got)
					}
				}
			}
			if got := distance(seen(t, of(p.cursor)), seen(t, of(p.rangeBG))); got < 4 {
				t.Errorf("%s, %s: cursor and range are %.1f apart", name, form, got)
			}
		}
	}
}

// In the palettes for colour-blind eyes opposites differ for every eye, in colour and in
// brightness.
func TestOppositesForEveryEye(t *testing.T) {
	for _, name := range []Name{ColorblindDark, ColorblindLight} {
		p, _ := paletteOf(name)
		for form, of := range forms {
			for _, pair := range []struct {
				what string
				a, b lipgloss.CompleteColor
			}{
				{"good and bad", p.good, p.bad},
				{"good and warn", p.good, p.warn},
				{"warn and bad", p.warn, p.bad},
				{"included and excluded", p.included, p.dim},
				{"included and mixed", p.included, p.mixed},
			} {
				for eye, matrix := range eyes {
					a, b := seen(t, of(pair.a)).by(matrix), seen(t, of(pair.b)).by(matrix)
					if got := distance(a, b); got < 20 {
						t.Errorf("%s, %s, %s: %s are %.1f apart", name, form, eye, pair.what, got)
					}
				}
				a, b := seen(t, of(pair.a)), seen(t, of(pair.b))
				if got := contrast(a, b); pair.what == "good and bad" && got < 1.3 {
					t.Errorf("%s, %s: the brightness of %s differs by %.2f", name, form, pair.what, got)
				}
			}
		}
	}
}
