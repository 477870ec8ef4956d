package write

import (
	"fmt"
	"strings"
	"testing"

	"darkroom/model/exposure/merge"
)

// Any number of differences with any titles is a page that GitHub takes, twice the same.
func TestCheckInMarkdownIsBounded(t *testing.T) {
	var r checkReport
	for _, what := range order() {
		for i := range 300 {
			r.Differences = append(r.Differences, difference{
				What: what, Name: fmt.Sprint("exposure_", i), Title: strings.Repeat("|@acme <b>#1</b> ", 40), File: "models/exposures/tableau.yml",
				Fields: []fieldChange{{"description", strings.Repeat("old\n| x |\n", 500), strings.Repeat("売上", 500)}}, Note: strings.Repeat("private ", 100),
			})
		}
	}
	for i := range 500 {
		r.Notes = append(r.Notes, fmt.Sprint("note ", i, strings.Repeat(" @acme", 100)))
	}
	page := r.markdown()
	if len(page) > 65_536 || page != r.markdown() {
		t.Errorf("%d bytes", len(page))
	}
	for _, bad := range []string{"@acme", "<b>", "\n| x |"} {
		if strings.Contains(page, bad) {
			t.Errorf("%q is in the page", bad)
		}
	}
	for _, what := range order() {
		title, _ := titleOf(what)
		if !strings.Contains(page, "### "+title+" (300)\n\n| ") {
			t.Errorf("no rows of %q", title)
		}
	}
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "|") && !strings.HasSuffix(line, "|\n") {
			t.Errorf("a row is cut: %q", line)
		}
	}
}

// Each kind of difference has its own heading.
func TestKindsOfDifferencesHaveTitles(t *testing.T) {
	seen := map[string]merge.What{}
	for _, what := range order() {
		title, word := titleOf(what)
		for _, s := range []string{title, word} {
			if other, twice := seen[s]; twice || s == "" {
				t.Errorf("%s and %s are both called %q", what, other, s)
			}
			seen[s] = what
		}
	}
}
