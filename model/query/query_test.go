package query

import (
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]parsed{
		"kind:seed":            {"kind=seed", "", ""},
		"kind:":                {"", "", ""},
		"kind:Incr":            {"kind=incr", "", ""},
		"kind:dash":            {"kind=dash", "", ""},
		"kind:seeed":           {"", "", "kind: takes model, seed"},
		"kind:exposure":        {"", "", "dashboard or a materialization"},
		"state:inc":            {"state=inc", "", ""},
		"state:include":        {"state=include", "", ""},
		"state:included":       {"state=included", "", ""},
		"state:includedd":      {"", "", "state: takes included, excluded, undecided, written"},
		"link:un":              {"link=un", "", ""},
		"link:broken order":    {"", "order", "link: takes not_linked, unclear, partly_linked or linked"},
		"link:partly":          {"link=partly", "", ""},
		"link:incomplete":      {"", "", "link:incomplete is called link:partly_linked now"},
		"link:none x":          {"", "x", "link:none is called link:not_linked now"},
		"hidden:t":             {"hidden=t", "", ""},
		"hidden:maybe":         {"", "", "hidden: takes true or false"},
		"views:>100":           {"views=>100", "", ""},
		"views:many":           {"", "", "views: takes a number"},
		"ag:daily":             {"", "", "no field ag: did you mean tag:?"}, // the end of tag:
		"s:1":                  {"", "", "no field s:"},
		":x":                   {"", "", "no field :"},
		"collection:mon num":   {"collection=mon", "num", ""},
		"owner:c++":            {"owner=c++", "", ""},
		"+fct_orders":          {"+=+fct_orders", "", ""},
		"@fct_orders x":        {"+=@fct_orders", "x", ""},
		"tag:daily+":           {"+=tag:daily+", "", ""},
		"+exposure:board":      {"+=+exposure:board", "", ""},
		"+tags:finance orders": {"", "orders", `no method "tags:"`},
		"@fct_orders+":         {"", "", "@ does not go with"},
	} {
		want.check(t, text)
	}
}

// parsed is what a filter line is read as; the problem is a part of what is said.
type parsed struct{ terms, words, problem string }

func (want parsed) check(t *testing.T, text string) {
	t.Helper()
	q := Parse(text)
	if got := written(q); got != want.terms || strings.Join(q.Words, " ") != want.words {
		t.Errorf("%q: terms %q, words %q; want %+v", text, got, q.Words, want)
	}
	if (q.Problem == "") != (want.problem == "") || !strings.Contains(q.Problem, want.problem) {
		t.Errorf("%q: problem %q, want %q", text, q.Problem, want.problem)
	}
}

// written are the terms, with + for selectors.
func written(q Query) string {
	var terms []string
	for _, x := range q.terms {
		name, value := "+", x.text
		if x.field != nil {
			name, value = x.field.name, x.value
		}
		if x.not {
			name = "not " + name
		}
		terms = append(terms, name+"="+value)
	}
	return strings.Join(terms, " ")
}

func TestQuotedWords(t *testing.T) {
	for typed, want := range map[string][]string{
		``:                                nil,
		` a  b `:                          {"a", "b"},
		`collection:"monday numbers" x`:   {"collection:monday numbers", "x"},
		`"collection:monday numbers"`:     {"collection:monday numbers"},
		`owner:"ann b`:                    {"owner:ann b"},
		`""`:                              nil,
		`say "two words" and "two	tabs" `: {"say", "two words", "and", "two	tabs"},
	} {
		var got []string
		for _, w := range splitWords(typed) {
			got = append(got, w.text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
