package graphql

import (
	"sort"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"darkroom/sources/tableau/tableautest/sitedata"
)

// MaxFilterIDs is where the real server begins to answer long filters with an
// empty body (sources/tableau/API.md#limits).
const MaxFilterIDs = 20_000

// root is the type Query.
type root struct{}

func (root) typeName() string { return "Query" }

func (root) field(x *Executor, f *ast.Field) any {
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
	name, paged := strings.CutSuffix(f.Name, sitedata.ConnectionSuffix)
	target := x.schema.Types[listTarget(x.schema, "Query", name)]
	order := x.sortOrder(f, target)
	all := x.choose(f, x.store.Ordered(target.Name, order))
	if paged {
		return x.page(f, all, target.Name, order)
	}
	return items(all)
}

func listTarget(schema *ast.Schema, typeName, field string) string {
	return schema.Types[typeName].Fields.ForName(field).Type.Name()
}

// item is one object of the site.
type item struct{ o *sitedata.Object }

func (i item) typeName() string { return i.o.Def.Name }

func (i item) field(x *Executor, f *ast.Field) any {
	name := f.Name
	target := x.schema.Types[f.Definition.Type.Name()]
	if f.Definition.Type.Elem != nil {
		return items(x.nested(f, i.o, name, x.sortOrder(f, target)))
	}
	if !target.IsCompositeType() {
		return x.scalar(i.o, name)
	}
	if list, paged := strings.CutSuffix(name, sitedata.ConnectionSuffix); paged && f.Definition.Type.Name() != "VirtualConnection" {
		of := listTarget(x.schema, i.o.Def.Name, list)
		order := x.sortOrder(f, x.schema.Types[of])
		return x.page(f, x.nested(f, i.o, list, order), of, order)
	}
	if one := x.site.One(i.o, name); one != nil {
		return item{one}
	}
	return nil
}

// scalar is a value as this caller, on this release, may see it.
func (x *Executor) scalar(o *sitedata.Object, name string) any {
	switch {
	case x.hidden(o) && redactable(name):
		return nil
	case o.Def.Name == "VirtualConnection" && name == "connectionType" && !sitedata.Before(x.Release, "2023.1"):
		return nil // sources/tableau/API.md#since-when
	}
	if strings.HasPrefix(name, "extractLast") && x.ExtractTime != nil {
		if at, ok := x.ExtractTime(o); ok {
			return at
		}
	}
	return o.Data[name]
}

// hidden asks the switch.
func (x *Executor) hidden(o *sitedata.Object) bool {
	return x.Redact != nil && x.Redact(o.Def.Name, o.ID)
}

// redactable are the fields that redaction empties; ids, LUIDs and kinds stay
// (sources/tableau/API.md#redacted-names).
func redactable(name string) bool {
	switch name {
	case "name", "fullName", "schema", "description", "query", "path", "uri", "projectName", "containerName", "hostName", "username", "email":
		return true
	}
	return false
}

func items(list []*sitedata.Object) []resolver {
	out := make([]resolver, 0, len(list))
	for _, o := range list {
		out = append(out, item{o})
	}
	return out
}

// has leaves out types that the release does not have.
func (x *Executor) has(o *sitedata.Object) bool { return x.schema.Types[o.Def.Name] != nil }

func (x *Executor) sortOrder(f *ast.Field, target *ast.Definition) sitedata.SortOrder {
	by, ok := x.argument(f, "orderBy").(map[string]any)
	if !ok {
		return sitedata.SortOrder{}
	}
	wanted := sitedata.AsText(by["field"])
	for _, field := range target.Fields {
		if sitedata.Shout(field.Name) == wanted {
			return sitedata.SortOrder{Given: true, Field: field.Name, Down: sitedata.AsText(by["direction"]) == "DESC"}
		}
	}
	return sitedata.SortOrder{}
}

// nested is the list under a field of an object, in the order it has there unless
// the query wants another.
func (x *Executor) nested(f *ast.Field, o *sitedata.Object, field string, by sitedata.SortOrder) []*sitedata.Object {
	list := x.choose(f, x.store.Links(o, field))
	if by.Given {
		list = append([]*sitedata.Object(nil), list...)
		sort.SliceStable(list, func(i, j int) bool { return by.Less(list[i], list[j]) })
	}
	return list
}

// choose applies filter and permission mode and keeps the order.
func (x *Executor) choose(f *ast.Field, list []*sitedata.Object) []*sitedata.Object {
	mode, _ := x.argument(f, "permissionMode").(string)
	conditions, _ := x.argument(f, "filter").(map[string]any)
	if x.SensitiveFilters && x.warnSensitive(f.Name, conditions) {
		mode = sitedata.FilterOut
	}
	list = keep(list, func(o *sitedata.Object) bool { return x.has(o) && !(mode == sitedata.FilterOut && x.hidden(o)) })
	for _, key := range sortedKeys(conditions) {
		list = x.narrow(list, key, conditions[key])
	}
	return list
}

// keep copies only when something goes.
func keep(list []*sitedata.Object, ok func(*sitedata.Object) bool) []*sitedata.Object {
	for i, o := range list {
		if ok(o) {
			continue
		}
		kept := append([]*sitedata.Object(nil), list[:i]...)
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

// narrow applies one condition, exactly and with case. A value that is twice
// in a list doubles the results, as it does on the real server
// (model/walk/RULES.md#fetch-flat-join-locally).
func (x *Executor) narrow(list []*sitedata.Object, key string, wanted any) []*sitedata.Object {
	if wanted == nil {
		return list
	}
	field, many := strings.CutSuffix(key, "Within")
	count := map[string]int{}
	values := []any{wanted}
	if many {
		values = asList(wanted)
	}
	x.TooLong = x.TooLong || len(values) > MaxFilterIDs
	for _, v := range values {
		count[sitedata.AsText(v)]++
	}
	var out []*sitedata.Object
	for _, o := range list {
		for range count[o.Text(field)] {
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
func (x *Executor) warnSensitive(rootField string, conditions map[string]any) bool {
	var keys []any
	for _, key := range sortedKeys(conditions) {
		if strings.HasPrefix(key, "project") {
			keys = append(keys, key)
		}
	}
	if keys == nil {
		return false
	}
	x.Problems = append(x.Problems, CodedError("PERMISSIONS_MODE_SWITCHED", map[string]any{rootField: keys}))
	return true
}
