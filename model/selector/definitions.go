package selector

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Definitions are the selectors of selectors.yml, by name.
type Definitions struct {
	Specs   map[string]Spec
	Default string // the name of the one that is marked as the default
	Err     error  // why they could not be read; it matters only for what asks for one
}

func (d Definitions) names() iter.Seq[string] { return maps.Keys(d.Specs) }

// Define reads the definition of one selector as YAML has it: a text, a map with one
// method, a map with "method" and "value", a union or an intersection
// (SELECTORS.md#selectorsyml).
func Define(name string, definition any) (Spec, error) {
	if m, ok := definition.(map[string]any); ok && len(m) > 1 && (has(m, "union") || has(m, "intersection")) {
		return nil, fmt.Errorf("selector %q: only one union or intersection at the top, without other keys", name)
	}
	spec, err := define(definition)
	if err != nil {
		return nil, fmt.Errorf("selector %q: %w", name, err)
	}
	return spec, nil
}

func has(m map[string]any, key string) bool {
	_, ok := m[key]
	return ok
}

func define(definition any) (Spec, error) {
	switch d := definition.(type) {
	case string:
		return readWord(d)
	case map[string]any:
		switch {
		case has(d, "union"):
			return defineGroup(Union, "union", d)
		case has(d, "intersection"):
			return defineGroup(Intersection, "intersection", d)
		}
		return defineWord(d)
	}
	return nil, fmt.Errorf("expected a text, a method, union or intersection, found %v", definition)
}

func defineGroup(op Op, key string, d map[string]any) (Spec, error) {
	parts, err := listOf(d, key)
	if err != nil {
		return nil, err
	}
	group := &Group{Op: op, Raw: key}
	var excluded Spec
	for _, part := range parts {
		if m, ok := part.(map[string]any); ok && has(m, "exclude") {
			if excluded != nil {
				return nil, fmt.Errorf("only one exclude in a %s", key)
			}
			if excluded, err = defineExclude(m); err != nil {
				return nil, err
			}
			continue
		}
		spec, err := define(part)
		if err != nil {
			return nil, err
		}
		group.Parts = append(group.Parts, spec)
	}
	return without(group, excluded), nil
}

func defineExclude(d map[string]any) (Spec, error) {
	parts, err := listOf(d, "exclude")
	if err != nil {
		return nil, err
	}
	group := &Group{Op: Union, Raw: "exclude"}
	for _, part := range parts {
		spec, err := define(part)
		if err != nil {
			return nil, err
		}
		group.Parts = append(group.Parts, spec)
	}
	if len(group.Parts) == 1 {
		return group.Parts[0], nil
	}
	return group, nil
}

func without(spec, excluded Spec) Spec {
	if excluded == nil {
		return spec
	}
	return &Group{Op: Difference, Parts: []Spec{spec, excluded}}
}

func listOf(d map[string]any, key string) ([]any, error) {
	list, ok := d[key].([]any)
	if !ok {
		return nil, fmt.Errorf("%s takes a list", key)
	}
	return list, nil
}

// defineWord reads a map with one method, or one with "method", "value" and how far.
func defineWord(d map[string]any) (Spec, error) {
	if len(d) == 1 {
		for method, value := range d {
			w := &Word{Raw: fmt.Sprintf("%s:%v", method, value), Value: value}
			return w, w.setMethod(method)
		}
	}
	method, isText := d["method"].(string)
	if !isText || !has(d, "value") {
		return nil, fmt.Errorf(`expected one key, or "method" and "value", found %s`, strings.Join(keysOf(d), ", "))
	}
	w := &Word{Raw: fmt.Sprintf("%s:%v", method, d["value"]), Value: d["value"], Family: isTrue(d["childrens_parents"])}
	if isTrue(d["parents"]) {
		w.Up = depthOf(d["parents_depth"])
	}
	if isTrue(d["children"]) {
		w.Down = depthOf(d["children_depth"])
	}
	if w.Family && w.Down != 0 {
		return nil, fmt.Errorf("childrens_parents does not go with children; leave one of them out")
	}
	if mode, ok := d["indirect_selection"]; ok {
		at := slices.Index(testsWords[:], fmt.Sprint(mode))
		if at < 0 {
			return nil, fmt.Errorf("indirect_selection takes %s", strings.Join(testsWords[:], ", "))
		}
		w.Tests = Tests(at)
	}
	if err := w.setMethod(method); err != nil || !has(d, "exclude") {
		return w, err
	}
	excluded, err := defineExclude(d)
	if err != nil {
		return nil, err
	}
	return without(w, excluded), nil
}

func keysOf(d map[string]any) []string {
	var keys []string
	for key := range d {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func isTrue(v any) bool {
	b, isBool := v.(bool)
	return isBool && b || v != nil && !isBool
}

// depthOf is a number of steps; without one all, and dbt takes a zero for none given.
func depthOf(v any) int {
	if n, ok := numberOf(v); ok && n != 0 {
		return int(n)
	}
	return -1
}
