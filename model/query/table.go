package query

import (
	"fmt"
	"strings"
)

// Markdown is the table of fields as documents have it; a test compares them.
func Markdown() string {
	var b strings.Builder
	b.WriteString("| field | of a dashboard | value |\n|---|---|---|\n")
	for _, f := range fields() {
		fmt.Fprintf(&b, "| `%s:` | %s | %s |\n", f.name, f.about, f.takes)
	}
	return b.String()
}
