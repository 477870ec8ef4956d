package query

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update-fields", false, "write the table of fields into the documents")

// The documents have the fields as the code has them.
func TestDocumentsHaveTheFields(t *testing.T) {
	for _, file := range []string{"../selector/SELECTORS.md", "../../README.md"} {
		const begin, end = "<!-- fields: generated from model/query, a test compares them -->\n", "<!-- /fields -->"
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, rest, ok := strings.Cut(string(data), begin)
		got, tail, closed := strings.Cut(rest, end)
		switch {
		case !ok || !closed:
			t.Errorf("%s has lost the marks around its table of fields", file)
		case got == markdown():
		case !*update:
			t.Errorf("%s differs from the fields; run: go test ./model/query -run Documents -update-fields", file)
		default:
			if err := os.WriteFile(file, []byte(head+begin+markdown()+end+tail), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// markdown is the table of fields as documents have it; a test compares them.
func markdown() string {
	var b strings.Builder
	b.WriteString("| field | of a dashboard | value |\n|---|---|---|\n")
	for _, f := range fields() {
		fmt.Fprintf(&b, "| `%s:` | %s | %s |\n", f.name, f.about, f.takes)
	}
	return b.String()
}
