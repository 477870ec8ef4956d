package output

import (
	"fmt"
	"strings"
	"testing"
)

// A text from outside stays a text: no markup, no link, no mention, no row of its own.
func TestForeignTextsStayPlainInMarkdown(t *testing.T) {
	for in, want := range map[string]string{
		"Weekly Numbers":          "Weekly Numbers",
		"a|b":                     `a\|b`,
		`a\|b`:                    `a\\\|b`,
		"<img src=x> & co":        "&lt;img src=x&gt; &amp; co",
		"@acme/everybody":         "@<!-- -->acme/everybody",
		"fixes #12, GH-3, gh-4":   `fixes \#<!-- -->12, GH<!-- -->-3, gh<!-- -->-4`,
		"https://evil.example/x":  "https:/<!-- -->/evil.example/x",
		"www.evil.example":        "www<!-- -->.evil.example",
		"[click](javascript:x)":   `\[click\](javascript:x)`,
		"**bold** _it_ ~~gone~~":  `\*\*bold\*\* \_it\_ \~\~gone\~\~`,
		"`code` $x^2$":            "\\`code\\` \\$x^2\\$",
		"two\nlines | and \x1b[m": "two lines \\| and \ufffd\\[m",
		"売上 ☕":                    "売上 ☕",
	} {
		if got := EscapeMarkdown(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// A page that is too long has fewer rows in each table, and says how many are missing.
func TestReportKeepsToItsRoom(t *testing.T) {
	r := Report{Head: "## All\n", More: "`all` lists them."}
	for _, title := range []string{"New", "Changed"} {
		table := ReportTable{Title: title, Listing: Listing{Header: []string{"name"}}}
		for i := range 1000 {
			table.Add(nil, fmt.Sprintf("%s %d", title, i))
		}
		r.Tables = append(r.Tables, table)
	}
	r.Tail = []string{"a note", "another"}
	whole := r.Bounded(1 << 20)
	for _, want := range []string{"### New (1000)", "| Changed 999 |", "- another\n"} {
		if !strings.Contains(whole, want) || strings.Contains(whole, "more") {
			t.Errorf("no %q in %d bytes", want, len(whole))
		}
	}
	for most := len(whole) - 1; most > 0; most = most * 2 / 3 {
		part := r.Bounded(most)
		if len(part) > most {
			t.Errorf("%d bytes in a room of %d", len(part), most)
		}
		if most > 400 && (!strings.Contains(part, "more: `all` lists them.") || !strings.Contains(part, "| Changed 0 |")) {
			t.Errorf("in %d bytes:\n%s", most, part)
		}
	}
}
