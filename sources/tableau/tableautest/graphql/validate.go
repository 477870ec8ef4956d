package graphql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Validate checks a query as the server does: any unknown field is fatal for the
// whole of it (sources/tableau/API.md#since-when).
func Validate(schema *ast.Schema, doc *ast.QueryDocument) []any {
	set := rules.NewDefaultRules()
	set.RemoveRule(rules.FieldsOnCorrectTypeRule.Name) // said with the path below
	var problems []any
	for _, err := range validator.ValidateWithRules(schema, doc, set) {
		var at *ast.Position
		if len(err.Locations) > 0 {
			at = &ast.Position{Line: err.Locations[0].Line, Column: err.Locations[0].Column}
		}
		problems = append(problems, Invalid(errorKind(err.Rule), err.Message, at))
	}
	for _, op := range doc.Operations {
		problems = append(problems, undefined(op.SelectionSet, schema.Query, nil)...)
	}
	for _, f := range doc.Fragments {
		problems = append(problems, undefined(f.SelectionSet, f.Definition, []string{f.Name})...)
	}
	return problems
}

// undefined finds the fields that the validator could not resolve.
func undefined(set ast.SelectionSet, parent *ast.Definition, path []string) []any {
	var problems []any
	for _, selection := range set {
		switch sel := selection.(type) {
		case *ast.Field:
			here := append(slices.Clip(path), sel.Name)
			if sel.Definition != nil {
				problems = append(problems, undefined(sel.SelectionSet, parent, here)...)
				continue
			}
			owner := parent
			if sel.ObjectDefinition != nil {
				owner = sel.ObjectDefinition
			}
			if owner == nil {
				continue // below an unknown type, which is reported
			}
			problems = append(problems, Invalid("FieldUndefined", fmt.Sprintf("Field '%s' in type '%s' is undefined @ '%s'",
				sel.Name, owner.Name, strings.Join(here, "/")), sel.Position))
		case *ast.InlineFragment:
			problems = append(problems, undefined(sel.SelectionSet, sel.ObjectDefinition, path)...)
		}
	}
	return problems
}

// errorKind is graphql-java's name for what a rule found.
func errorKind(rule string) string {
	names := map[string]string{
		"FragmentsOnCompositeTypes":    "InvalidFragmentType",
		"KnownArgumentNames":           "UnknownArgument",
		"KnownDirectives":              "UnknownDirective",
		"KnownFragmentNames":           "UndefinedFragment",
		"KnownTypeNames":               "UnknownType",
		"NoFragmentCycles":             "FragmentCycle",
		"NoUndefinedVariables":         "UndefinedVariable",
		"NoUnusedFragments":            "UnusedFragment",
		"NoUnusedVariables":            "UnusedVariable",
		"OverlappingFieldsCanBeMerged": "FieldsConflict",
		"PossibleFragmentSpreads":      "InvalidFragmentType",
		"ProvidedRequiredArguments":    "MissingFieldArgument",
		"ScalarLeafs":                  "SubSelectionRequired",
		"ValuesOfCorrectType":          "WrongType",
		"VariablesInAllowedPosition":   "VariableTypeMismatch",
	}
	if name, ok := names[rule]; ok {
		return name
	}
	return rule
}
