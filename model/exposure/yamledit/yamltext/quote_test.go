package yamltext

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// hostile are texts that YAML, Jinja or a terminal read as something special.
var hostile = []string{
	"", " ", "  a", "a  ", "yes", "no", "on", "~", "null", "1_000", "0o17", "2024-01-01", "1e3", "- a", "# a", "a # b", "a: b",
	"\x00", "\x07\x1b[31mred\x1b[0m", "\x7f", "\u0085", "\u009b", "\u2028\u2029", "\uFEFFbom", "\u202Ertl", "\uFFFE", "\U000E0001",
	"tab\there", "line\nline", "line\r\nline", "\n\n", `\`, `a\ b`, `"`, `'"'`, "{{ ref('x') }}", "%}", "&a", "*a", "!tag", "|", ">",
	"é 漢 📊", "a\u00a0b", "\xff\xfe", "---", "...", "? a", "@a", "`a`",
	strings.Repeat("word ", 60), strings.Repeat("x", 200), strings.Repeat(`back\ `, 40), strings.Repeat("a  b ", 40), strings.Repeat(" ", 100),
}

// checkQuote asserts that a YAML reader gets s back, from printable lines only.
func checkQuote(t *testing.T, s string, col, indent int) {
	t.Helper()
	var b bytes.Buffer
	writeQuoted(&b, s, col, indent)
	q := b.String()
	var got struct{ A string }
	if err := yaml.Unmarshal([]byte("a: "+q+"\n"), &got); err != nil {
		t.Fatalf("%q as %s: %v", s, q, err)
	}
	if want := strings.ToValidUTF8(s, "\uFFFD"); got.A != want {
		t.Fatalf("%q as %s: read back as %q", s, q, got.A)
	}
	for i, l := range strings.Split(q, "\n") {
		if strings.IndexFunc(l, NotPrintable) >= 0 || strings.TrimRight(l, " ") != l {
			t.Fatalf("%q: line %d is %q", s, i, l)
		}
		if i > 0 && utf8.RuneCountInString(l) > LineWidth && strings.Contains(strings.TrimSpace(l), " ") && !strings.Contains(l, "  ") && !strings.Contains(l, `\ `) {
			t.Fatalf("%q: line %d is too long and could be folded", s, i)
		}
	}
}

func TestQuote(t *testing.T) {
	for _, s := range hostile {
		checkQuote(t, s, 3, 4)
		checkQuote(t, s, 79, 1)
	}
}

func FuzzQuote(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, uint8(10))
	}
	f.Fuzz(func(t *testing.T, s string, col uint8) {
		checkQuote(t, s, int(col), 2+int(col)%20)
	})
}
