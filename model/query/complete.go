package query

import (
	"fmt"
	"strings"
	"unicode"
)

// Suggestion is one way to go on with a text.
type Suggestion struct {
	Text string // the whole text then
	Show string // what is offered
	Note string // what a field is about, or how many dashboards have a value
	// Field: a value has to follow.
	Field bool
}

// examples are values of fields with numbers.
func examples(field string) []string {
	return map[string][]string{
		"views":   {">0", ">100", ">1k", ">10k", "0"},
		"updated": {"<7d", "<30d", "<90d", ">6mo", ">1y"},
	}[field]
}

// Complete offers what the last word of a text can become: fields that begin so, or the
// values of its field that have it, the most frequent ones first. Counts are of all
// dashboards; they are linear in their number at most.
func (k *Known) Complete(text string) []Suggestion {
	before, last := lastWord(text)
	minus := ""
	if rest, ok := strings.CutPrefix(last, "-"); ok {
		minus, last = "-", rest
	}
	name, value, hasColon := strings.Cut(last, ":")
	f := fieldCalled(name)
	switch {
	case hasColon && f != nil:
		return k.completeValue(before+minus+name+":", f, strings.Trim(value, `"`))
	case hasColon, last == "" && minus == "" && before != "":
		return nil
	}
	var found []Suggestion
	for _, f := range fields() {
		if strings.HasPrefix(f.name, strings.ToLower(last)) {
			found = append(found, Suggestion{before + minus + f.name + ":", f.name + ":", f.about, true})
		}
	}
	return found
}

// completeValue offers the values that begin with what is typed, and then those that have
// it elsewhere.
func (k *Known) completeValue(text string, f *field, typed string) []Suggestion {
	values := k.values()[f.name]
	if f.changes() {
		values = k.count(f)
	}
	if f.reads != nil {
		values = k.countExamples(f)
	}
	typed = strings.ToLower(typed)
	var first, later []Suggestion
	for _, v := range values {
		lower := strings.ToLower(v.Text)
		if !strings.Contains(lower, typed) || strings.Contains(lower, `"`) {
			continue
		}
		s := Suggestion{Text: text + quoted(v.Text), Show: v.Text, Note: counted(v.Dashboards)}
		if f.name == "updated" {
			s.Note += map[byte]string{'<': ", within that time", '>': ", longer ago"}[v.Text[0]]
		}
		if strings.HasPrefix(lower, typed) {
			first = append(first, s)
		} else {
			later = append(later, s)
		}
	}
	return append(first, later...)
}

func (k *Known) countExamples(f *field) []Value {
	var values []Value
	for _, text := range examples(f.name) {
		t := term{field: f, value: text}
		f.check(&t)
		t.number.at(k.Now)
		n := 0
		for _, d := range k.Graph.Dashboards() {
			if f.dashboard(nil, d, &t) {
				n++
			}
		}
		values = append(values, Value{text, n})
	}
	return values
}

func counted(n int) string {
	if n == 1 {
		return "1 dashboard"
	}
	return fmt.Sprint(n, " dashboards")
}

// quoted is a value as it is written in a text.
func quoted(value string) string {
	if strings.IndexFunc(value, unicode.IsSpace) >= 0 {
		return `"` + value + `"`
	}
	return value
}

// lastWord parts a text before its last word.
func lastWord(text string) (before, last string) {
	inQuotes, at := false, 0
	for i, r := range text {
		switch {
		case r == '"':
			inQuotes = !inQuotes
		case unicode.IsSpace(r) && !inQuotes:
			at = i + len(string(r))
		}
	}
	return text[:at], text[at:]
}
