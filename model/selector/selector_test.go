package selector

import (
	"slices"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	for raw, want := range map[string]Word{
		"fct":                   {Method: "fqn", Value: "fct"},
		"@fct":                  {Method: "fqn", Value: "fct", Family: true},
		"+fct+2":                {Method: "fqn", Value: "fct", Up: -1, Down: 2},
		"3+tag:a:b":             {Method: "tag", Value: "a:b", Up: 3},
		"a+b+":                  {Method: "fqn", Value: "a+b", Down: -1},
		"a+1+2":                 {Method: "fqn", Value: "a+1", Down: 2},
		"5+":                    {Method: "fqn", Value: "", Up: 5},
		":x":                    {Method: "fqn", Value: ":x"},
		"con-fig:x":             {Method: "fqn", Value: "con-fig:x"},
		"models/x.sql":          {Method: "path", Value: "models/x.sql"},
		"x.SQL":                 {Method: "file", Value: "x.SQL"},
		"config.meta.owner:ann": {Method: "config", Arguments: []string{"meta", "owner"}, Value: "ann"},
	} {
		w, err := readWord(raw)
		if err != nil {
			t.Errorf("%q: %v", raw, err)
			continue
		}
		if w.Method != want.Method || w.Value != want.Value || w.Up != want.Up || w.Down != want.Down || w.Family != want.Family || !slices.Equal(w.Arguments, want.Arguments) {
			t.Errorf("%q: %+v, want %+v", raw, w, want)
		}
	}
	for raw, want := range map[string]string{
		"tags:x":               `no method "tags:"; there are access, config`,
		"a,bogus.x:y":          `no method "bogus:"`,
		"@a+":                  "@ does not go with a +",
		"@a+0":                 "@ does not go with a +",
		"version:7":            "version: takes latest, old, prerelease or none",
		"resource_type:models": "resource_type: takes analysis",
		"test_type:bogus":      "test_type: takes generic",
		"state:changed":        "state: takes new, old, modified",
		"source:a.b.c.d":       "source: takes a source",
		"exposure:a.b.c":       "exposure: takes a name",
		"/models":              "path: takes a path below",
	} {
		for _, read := range []func() (Spec, error){func() (Spec, error) { return Read(raw, "") }, func() (Spec, error) { return Read("x", raw) }} {
			if _, err := read(); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%q: %v, want %q", raw, err, want)
			}
		}
	}
}

func TestHasReach(t *testing.T) {
	for word, want := range map[string]bool{
		"fct": false, "+fct": true, "fct+2": true, "2+fct": true, "c++": true, "+": false, "a+b": false, "@fct": true, "@": false, "+tag:": false, "+tags:x": true,
	} {
		if HasReach(word) != want {
			t.Errorf("HasReach(%q) = %v", word, !want)
		}
	}
}

func TestDefineRefuses(t *testing.T) {
	m := func(pairs ...any) map[string]any {
		out := map[string]any{}
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i].(string)] = pairs[i+1]
		}
		return out
	}
	for want, definition := range map[string]any{
		"only one union or intersection": m("union", []any{"a"}, "exclude", []any{"b"}),
		"union takes a list":             m("union", "a"),
		"only one exclude":               m("union", []any{"a", m("exclude", []any{"b"}), m("exclude", []any{"c"})}),
		`"method" and "value"`:           m("method", "tag", "parents", true),
		"does not go with children":      m("method", "tag", "value", "x", "childrens_parents", true, "children", true),
		"indirect_selection takes eager": m("method", "tag", "value", "x", "indirect_selection", "lazy"),
		`no method "tags:"`:              m("tags", "x"),
		"expected a text":                7,
		"@ does not go":                  "@x+",
	} {
		if _, err := Define("daily", definition); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "daily") && want != `no method "tags:"` {
			t.Errorf("%v: %v, want %q", definition, err, want)
		}
	}
}

