package shellword

import "testing"

func TestQuote(t *testing.T) {
	for s, want := range map[string]string{
		"sales_board": "sales_board", "prod/3f9c": "prod/3f9c", "a.label": "a.label", "": "''",
		"Orders by the Week": "'Orders by the Week'", "it's": `'it'\''s'`, "$(rm -rf x)": "'$(rm -rf x)'", "`x`": "'`x`'",
		"-a b": "'-a b'", "a;b": "'a;b'", "~x": "'~x'", "#x": "'#x'", "a\\b": `'a\b'`, "größe": "'größe'", "*": "'*'", "!x": "'!x'",
	} {
		if got := Quote(s); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
	for s, want := range map[string]string{"a b": "'a b'", "a,b": `'"a,b"'`, `a"b`: `'"a""b"'`, "sales": "sales"} {
		if got := Item(s); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}
