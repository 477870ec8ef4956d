package text

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestSpan(t *testing.T) {
	for _, x := range []struct {
		line       string
		first, end int
		want       string
	}{
		{"abcdef", 1, 3, "bc"},
		{"abc", 1, 9, "bc"},
		{"abc", 5, 9, ""},
		{"a\x1b[1mbc\x1b[0md", 2, 4, "\x1b[1mc\x1b[0md"},
		{"a\x1b[1mbc\x1b[0md", 0, 2, "a\x1b[1mb\x1b[0m"},
		{"\x1b[1ma\x1b[0mbc", 1, 3, "bc"},
		{"a売b", 0, 2, "a "},
		{"a売b", 2, 4, " b"},
		{"a売b", 1, 3, "売"},
		{"a" + Link("https://x.example/", "bcd") + "e", 0, 3, "a" + Link("https://x.example/", "bc")},
		{"a" + Link("https://x.example/", "bcd") + "e", 2, 5, Link("https://x.example/", "cd") + "e"},
		{"a" + Link("https://x.example/", "bcd") + "e", 4, 5, "e"},
		{"ab" + Column(3) + "cd", 0, 5, "ab" + Column(3) + "cd"},
		{"ab" + Column(2) + "cd", 0, 2, "ab"},
		{"ab" + Column(2) + "cd", 2, 4, "cd"},
	} {
		if got := Span(x.line, x.first, x.end); got != x.want {
			t.Errorf("Span(%q, %d, %d) = %q, not %q", x.line, x.first, x.end, got, x.want)
		}
	}
}

func TestOverKeepsWhatIsBesideIt(t *testing.T) {
	for under, want := range map[string]string{
		"abcdefgh":                  "ab[x ]gh",
		"ab":                        "ab[x ]",
		"":                          "  [x ]",
		"a売cd売h":                    "a [x ] h",
		"\x1b[31mabcdefgh\x1b[0m":   "ab[x ]gh",
		"abc" + Column(3) + "defgh": "ab[x ]gh",
	} {
		got := Over(under, 2, "[x ]", 4)
		if plain := ansi.Strip(got); plain != want {
			t.Errorf("over %q: %q, not %q", under, plain, want)
		}
	}
}

// Wherever a line is cut, the two parts are as wide as the line, and no style goes on
// behind the first.
func FuzzSpan(f *testing.F) {
	f.Add("a売\x1b[1mb\x1b[38;2;1;2;3m👩🏽‍🚀c\x1b[0md", 3)
	f.Add("e\u0301\x1b[7m\u0301🇩🇪", 1)
	f.Add("\x1b[", 0)
	f.Fuzz(func(t *testing.T, s string, at int) {
		line := Clean(strings.ReplaceAll(s, "\x1b", ""))
		width := ansi.StringWidth(line)
		if at = at % (width + 2); at < 0 {
			at = -at
		}
		line = "\x1b[1m" + line + "\x1b[0m"
		left, right := Span(line, 0, at), Span(line, at, width+2)
		if got := ansi.StringWidth(left); got != min(at, width) {
			t.Errorf("%d cells at the left of %d: %q", got, at, left)
		}
		if got := ansi.StringWidth(left) + ansi.StringWidth(right); got != width {
			t.Errorf("%q and %q have %d cells, not %d", left, right, got, width)
		}
		if left != "" && !strings.HasSuffix(left, "\x1b[0m") {
			t.Errorf("a style goes on behind %q", left)
		}
	})
}
