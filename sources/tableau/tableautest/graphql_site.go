package tableautest

import (
	"sort"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// The two permission modes (sources/tableau/API.md#permission-modes).
const (
	obfuscate = "OBFUSCATE_RESULTS"
	filterOut = "FILTER_RESULTS"
)

// root is the type Query.
type root struct{}

func (root) typeName() string { return "Query" }

func (root) field(x *executor, f *ast.Field) any {
	switch f.Name {
	case "__schema":
		return introSchema{}
	case "__type":
		name, _ := x.argument(f, "name").(string)
		if def := x.schema.Types[name]; def != nil {
			return introType{def: def}
		}
		return nil
	}
	name, paged := strings.CutSuffix(f.Name, connectionSuffix)
	target := x.schema.Types[listTarget(x.schema, "Query", name)]
	order := x.sortOrder(f, target)
	all := x.choose(f, x.store.ordered(target.Name, order))
	if paged {
		return x.page(f, all, target.Name, order)
	}
	return items(all)
}

// listTarget is the type of the objects in a list.
func listTarget(schema *ast.Schema, typeName, field string) string {
	return schema.Types[typeName].Fields.ForName(field).Type.Name()
}

// item is one object of the site.
type item struct{ o *object }

func (i item) typeName() string { return i.o.def.Name }

func (i item) field(x *executor, f *ast.Field) any {
	name := f.Name
	target := x.schema.Types[f.Definition.Type.Name()]
	if f.Definition.Type.Elem != nil {
		return items(x.nested(f, i.o, name, x.sortOrder(f, target)))
	}
	if !target.IsCompositeType() {
		return x.scalar(i.o, name)
	}
	if list, paged := strings.CutSuffix(name, connectionSuffix); paged && f.Definition.Type.Name() != "VirtualConnection" {
		of := listTarget(x.schema, i.o.def.Name, list)
		order := x.sortOrder(f, x.schema.Types[of])
		return x.page(f, x.nested(f, i.o, list, order), of, order)
	}
	if one := x.site.one(i.o, name); one != nil {
		return item{one}
	}
	return nil
}

// scalar is a value as this caller, on this release, may see it.
func (x *executor) scalar(o *object, name string) any {
	switch {
	case x.hidden(o) && telling(name):
		return nil
	case o.def.Name == "VirtualConnection" && name == "connectionType" && !before(x.opt.Release, "2023.1"):
		return nil // sources/tableau/API.md#since-when
	}
	return o.data[name]
}

// hidden asks the switch.
func (x *executor) hidden(o *object) bool {
	return x.sw.Redact != nil && x.sw.Redact(o.def.Name, o.id)
}

// telling are the fields that redaction empties; ids, LUIDs and kinds stay
// (sources/tableau/API.md#redacted-names).
func telling(name string) bool {
	switch name {
	case "name", "fullName", "schema", "description", "query", "path", "uri", "projectName", "containerName", "hostName", "username", "email":
		return true
	}
	return false
}

func items(list []*object) []resolver {
	out := make([]resolver, 0, len(list))
	for _, o := range list {
		out = append(out, item{o})
	}
	return out
}

// has leaves out types that the release does not have.
func (x *executor) has(o *object) bool { return x.schema.Types[o.def.Name] != nil }

// sortOrder is what a list is sorted by before the ids: nothing, or one field.
type sortOrder struct {
	given bool
	field string
	down  bool
}

func (x *executor) sortOrder(f *ast.Field, target *ast.Definition) sortOrder {
	by, ok := x.argument(f, "orderBy").(map[string]any)
	if !ok {
		return sortOrder{}
	}
	wanted := asText(by["field"])
	for _, field := range target.Fields {
		if shout(field.Name) == wanted {
			return sortOrder{true, field.Name, asText(by["direction"]) == "DESC"}
		}
	}
	return sortOrder{}
}

func (by sortOrder) less(a, b *object) bool {
	if by.given {
		left, right := a.text(by.field), b.text(by.field)
		if left != right {
			return (left < right) != by.down
		}
	}
	return a.id < b.id
}

// ordered is all objects of a type, by id if nothing else is said, as the real
// server has it. The result is shared: do not change it.
func (s *store) ordered(typeName string, by sortOrder) []*object {
	key := orderKey{typeName, by}
	s.mu.Lock()
	defer s.mu.Unlock()
	list, ok := s.sorted[key]
	if !ok {
		list = append([]*object(nil), s.all[typeName]...)
		sort.Slice(list, func(i, j int) bool { return by.less(list[i], list[j]) })
		s.sorted[key] = list
	}
	return list
}

// nested is the list under a field of an object, in the order it has there unless
// the query wants another.
func (x *executor) nested(f *ast.Field, o *object, field string, by sortOrder) []*object {
	list := x.choose(f, x.store.links(o, field))
	if by.given {
		list = append([]*object(nil), list...)
		sort.SliceStable(list, func(i, j int) bool { return by.less(list[i], list[j]) })
	}
	return list
}

// choose applies filter and permission mode and keeps the order.
func (x *executor) choose(f *ast.Field, list []*object) []*object {
	mode, _ := x.argument(f, "permissionMode").(string)
	conditions, _ := x.argument(f, "filter").(map[string]any)
	if x.sw.SensitiveFilters && x.warnSensitive(f.Name, conditions) {
		mode = filterOut
	}
	list = keep(list, func(o *object) bool { return x.has(o) && !(mode == filterOut && x.hidden(o)) })
	for _, key := range sortedKeys(conditions) {
		list = x.narrow(list, key, conditions[key])
	}
	return list
}

// keep copies only when something goes.
func keep(list []*object, ok func(*object) bool) []*object {
	for i, o := range list {
		if ok(o) {
			continue
		}
		kept := append([]*object(nil), list[:i]...)
		for _, o := range list[i+1:] {
			if ok(o) {
				kept = append(kept, o)
			}
		}
		return kept
	}
	return list
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// narrow applies one condition, exactly and with case. A value that stands twice
// in a list doubles the results, as it does on the real server
// (model/walk/RULES.md#fetch-flat-join-locally).
func (x *executor) narrow(list []*object, key string, wanted any) []*object {
	if wanted == nil {
		return list
	}
	field, many := strings.CutSuffix(key, "Within")
	count := map[string]int{}
	values := []any{wanted}
	if many {
		values = asList(wanted)
	}
	x.tooLong = x.tooLong || len(values) > maxFilterIDs
	for _, v := range values {
		count[asText(v)]++
	}
	var out []*object
	for _, o := range list {
		for range count[o.text(field)] {
			out = append(out, o)
		}
	}
	return out
}

// asList takes a single value for a list of one, as GraphQL does.
func asList(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case []string:
		out := make([]any, len(v))
		for i, s := range v {
			out[i] = s
		}
		return out
	}
	return []any{v}
}

// warnSensitive reports a filter by project (sources/tableau/API.md#errors-of-a-query).
func (x *executor) warnSensitive(rootField string, conditions map[string]any) bool {
	var keys []any
	for _, key := range sortedKeys(conditions) {
		if strings.HasPrefix(key, "project") {
			keys = append(keys, key)
		}
	}
	if keys == nil {
		return false
	}
	x.problems = append(x.problems, codedError("PERMISSIONS_MODE_SWITCHED", map[string]any{rootField: keys}))
	return true
}
