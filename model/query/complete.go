package query

import (
	"strings"
	"unicode"

	"darkroom/model"
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

// Complete offers what the last word of a text can become.
func (k *Known) Complete(text string) []Suggestion {
	return Suggest(text, k.Values(ValueField(text)))
}

// ValueField is the field whose values the last word of a text asks for; empty when it asks
// for none.
func ValueField(text string) string {
	_, last := lastWord(text)
	name, _, hasColon := strings.Cut(strings.TrimPrefix(last, "-"), ":")
	if f := fieldCalled(name); hasColon && f != nil {
		return f.name
	}
	return ""
}

// Values are those that a field has, and how many of all dashboards have each, the most
// frequent ones first. It looks at every dashboard.
func (k *Known) Values(fieldName string) []Value {
	f := fieldCalled(fieldName)
	switch {
	case f == nil:
		return nil
	case f.reads != nil:
		return k.countExamples(f)
	case f.changes():
		return k.count(f)
	}
	return k.values()[f.name]
}

// Suggest offers what the last word of a text can become: fields that begin so, or those of
// the values of its field that have it.
func Suggest(text string, values []Value) []Suggestion {
	before, last := lastWord(text)
	minus := ""
	if rest, ok := strings.CutPrefix(last, "-"); ok {
		minus, last = "-", rest
	}
	name, value, hasColon := strings.Cut(last, ":")
	switch {
	case hasColon && fieldCalled(name) != nil:
		return suggestValue(before+minus+name+":", name, strings.Trim(value, `"`), values)
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

// suggestValue offers the values that begin with what is typed, and then those that have
// it elsewhere.
func suggestValue(text, field, typed string, values []Value) []Suggestion {
	typed = strings.ToLower(typed)
	var first, later []Suggestion
	for _, v := range values {
		lower := strings.ToLower(v.Text)
		if !strings.Contains(lower, typed) || strings.Contains(lower, `"`) {
			continue
		}
		s := Suggestion{Text: text + quoted(v.Text), Show: v.Text, Note: model.Count(v.Dashboards, "dashboard")}
		if field == "updated" {
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
