package output

import (
	"strings"
	"testing"
)

// However a text is cut into pieces, its lines are cleaned as a whole.
func TestCleanLinesTo(t *testing.T) {
	text := "--- a/f\r\n+\x1b[31mred\x1b[0m \u202Eüber\n\n+line without a stop after it: " + strings.Repeat("long ", 50) + "\n"
	want := CleanLines(text)
	for size := 1; size <= len(text); size++ {
		var b strings.Builder
		out := CleanLinesTo(&b)
		for from := 0; from < len(text); from += size {
			if _, err := out.Write([]byte(text[from:min(from+size, len(text))])); err != nil {
				t.Fatal(err)
			}
		}
		if b.String() != want {
			t.Fatalf("pieces of %d bytes: %q, want %q", size, b.String(), want)
		}
	}
}
