package output

import (
	"strings"
	"testing"
)

func TestListing(t *testing.T) {
	l := Listing{Header: []string{"name", "kind", "tables"}}
	l.Add(map[string]string{"name": "=1+1"}, "=1+1", "a|b", Number(2))
	l.Add(map[string]string{"name": "\x1b[31mred"}, "\x1b[31mred", "c", Number(-1))
	for format, want := range map[string]string{
		"csv":      "name,kind,tables\n'=1+1,a|b,2\n",
		"markdown": "| name | kind | tables |\n|---|---|---|\n| =1+1 | a\\|b | 2 |\n",
		"table":    "NAME",
		"json":     `"name": "=1+1"`,
	} {
		if err := CheckFormat(format); err != nil {
			t.Error(err)
		}
		var b strings.Builder
		if err := l.Print(t.Context(), &b, format); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), want) || strings.Contains(b.String(), "\x1b") {
			t.Errorf("%s: %q", format, b.String())
		}
	}
	if CheckFormat("xml") == nil {
		t.Error("xml is not a format")
	}
	l.Drop("nosuch")
	l.Drop("kind")
	var b strings.Builder
	if err := l.Print(t.Context(), &b, "csv"); err != nil || !strings.HasPrefix(b.String(), "name,tables\n'=1+1,2\n") {
		t.Errorf("%q, %v", b.String(), err)
	}
}
