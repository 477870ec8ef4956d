package theme

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/muesli/termenv"
)

// each calls f with every token of a theme.
func each(st *Styles, f func(token string, s Style)) {
	v := reflect.ValueOf(*st)
	for i := range v.NumField() {
		f(v.Type().Field(i).Name, v.Field(i).Interface().(Style))
	}
}

// In every theme, on every terminal, the rows of the cursor and of a range are seen, and
// they differ.
func TestRowsAreSeenInEveryTheme(t *testing.T) {
	for _, name := range Names()[1:] {
		for _, profile := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI, termenv.Ascii} {
			st := New(name, profile)
			cursor, other, ranged := st.Cursor.Over("a"), st.CursorB.Over("a"), st.Range.Over("a")
			if cursor == "a" || other == "a" || ranged == "a" || cursor == other || cursor == ranged || other == ranged {
				t.Errorf("%s at %d: %q, %q, %q", name, profile, cursor, other, ranged)
			}
			for token, s := range map[string]Style{"Accent": st.Accent, "Focus": st.Focus, "Hit": st.Hit, "Title": st.Title} {
				if s.Render("a") == "a" {
					t.Errorf("%s at %d: %s is not seen", name, profile, token)
				}
			}
		}
	}
}

// Without colours there is bold, underline and reverse; the sixteen are those of the
// terminal, and nothing between.
func TestOnlyWhatATerminalCan(t *testing.T) {
	for want, styles := range map[string][]*Styles{
		"\x1b\\[[147](;[147])*m": {New(None, termenv.TrueColor), New(Dark, termenv.Ascii), New(Sixteen, termenv.Ascii)},
		"\x1b\\[([147]|[39][0-7]|(4|10)[0-7])(;([147]|[39][0-7]|(4|10)[0-7]))*m": {New(Sixteen, termenv.TrueColor), New(SixteenLight, termenv.ANSI256), New(Dark, termenv.ANSI), New(ColorblindLight, termenv.ANSI)},
	} {
		allowed := regexp.MustCompile("^" + want + "$")
		for _, st := range styles {
			each(st, func(token string, s Style) {
				if s.on != "" && (!allowed.MatchString(s.on) || s.off != "\x1b[0m") {
					t.Errorf("%s is %q … %q", token, s.on, s.off)
				}
			})
		}
	}
}

// A row of sixteen colours is in one style, because reverse with colours cannot be read.
func TestOver(t *testing.T) {
	st := New(Dark, termenv.TrueColor)
	if got := st.Range.Over(st.Good.Render("a") + "b"); strings.Count(got, st.Range.on) != 2 || !strings.Contains(got, st.Good.on) {
		t.Errorf("%q", got)
	}
	st = New(Sixteen, termenv.TrueColor)
	if got, want := st.Cursor.Over(st.Good.Render("a")+"b"), st.Cursor.on+"ab"+st.Cursor.off; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}

func TestBackground(t *testing.T) {
	for answer, want := range map[string]string{
		"rgb:1e1e/1e1e/1e1e": "dark", "rgb:ffff/ffff/ffff": "light", "rgb:fd/f6/e3": "light", "rgb:0/0/0": "dark", "rgba:0000/0000/0000/ffff": "dark",
		"rgb:fff/fff/fff": "light", "rgb:0000/0000/ffff": "dark", "rgb:ffff/ffff/0000": "light",
		"": "", "rgb:": "", "rgb:1/2": "", "rgb:g/0/0": "", "rgb:11111/0/0": "", "rgb:-1/0/0": "", "rgb:+1/0/0": "", "cmyk:0/0/0": "", "rgb:0/0/0/0": "",
	} {
		if got := said(darkByAnswer(answer)); got != want {
			t.Errorf("%q is %q, not %q", answer, got, want)
		}
	}
	for value, want := range map[string]string{
		"15;0": "dark", "0;15": "light", "0;default;15": "light", "7;8": "dark", "0;7": "light", "12;9": "light",
		"": "", "default;default": "", "0;16": "", "0;-1": "", "x": "",
	} {
		if got := said(DarkByVariable(value)); got != want {
			t.Errorf("%q is %q, not %q", value, got, want)
		}
	}
}

func said(dark, known bool) string {
	switch {
	case !known:
		return ""
	case dark:
		return "dark"
	}
	return "light"
}

// Going through the themes reaches all of them, and each can be typed.
func TestNames(t *testing.T) {
	n := Dark
	for range Names()[1:] {
		if known, ok := Known(string(n)); !ok || known != n {
			t.Errorf("%q is not known", n)
		}
		n = Next(n)
	}
	if n != Dark {
		t.Errorf("it ends at %q", n)
	}
	if n, ok := Known("plain"); n != None || !ok {
		t.Error("plain is not known any more")
	}
	if n, ok := Known("neon"); ok {
		t.Errorf("neon is %q", n)
	}
	if Auto.On(true) != Dark || Auto.On(false) != Light || Sixteen.On(false) != SixteenLight || Dark.On(false) != Dark {
		t.Error("the background chooses wrongly")
	}
}

// Over a line of a solid style only what switches styles is taken away.
func TestPlain(t *testing.T) {
	for line, want := range map[string]string{
		"":                                  "",
		"one":                               "one",
		"\x1b[1mone\x1b[0m two\x1b[38;5;1m": "one two",
		"\x1b[K\x1b[61G\x1b[mone":           "\x1b[K\x1b[61Gone",
		"a\x1b[":                            "a\x1b[",
		"\x1b[12":                           "\x1b[12",
		"\x1b]8;;https://a\x1b\\a\x1b[31m":  "\x1b]8;;https://a\x1b\\a",
	} {
		if got := plain(line); got != want {
			t.Errorf("%q becomes %q, want %q", line, got, want)
		}
	}
}
