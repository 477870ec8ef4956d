package yamlfile

import (
	"strings"
	"testing"
)

// What aliases expand to is counted before they are written out, and depth as well.
func TestCheckBounds(t *testing.T) {
	for text, ok := range map[string]bool{
		"":                                   true,
		"a: &a [1, 2]\nb: [*a , *a ]\n":      true,
		"a: &a {b: *a }\n":                   false,
		"a: &a [*a ]\n":                      false,
		"a: " + strings.Repeat("[", 100_000): false,
		strings.Repeat("- ", 100_000):        false,
		"a: *b\n":                            true, // for the decoder to refuse
		"a: &a x\nb: &b [*a ]\nc: *b\n":      true,
		"- &a 1\n- !!str *a\n- {k: *a }\n":   true,
	} {
		if err := CheckBounds(text); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}
