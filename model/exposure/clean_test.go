package exposure

import (
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"{{ x }}":     "{ { x } }",
		"{{{":         "{ { {",
		"{%{#":        "{ %{ #",
		"%}#}}":       "% }# } }",
		"50 % {a} #1": "50 % {a} #1",
		"a\xffb":      "a\uFFFDb",
	} {
		if got := clean(in); got != want || clean(got) != got {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := cleanURL(" https://x/{{a}} "); got != "https://x/%7B%7Ba%7D%7D" {
		t.Errorf("cleanURL = %q", got)
	}
}

// hostile are texts that YAML, Jinja or a terminal read as something special.
var hostile = []string{
	"", " ", "  a", "a  ", "yes", "no", "on", "~", "null", "1_000", "0o17", "2024-01-01", "1e3", "- a", "# a", "a # b", "a: b",
	"\x00", "\x07\x1b[31mred\x1b[0m", "\x7f", "\u0085", "\u009b", "\u2028\u2029", "\uFEFFbom", "\u202Ertl", "\uFFFE", "\U000E0001",
	"tab\there", "line\nline", "line\r\nline", "\n\n", `\`, `a\ b`, `"`, `'"'`, "{{ ref('x') }}", "%}", "&a", "*a", "!tag", "|", ">",
	"é 漢 📊", "a\u00a0b", "\xff\xfe", "---", "...", "? a", "@a", "`a`",
	strings.Repeat("word ", 60), strings.Repeat("x", 200), strings.Repeat(`back\ `, 40), strings.Repeat("a  b ", 40), strings.Repeat(" ", 100),
}

// FuzzClean: no Jinja marker survives, and what can be written in a ref needs no
// escape.
func FuzzClean(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := clean(s)
		for _, m := range []string{"{{", "{%", "{#", "}}", "%}", "#}"} {
			if strings.Contains(c, m) {
				t.Fatalf("clean(%q) = %q still has %s", s, c, m)
			}
		}
		if clean(c) != c {
			t.Fatalf("clean(%q) is not stable", s)
		}
		if lit, ok := jinjaLiteral(s); ok && (strings.ContainsAny(lit, "\n\\{}") || lit[0] != lit[len(lit)-1] || strings.Count(lit, lit[:1]) != 2) {
			t.Fatalf("jinjaLiteral(%q) = %s", s, lit)
		}
	})
}

// Nothing hidden in a name gets into a file, and what is seen of it stays.
func TestCleanHidesNothing(t *testing.T) {
	for in, want := range map[string]string{
		"Sales\U000e0069\U000e0067\u202e": "Sales",
		"{\u200b{ ref }\U000e0041}":       "{ { ref } }",
		"👩🏽‍🚀 ❤️ 🇩🇪":                      "👩🏽‍🚀 ❤️ 🇩🇪",
	} {
		if got := clean(in); got != want {
			t.Errorf("%+q became %+q, want %+q", in, got, want)
		}
	}
	if got := cleanURL("https://t.example\U000e0041/x\u200b"); got != "https://t.example/x" {
		t.Errorf("%+q", got)
	}
}
