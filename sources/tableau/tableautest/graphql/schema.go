package graphql

import (
	_ "embed"
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"darkroom/sources/tableau/tableautest/sitedata"
)

//go:embed schema.graphql
var schemaText string

// AnyRelease is later than all: its schema has every field.
const AnyRelease = "9999.1"

// LoadSchema writes out schema.graphql as a server of the given release has it.
func LoadSchema(release string) (*ast.Schema, error) {
	if _, _, ok := sitedata.TwoNumbers(release); !ok {
		return nil, fmt.Errorf("release %q: want year and number as in \"2024.1\"", release)
	}
	doc, err := parser.ParseSchemas(validator.Prelude, &ast.Source{Name: "schema.graphql", Input: schemaText})
	if err != nil {
		return nil, err
	}
	inherit(doc)
	dropLater(doc, release)
	generated := map[string]bool{}
	defs := doc.Definitions // the generated ones need no expansion
	for _, def := range defs {
		if def.BuiltIn || !def.IsCompositeType() {
			continue
		}
		var paged ast.FieldList
		for _, field := range def.Fields {
			target := doc.Definitions.ForName(field.Type.Name())
			if field.Type.Elem == nil || target == nil || !target.IsCompositeType() {
				continue
			}
			paged = append(paged, addConnection(field, target))
			if !generated[target.Name] {
				generated[target.Name] = true
				doc.Definitions = append(doc.Definitions, companions(target)...)
			}
		}
		def.Fields = append(def.Fields, paged...)
	}
	return validator.ValidateSchemaDocument(doc)
}

// inherit copies the fields of an interface into the types that do not name them.
func inherit(doc *ast.SchemaDocument) {
	for _, def := range doc.Definitions {
		for _, name := range def.Interfaces {
			var fields ast.FieldList
			for _, field := range doc.Definitions.ForName(name).Fields {
				if def.Fields.ForName(field.Name) == nil {
					inherited := *field
					fields = append(fields, &inherited)
				}
			}
			def.Fields = append(fields, def.Fields...)
		}
	}
}

// dropLater removes what came after the release, and what leads there.
func dropLater(doc *ast.SchemaDocument, release string) {
	var kept ast.DefinitionList
	for _, def := range doc.Definitions {
		if !later(def.Directives, release) {
			kept = append(kept, def)
		}
	}
	for _, def := range kept {
		if def.BuiltIn {
			continue
		}
		var fields ast.FieldList
		for _, field := range def.Fields {
			base := field.Type.Name()
			known := kept.ForName(base) != nil
			if known && !later(field.Directives, release) {
				fields = append(fields, field)
			}
		}
		def.Fields = fields
	}
	doc.Definitions = kept
}

func later(marks ast.DirectiveList, release string) bool {
	since := marks.ForName("since")
	return since != nil && sitedata.Before(release, since.Arguments.ForName("release").Value.Raw)
}

// addConnection gives a list its arguments and returns its paged equivalent.
func addConnection(field *ast.FieldDefinition, target *ast.Definition) *ast.FieldDefinition {
	pos := field.Position
	argument := func(name, typ string) *ast.ArgumentDefinition {
		return &ast.ArgumentDefinition{Name: name, Type: ast.NamedType(typ, pos), Position: pos}
	}
	mode := argument("permissionMode", "PermissionMode")
	mode.DefaultValue = &ast.Value{Raw: sitedata.Obfuscate, Kind: ast.EnumValue, Position: pos}
	field.Arguments = ast.ArgumentDefinitionList{
		argument("filter", target.Name+"_Filter"), argument("orderBy", target.Name+"SortOrder"), mode,
	}
	paging := ast.ArgumentDefinitionList{argument("first", "Int"), argument("after", "String"), argument("offset", "Int")}
	return &ast.FieldDefinition{
		Name: field.Name + sitedata.ConnectionSuffix, Type: ast.NamedType(sitedata.ConnectionType(target.Name), pos), Position: pos,
		Arguments: append(paging, field.Arguments...),
	}
}

// companions are the connection, filter and sort order types of an object type.
func companions(target *ast.Definition) ast.DefinitionList {
	pos := target.Position
	field := func(name string, typ *ast.Type) *ast.FieldDefinition {
		return &ast.FieldDefinition{Name: name, Type: typ, Position: pos}
	}
	define := func(kind ast.DefinitionKind, name string, fields ...*ast.FieldDefinition) *ast.Definition {
		return &ast.Definition{Kind: kind, Name: name, Fields: fields, Position: pos}
	}
	connection := define(
		ast.Object, sitedata.ConnectionType(target.Name),
		field("nodes", ast.NonNullListType(ast.NonNullNamedType(target.Name, pos), pos)),
		field("pageInfo", ast.NonNullNamedType("PageInfo", pos)),
		field("totalCount", ast.NonNullNamedType("Int", pos)),
	)
	filter := define(ast.InputObject, target.Name+"_Filter")
	order := define(ast.Enum, target.Name+"OrderField")
	for _, f := range target.Fields {
		if f.Directives.ForName("key") == nil {
			continue
		}
		name := f.Type.Name()
		filter.Fields = append(filter.Fields, field(f.Name, ast.NamedType(name, pos)),
			field(f.Name+"Within", ast.ListType(ast.NamedType(name, pos), pos)))
		order.EnumValues = append(order.EnumValues, &ast.EnumValueDefinition{Name: sitedata.Shout(f.Name), Position: pos})
	}
	sort := define(ast.InputObject, target.Name+"SortOrder",
		field("direction", ast.NonNullNamedType("OrderDirection", pos)), field("field", ast.NonNullNamedType(order.Name, pos)))
	return ast.DefinitionList{connection, filter, order, sort}
}
