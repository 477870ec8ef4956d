package change

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"darkroom/model/selector"
)

// sectionTypes say which resources the lists of a YAML file are about. Macros, groups and
// the rest have no part in what is built.
func sectionTypes() map[string]string {
	return map[string]string{
		"models": "model", "seeds": "seed", "snapshots": "snapshot", "sources": "source", "analyses": "analysis", "exposures": "exposure", "metrics": "metric",
		"semantic_models": "semantic_model", "saved_queries": "saved_query", "unit_tests": "unit_test", "functions": "function", "data_tests": "test", "tests": "test",
	}
}

// properties is a YAML file that describes resources: those whose entry differs changed. A
// description, a tag, a group or a test alone is not a change of what it is about.
func (f *fileWalk) properties(x *File) {
	if x.Unreadable {
		f.each(InYAML, func(n *selector.Node) bool {
			return n.Package == f.pkg.Name && (n.PatchPath == x.Path || n.Path == x.Path)
		})
		return
	}
	for section, kind := range sectionTypes() {
		before, after := entries(x.Before[section], kind), entries(x.After[section], kind)
		for _, name := range bothKeys(before, after) {
			a, b := before[name], after[name]
			if !reflect.DeepEqual(stripped(a, kind), stripped(b, kind)) {
				f.entry(kind, name, InYAML)
			}
			if kind != "test" && !reflect.DeepEqual(testsOf(a), testsOf(b)) {
				f.testsOn(kind, name, x.Path)
			}
		}
	}
}

// entry marks what an entry is about.
func (f *fileWalk) entry(kind, name, what string) {
	for _, n := range f.entries[place{f.pkg.Name, kind, name}] {
		f.add(n, what)
	}
}

// testsOn marks the tests of a file that look at what an entry is about.
func (f *fileWalk) testsOn(kind, name, file string) {
	about := f.entries[place{f.pkg.Name, kind, name}]
	for _, test := range f.inFile[place{f.pkg.Name, "", file}] {
		if test.Type == "test" && slices.ContainsFunc(about, func(n *selector.Node) bool { return slices.Contains(test.Parents, n.ID) }) {
			f.add(test, InYAML)
		}
	}
}

// entries are the entries of a list by name; those of sources by source and table, those
// of models with versions by version.
func entries(list any, kind string) map[string]map[string]any {
	found := map[string]map[string]any{}
	for _, entry := range itemsOf(list) {
		name, _ := entry["name"].(string)
		list, part := "versions", "v"
		if kind == "source" {
			list, part = "tables", "name"
		}
		parts := itemsOf(entry[list])
		if kind != "source" && (kind != "model" || len(parts) == 0) {
			found[name] = entry
			continue
		}
		whole := maps.Clone(entry)
		delete(whole, list)
		for _, own := range parts {
			called := fmt.Sprint(own[part])
			if kind == "model" {
				called = "v" + called
			}
			found[name+"."+called] = map[string]any{"whole": whole, "own": own}
		}
	}
	delete(found, "")
	return found
}

// itemsOf are the maps in a list.
func itemsOf(list any) (found []map[string]any) {
	items, _ := list.([]any)
	for _, item := range items {
		if m, ok := item.(map[string]any); ok {
			found = append(found, m)
		}
	}
	return found
}

func bothKeys[T any](a, b map[string]T) []string {
	all := slices.Collect(maps.Keys(a))
	all = slices.AppendSeq(all, maps.Keys(b))
	slices.Sort(all)
	return slices.Compact(all)
}

// isWords reports a key that changes nothing of what is built.
func isWords(key string) bool {
	switch strings.TrimPrefix(key, "+") {
	case "name", "description", "docs", "tags", "group", "tests", "data_tests":
		return true
	}
	return false
}

// stripped is an entry without its words, at every depth of what describes a resource;
// nil when nothing remains. Of an exposure and the like everything counts.
func stripped(entry map[string]any, kind string) any {
	switch {
	case entry == nil:
		return nil
	case kind == "exposure" || kind == "metric" || kind == "semantic_model" || kind == "saved_query" || kind == "unit_test" || kind == "test":
		return entry
	}
	return without(entry)
}

func without(value any) any {
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, inner := range v {
			if key == "columns" {
				inner = named(inner)
			}
			if inner = without(inner); !isWords(key) && inner != nil {
				out[key] = inner
			}
		}
		if len(out) == 0 {
			return nil
		}
		return out
	case []any:
		out := make([]any, 0, len(v))
		for _, item := range v {
			if item = without(item); item != nil {
				out = append(out, item)
			}
		}
		if len(out) == 0 {
			return nil
		}
		return out
	}
	return value
}

// named makes a map by name, in lower case, of a list of columns, so that their order is
// no change and one that is only named is not there. What includes other columns stays a list.
func named(list any) any {
	out := map[string]any{}
	for _, item := range itemsOf(list) {
		switch name := item["name"].(type) {
		case string:
			own := maps.Clone(item)
			delete(own, "meta")
			delete(own, "config")
			out["column "+strings.ToLower(name)] = own
		default:
			return list
		}
	}
	return out
}

// testsOf are the tests that an entry has, with those of its columns.
func testsOf(entry map[string]any) any {
	var found []any
	add := func(m map[string]any) {
		for _, of := range append([]map[string]any{m}, itemsOf(m["columns"])...) {
			for _, key := range []string{"tests", "data_tests"} {
				if of[key] != nil {
					found = append(found, of["name"], of[key])
				}
			}
		}
	}
	add(entry)
	for _, part := range []string{"whole", "own"} {
		if m, ok := entry[part].(map[string]any); ok {
			add(m)
		}
	}
	return found
}
