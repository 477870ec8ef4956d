package graphql

import (
	"sort"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// introSchema answers __schema.
type introSchema struct{}

func (introSchema) typeName() string { return "__Schema" }

func (introSchema) field(x *Executor, f *ast.Field) any {
	switch f.Name {
	case "queryType":
		return introType{def: x.schema.Query}
	case "types":
		names := make([]string, 0, len(x.schema.Types))
		for name := range x.schema.Types {
			names = append(names, name)
		}
		sort.Strings(names)
		return introTypes(x.schema, names)
	case "directives":
		out := []resolver{}
		for _, name := range []string{"include", "skip"} {
			out = append(out, introDirective{x.schema.Directives[name]})
		}
		return out
	}
	return nil
}

// introType answers __Type: a named type, or a wrapping of one when wrap is set.
type introType struct {
	def  *ast.Definition
	wrap *ast.Type
}

func introTypes(schema *ast.Schema, names []string) []resolver {
	out := []resolver{}
	for _, name := range names {
		out = append(out, introType{def: schema.Types[name]})
	}
	return out
}

// introRef is the type of a field or argument.
func introRef(schema *ast.Schema, t *ast.Type) introType {
	if t.NonNull || t.Elem != nil {
		return introType{wrap: t}
	}
	return introType{def: schema.Types[t.NamedType]}
}

func (introType) typeName() string { return "__Type" }

func (t introType) field(x *Executor, f *ast.Field) any {
	if t.wrap != nil {
		return t.wrapped(x, f)
	}
	switch f.Name {
	case "kind":
		return string(t.def.Kind)
	case "name":
		return t.def.Name
	case "description":
		return optional(t.def.Description)
	case "isOneOf":
		return false
	}
	if list := t.lists(x, f.Name); list != nil {
		return list
	}
	return nil
}

// lists is nil where the kind of type has no such list.
func (t introType) lists(x *Executor, field string) []resolver {
	kind := t.def.Kind
	switch {
	case field == "interfaces" && (kind == ast.Object || kind == ast.Interface):
		return introTypes(x.schema, t.def.Interfaces)
	case field == "possibleTypes" && t.def.IsAbstractType():
		var names []string
		for _, def := range x.schema.GetPossibleTypes(t.def) {
			names = append(names, def.Name)
		}
		return introTypes(x.schema, names)
	case field == "fields" && t.def.IsCompositeType():
		return introFields(t.def.Fields)
	case field == "inputFields" && kind == ast.InputObject:
		return introInputFields(t.def.Fields)
	case field == "enumValues" && kind == ast.Enum:
		return introEnumValues(t.def.EnumValues)
	}
	return nil
}

func (t introType) wrapped(x *Executor, f *ast.Field) any {
	switch {
	case f.Name == "kind" && t.wrap.NonNull:
		return "NON_NULL"
	case f.Name == "kind":
		return "LIST"
	case f.Name == "ofType" && t.wrap.NonNull:
		inner := *t.wrap
		inner.NonNull = false
		return introRef(x.schema, &inner)
	case f.Name == "ofType":
		return introRef(x.schema, t.wrap.Elem)
	}
	return nil
}

func introFields(list ast.FieldList) []resolver {
	out := []resolver{}
	for _, f := range list {
		if !strings.HasPrefix(f.Name, "__") {
			out = append(out, introField{f})
		}
	}
	return out
}

func introInputFields(list ast.FieldList) []resolver {
	out := []resolver{}
	for _, f := range list {
		out = append(out, introInput{f.Name, f.Type, f.DefaultValue})
	}
	return out
}

func introEnumValues(list ast.EnumValueList) []resolver {
	out := []resolver{}
	for _, v := range list {
		out = append(out, introEnum{v})
	}
	return out
}

func introArguments(list ast.ArgumentDefinitionList) []resolver {
	out := []resolver{}
	for _, a := range list {
		out = append(out, introInput{a.Name, a.Type, a.DefaultValue})
	}
	return out
}

// introField answers __Field.
type introField struct{ def *ast.FieldDefinition }

func (introField) typeName() string { return "__Field" }

func (i introField) field(x *Executor, f *ast.Field) any {
	switch f.Name {
	case "name":
		return i.def.Name
	case "description":
		return optional(i.def.Description)
	case "args":
		return introArguments(i.def.Arguments)
	case "type":
		return introRef(x.schema, i.def.Type)
	case "isDeprecated":
		return false
	}
	return nil
}

// introInput answers __InputValue.
type introInput struct {
	name  string
	typ   *ast.Type
	value *ast.Value
}

func (introInput) typeName() string { return "__InputValue" }

func (i introInput) field(x *Executor, f *ast.Field) any {
	switch f.Name {
	case "name":
		return i.name
	case "type":
		return introRef(x.schema, i.typ)
	case "isDeprecated":
		return false
	case "defaultValue":
		if i.value != nil {
			return i.value.String()
		}
	}
	return nil
}

// introEnum answers __EnumValue.
type introEnum struct{ def *ast.EnumValueDefinition }

func (introEnum) typeName() string { return "__EnumValue" }

func (i introEnum) field(_ *Executor, f *ast.Field) any {
	switch f.Name {
	case "name":
		return i.def.Name
	case "isDeprecated":
		return false
	}
	return nil
}

// introDirective answers __Directive.
type introDirective struct{ def *ast.DirectiveDefinition }

func (introDirective) typeName() string { return "__Directive" }

func (i introDirective) field(_ *Executor, f *ast.Field) any {
	switch f.Name {
	case "name":
		return i.def.Name
	case "args":
		return introArguments(i.def.Arguments)
	case "locations":
		out := []any{}
		for _, l := range i.def.Locations {
			out = append(out, string(l))
		}
		return out
	case "isRepeatable":
		return false
	}
	return nil
}

func optional(text string) any {
	if text == "" {
		return nil
	}
	return text
}