// shop is small: a model with a tag that another reads, and a source.
func shop() []Node {
	return []Node{
		{ID: "source.shop.raw.orders", Type: typeSource, Name: "orders", SourceName: "raw", Package: "shop", Project: "shop", FQN: []string{"shop", "raw", "orders"}},
		{ID: "model.shop.stg_orders", Type: typeModel, Name: "stg_orders", Package: "shop", Project: "shop", FQN: []string{"shop", "staging", "stg_orders"}, Parents: []string{"source.shop.raw.orders"}, Tags: []string{"nightly"}},
		{ID: "model.shop.fct_orders", Type: typeModel, Name: "fct_orders", Package: "shop", Project: "shop", FQN: []string{"shop", "marts", "fct_orders"}, Parents: []string{"model.shop.stg_orders"}},
		{ID: "exposure.shop.board", Type: typeExposure, Name: "board", Package: "shop", Project: "shop", FQN: []string{"shop", "board"}, Parents: []string{"model.shop.fct_orders"}, Uncompared: true},
		{ID: "exposure.shop.board", Type: typeExposure, Name: "another of the same id"},
	}
}

func TestNear(t *testing.T) {
	u := New(shop())
	for part, want := range map[string]string{
		"fct_order":               `; near it: "fct_orders"`,
		"tag:nigtly":              `; near it: "nightly"`,
		"+source:raw.order":       `; near it: "raw.orders"`,
		"stagin":                  `; near it: "staging"`,
		"fct_orders,tag:nightl":   `; near it: "nightly"`, // the other half selects something
		"exposure:boards":         `; near it: "board"`,
		"orders":                  `; near it: "fct_orders", "stg_orders"`,
		"completely_other":        "",
		"config.materialized:tab": "",
		"":                        "",
	} {
		if got := u.Near(part); got != want {
			t.Errorf("%q: %q, want %q", part, got, want)
		}
	}
}

// A word that selects nothing is named, as it was written.
func TestNothing(t *testing.T) {
	found := find(t, New(shop()), "fct_orders nothing,stg_orders tag:none", "gone")
	if got := strings.Join(found.Nothing, " "); got != "nothing,stg_orders tag:none gone" {
		t.Error(got)
	}
	if !found.Has("model.shop.fct_orders") || found.Has("model.shop.stg_orders") || found.Has("x") || found.Empty() {
		t.Error(found.IDs())
	}
}

// An exposure that dbt has not parsed yet answers like any other, but it has no state.
func TestPending(t *testing.T) {
	u := New(shop())
	if got := find(t, u, "1+exposure:board", "").IDs(); len(got) != 2 || got[0] != "exposure.shop.board" {
		t.Error(got)
	}
	u.State.Before = map[string]*Node{}
	if got := find(t, u, "state:new,resource_type:exposure", "").IDs(); len(got) != 0 {
		t.Error(got)
	}
}

// The methods that compare say what they would need.
func TestWithoutState(t *testing.T) {
	for raw, want := range map[string]string{
		"state:new": "manifest.json", "result:error": "run_results.json", "source_status:fresher": "sources.json", "selector:daily": "no selectors.yml",
	} {
		spec, err := Read(raw, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := New(shop()).Find(spec); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", raw, err, want)
		}
	}
}

// A selector that leads back to itself ends, and one that is not there has near ones.
func TestDefinitions(t *testing.T) {
	u := New(shop())
	u.Defs.Specs = map[string]Spec{}
	for name, text := range map[string]string{"a": "selector:b", "b": "+selector:a", "daily": "tag:nightly"} {
		spec, err := Define(name, text)
		if err != nil {
			t.Fatal(err)
		}
		u.Defs.Specs[name] = spec
	}
	for raw, want := range map[string]string{"selector:a": "leads back to itself", "selector:daly": `near it: "daily"`} {
		spec, err := Read(raw, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := u.Find(spec); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", raw, err, want)
		}
	}
	if got := find(t, u, "selector:d*", "").IDs(); !slices.Equal(got, []string{"model.shop.stg_orders"}) {
		t.Error(got)
	}
}

func find(t *testing.T, u *Universe, selected, excluded string) *Found {
	t.Helper()
	spec, err := Read(selected, excluded)
	if err != nil {
		t.Fatal(err)
	}
	found, err := u.Find(spec)
	if err != nil {
		t.Fatal(err)
	}
	return found
}
