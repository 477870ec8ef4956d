package change

import (
	"fmt"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/selector"
)

// node is a model; change says what is different of it.
func node(name string, change func(*selector.Node)) selector.Node {
	n := selector.Node{
		ID: "model.shop." + name, Type: "model", Name: name, Package: "shop", Project: "shop", FQN: []string{"shop", name}, Access: "protected",
		Macros: []string{"macro.shop.outer"}, Types: map[string]string{"id": "int", "Amount": "numeric", "note": ""},
		Print: &selector.Print{Body: uint64(len(name)), Config: 1, Relation: selector.Place{Identifier: 1}, Rest: 1, Description: 1, Columns: 1},
	}
	if change != nil {
		change(&n)
	}
	return n
}

// compared says what differs between two lists of nodes: "a body,contract".
func compared(known Known, before []selector.Node, now ...selector.Node) string {
	known.Now = selector.New(now)
	known.Now.State = selector.State{
		Before:       map[string]*selector.Node{},
		MacrosBefore: map[string]selector.Macro{"macro.shop.outer": {Text: 1, Macros: []string{"macro.shop.inner"}}, "macro.shop.inner": {Text: 1}},
		Macros:       map[string]selector.Macro{"macro.shop.outer": {Text: 1, Macros: []string{"macro.shop.inner"}}, "macro.shop.inner": {Text: 1}},
	}
	for i := range before {
		known.Now.State.Before[before[i].ID] = &before[i]
	}
	if known.After != nil {
		known.Now.State.Macros["macro.shop.inner"] = selector.Macro{Text: 2}
	}
	var out []string
	set := Compare(known)
	for i := range set.Changes {
		c := &set.Changes[i]
		s := c.Name + " " + strings.Join(c.What, ",")
		for _, list := range [][]string{c.To, c.Macros} {
			if len(list) > 0 {
				s += " " + strings.Join(list, ",")
			}
		}
		if c.From != "" {
			s += " from " + c.From
		}
		for _, col := range c.Columns {
			s += fmt.Sprintf(" %s:%s>%s %v %s", col.Name, col.Was, col.Is, col.Removed, col.By)
		}
		out = append(out, s)
	}
	return strings.Join(out, " | ")
}

func TestCompare(t *testing.T) {
	one := []selector.Node{node("a", nil)}
	version := func(v, latest string) func(*selector.Node) {
		return func(n *selector.Node) {
			n.ID, n.Version, n.LatestVersion = n.ID+".v"+v, v, latest
			n.Print.Rest = uint64(len(latest)) + 7
		}
	}
	for _, c := range []struct {
		name   string
		before []selector.Node
		now    []selector.Node
		want   string
	}{
		{"the same", one, one, ""},
		{"body", one, []selector.Node{node("a", func(n *selector.Node) { n.Print.Body = 9 })}, "a body"},
		{"configuration", one, []selector.Node{node("a", func(n *selector.Node) { n.Print.Config = 9 })}, "a configs"},
		{"alias and schema", one, []selector.Node{node("a", func(n *selector.Node) { n.Print.Relation = selector.Place{Schema: 2, Identifier: 2} })}, "a schema,alias"},
		{"database", one, []selector.Node{node("a", func(n *selector.Node) { n.Print.Relation.Database = 2 })}, "a database"},
		{"a description", one, []selector.Node{node("a", func(n *selector.Node) { n.Print.Description = 2 })}, ""},
		{"a persisted description", one, []selector.Node{node("a", func(n *selector.Node) { n.Print.Description, n.Print.PersistsDescription = 2, true })}, "a persisted_descriptions"},
		{"contract", one, []selector.Node{node("a", func(n *selector.Node) { n.Print.Contract = 2 })}, "a contract"},
		{"folder", one, []selector.Node{node("a", func(n *selector.Node) { n.FQN = []string{"shop", "marts", "a"} })}, "a path"},
		{"access", one, []selector.Node{node("a", func(n *selector.Node) { n.Access, n.Print.Rest = "public", 2 })}, "a access"},
		{"deprecation", one, []selector.Node{node("a", func(n *selector.Node) { n.Print.Rest = 2 })}, "a definition"},
		{"deleted", one, nil, "a deleted"},
		{"new", nil, one, "a new"},
		{"renamed", one, []selector.Node{node("b", nil)}, "a renamed b | b new from a"},
		{"renamed and changed", one, []selector.Node{node("bb", nil)}, "a deleted | bb new"},
		{"one of two with the same body", []selector.Node{node("a", nil), node("b", nil)}, []selector.Node{node("c", nil)}, "a deleted | b deleted | c new"},
		{"versioned", one, []selector.Node{node("a", version("1", "2")), node("a", version("2", "2"))}, "a versioned a.v1,a.v2 | a.v1 new | a.v2 new"},
		{"another latest version", []selector.Node{node("a", version("1", "1"))}, []selector.Node{node("a", version("1", "10"))}, "a.v1 latest_version"},
		{"column gone", one, []selector.Node{node("a", func(n *selector.Node) { n.Types, n.Print.Body = map[string]string{"ID": "int", "amount": "text"}, 9 })}, "a body Amount:numeric>text false description note:> true description"},
		{"tests come last", one, []selector.Node{node("a", func(n *selector.Node) { n.ID, n.Type, n.Name, n.Test = "test.shop.a", "test", "a_test", "unique" })}, "a deleted | a_test new"},
	} {
		if got := compared(Known{}, c.before, c.now...); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// What is disabled is not deleted; a changed macro is named, however far it is; catalogs
// know columns better than descriptions do.
func TestCompareKnowsMore(t *testing.T) {
	one := []selector.Node{node("a", nil)}
	if got := compared(Known{Disabled: map[string]bool{"model.shop.a": true}}, one); got != "a disabled" {
		t.Errorf("%q", got)
	}
	catalog := func(columns ...*model.Column) map[string][]*model.Column {
		return map[string][]*model.Column{"model.shop.a": columns}
	}
	known := Known{Before: catalog(&model.Column{Name: "id", Type: "int"}, &model.Column{Name: "old"}), After: catalog(&model.Column{Name: "ID", Type: "bigint"})}
	if got, want := compared(known, one, node("a", nil)), "a macros macro.shop.inner id:int>bigint false catalog old:> true catalog"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
