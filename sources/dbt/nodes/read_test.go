package nodes

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/model/selector"
	"darkroom/sources/disk/disktest"
)

// read reads a manifest that is written out.
func read(t *testing.T, text string, prints bool) *Manifest {
	t.Helper()
	m, err := Read(t.Context(), strings.NewReader(text), "manifest.json", "shop", prints)
	disktest.Must(t, err)
	return m
}

// What is missing is taken from where it can be; what is off is not there.
func TestShapes(t *testing.T) {
	for entry, want := range map[string]string{
		`"nodes": {"model.shop.a": {}}`: "model a shop [shop a] [] group= access=",
		`"nodes": {"model.shop.a": {"config": {"tags": "x", "group": "g", "access": "public"}}}`:                     "model a shop [shop a] [x] group=g access=public",
		`"nodes": {"model.shop.a": {"tags": ["t"], "group": "g", "config": {"tags": ["x"], "group": null}}}`:         "model a shop [shop a] [t] group= access=",
		`"nodes": {"model.shop.a": {"group": "g", "config": null, "tags": null}}`:                                    "model a shop [shop a] [] group=g access=",
		`"nodes": {"model.shop.a": {"config": {"enabled": false}}}`:                                                  "",
		`"sources": {"source.shop.raw.a": {"source_name": "raw", "fqn": ["shop", "raw", "a"]}}`:                      "source a shop [shop raw a] [] group= access=",
		`"functions": {"function.lib.f": {}}, "macros": {"macro.lib.m": {"macro_sql": "x"}}, "docs": {"doc.x": {}}`:  "function f lib [lib f] [] group= access=",
		`"semantic_models": {"semantic_model.shop.s": {"config": {"tags": ["x"]}}}`:                                  "semantic_model s shop [shop s] [] group= access=",
		`"unit_tests": {"unit_test.shop.a.u": {"config": {"tags": ["x"]}, "patch_path": "shop://models\\m.yml"}}`:    "unit_test u shop [shop u] [x] group= access= models/m.yml",
		`"nodes": {"test.shop.t.1f": {"resource_type": "test", "name": "t", "test_metadata": {"name": "not_null"}}}`: "test t shop [shop t] [] group= access= not_null",
	} {
		for _, prints := range []bool{false, true} {
			got := ""
			for _, n := range read(t, "{"+entry+"}", prints).Nodes {
				got = strings.TrimSpace(fmt.Sprintf("%s %s %s %v %v group=%s access=%s %s", n.Type, n.Name, n.Package, n.FQN, n.Tags, n.Group, n.Access, n.PatchPath+n.Test))
			}
			if got != want {
				t.Errorf("%s: %q, want %q", entry, got, want)
			}
		}
	}
	if _, err := Read(t.Context(), strings.NewReader(`{"nodes": {"model.shop.a": {"fqn": [1, `), "manifest.json", "shop", false); err == nil {
		t.Error("half a manifest is read")
	}
}

func TestConfig(t *testing.T) {
	c := config(`{"a": {"b": "x", "n": 3}, "l": [true, "y", null], "t": true, "z": null}`)
	for keys, want := range map[string]any{"a.b": "x", "a.n": 3.0, "t": true, "z": nil, "a": nil, "a.b.c": nil, "no": nil} {
		if got := c.At(strings.Split(keys, ".")); got != want {
			t.Errorf("%s: %v, want %v", keys, got, want)
		}
	}
	if got := fmt.Sprint(c.At([]string{"l"})); got != "[true y <nil>]" {
		t.Error(got)
	}
}

// What is only written in another way is not a change; each part is one by itself.
func TestPrint(t *testing.T) {
	node := func(fields string) *selector.Print {
		return read(t, `{"nodes": {"model.shop.a": {"raw_code": "select 1", `+fields+`}}}`, true).Nodes[0].Print
	}
	a := node(`"unrendered_config": {"x": [1, {"p": 1, "q": 2}], "tags": "t", "schema": "s"}, "config": {"persist_docs": {"columns": true}}`)
	b := node(`"config": {"persist_docs": {"columns": true}}, "unrendered_config": {"schema": "s", "tags": ["u", "v"], "x": [1, {"q": 2, "p": 1}]}, "contract": {"enforced": false, "checksum": "c"}`)
	if *a != *b {
		t.Errorf("%+v\n%+v", a, b)
	}
	for fields, differs := range map[string]func(b *selector.Print) bool{
		`"raw_sql": "x"`: func(b *selector.Print) bool { return a.Body != b.Body },
		`"unrendered_config": {"x": [{"p": 1, "q": 2}, 1]}`:            func(b *selector.Print) bool { return a.Config != b.Config },
		`"unrendered_config": {"schema": "t"}`:                         func(b *selector.Print) bool { return a.Relation != b.Relation },
		`"access": "public"`:                                           func(b *selector.Print) bool { return a.Rest != b.Rest },
		`"description": "x"`:                                           func(b *selector.Print) bool { return a.Description != b.Description },
		`"columns": {"c": {"description": "x"}}`:                       func(b *selector.Print) bool { return a.Columns != b.Columns },
		`"contract": {"enforced": true, "checksum": "c"}`:              func(b *selector.Print) bool { return a.Contract != b.Contract },
		`"config": {"persist_docs": {"relation": true}}, "fqn": ["s"]`: func(b *selector.Print) bool { return b.PersistsDescription && !b.PersistsTexts },
	} {
		if !differs(node(fields)) {
			t.Errorf("%s makes no difference", fields)
		}
	}
}

// A file of selectors says what is wrong with it and where it is.
func TestReadDefinitions(t *testing.T) {
	dir := t.TempDir()
	if defs, err := ReadDefinitions(dir); err != nil || defs.Specs != nil {
		t.Errorf("without the file: %v, %v", defs, err)
	}
	for text, want := range map[string]string{
		"selectors: [{name: a, definition: {tags: x}}]":                                                       `no method "tags:"`,
		"selectors: [{name: a, default: true, definition: x}, {name: b, default: true, definition: tag:x+1}]": `"a" and "b" are both the default`,
		"selectors: [":                             "not valid YAML",
		"selectors: [{name: a}]":                   "expected a text",
		strings.Repeat("# long\n", maxDefinitions): "longer than",
	} {
		disktest.Must(t, os.WriteFile(filepath.Join(dir, definitionsFile), []byte(text), 0o600))
		if _, err := ReadDefinitions(dir); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), definitionsFile) {
			t.Errorf("%.60q: %v, want %q", text, err, want)
		}
	}
}

// A folder without anything of an earlier run is a mistake.
func TestReadStateOfNothing(t *testing.T) {
	if _, err := ReadState(t.Context(), t.TempDir(), t.TempDir(), "shop", &Manifest{}); err == nil || !strings.Contains(err.Error(), "of an earlier run") {
		t.Error(err)
	}
}
