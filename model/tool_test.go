package model

import (
	"slices"
	"testing"
)

func TestToolText(t *testing.T) {
	lumen := &Tool{Name: "Lumen", Key: "lumen", Words: map[Part]Noun{PartContainer: {One: "space"}, PartFlow: {"recipe", "recipe books"}}}
	for sentence, want := range map[string][2]string{
		"{Tool} hides it":               {"Lumen hides it", "The BI tool hides it"},
		"ask {tool}":                    {"ask Lumen", "ask the BI tool"},
		"a {container} of {containers}": {"a space of spaces", "a container of containers"},
		"{flows}, {published data source}": {
			"recipe books, published data source", "flows, published data source",
		},
		"{unknown} %": {"{unknown} %", "{unknown} %"},
	} {
		if got := [2]string{lumen.Text(sentence), (*Tool)(nil).Text(sentence)}; got != want {
			t.Errorf("%s: got %q, want %q", sentence, got, want)
		}
	}
	if got := lumen.Textf("{container} %s", "{tool}"); got != "space {tool}" {
		t.Errorf("a value was taken for a word: %q", got)
	}
	if lumen.HasWorkbooks() || !(*Tool)(nil).HasWorkbooks() {
		t.Error("a tool has workbooks when it has a word for them")
	}
}

func TestSeveralTools(t *testing.T) {
	a := &Tool{Name: "A", Key: "a", Words: map[Part]Noun{PartContainer: {One: "space"}}}
	b := &Tool{Name: "B", Key: "b", Words: map[Part]Noun{PartContainer: {One: "folder"}}}
	c := &Tool{Name: "C", Key: "c", Words: map[Part]Noun{PartContainer: {One: "space"}}}
	if got := Tools([]*Site{{Tool: b}, {}, {Tool: a}, {Tool: b}}); !slices.Equal(got, []*Tool{b, a}) {
		t.Errorf("tools of sites: %v", got)
	}
	for _, w := range []struct {
		tools       []*Tool
		names, noun string
	}{
		{nil, "your BI tool", "container"},
		{[]*Tool{a}, "A", "space"},
		{[]*Tool{a, c}, "A and C", "space"},
		{[]*Tool{a, b, c}, "A, B and C", "container"},
	} {
		if names, noun := ToolNames(w.tools), CommonNoun(w.tools, PartContainer).One; names != w.names || noun != w.noun {
			t.Errorf("got %q and %q, want %q and %q", names, noun, w.names, w.noun)
		}
	}
}

func TestConnectionClass(t *testing.T) {
	tool := &Tool{Connectors: map[string]string{"sql": "sqlserver"}}
	for name, want := range map[string]string{" SQL": "sqlserver", "snowflake": "snowflake", "": ""} {
		if got := tool.ConnectionClass(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
	if got := (*Tool)(nil).ConnectionClass("sql"); got != "sql" {
		t.Errorf("without a tool: %q", got)
	}
}
