package exposure

import (
	"cmp"
	"strings"
)

// Code is the rule behind a refusal, for counting and filtering.
type Code string

// The rules of the pre-flight (CONTRACT.md#the-pre-flight).
const (
	CodeNoIdentity   Code = "no_identity"
	CodeNoName       Code = "no_name"
	CodeDeclared     Code = "already_declared"
	CodeNameTaken    Code = "name_taken"
	CodePrivate      Code = "private_parent"
	CodeDisabled     Code = "disabled_parent"
	CodeUnresolvable Code = "unresolvable_parent"
	CodeKind         Code = "kind_not_refable"
	CodeVersion      Code = "version_needs_dbt_1_5"
	CodeAmbiguous    Code = "ambiguous_source"
	CodeUnquotable   Code = "unquotable_name"
	CodeNoOwner      Code = "no_owner"
	CodeNoParents    Code = "no_parents"
	// CodeElsewhere: every parent belongs to another root project, so the
	// exposure belongs in that project's file. Nothing is wrong.
	CodeElsewhere Code = "other_project"
)

// Refusal says why a dashboard is not written and how to fix that.
// Title, Rule and Fix may hold any character that Tableau allows.
type Refusal struct {
	Key, Title string
	Code       Code
	Rule, Fix  string
}

// Error makes a refusal readable on one line: title, rule, fix.
func (r Refusal) Error() string {
	return r.Title + ": " + r.Rule + "; " + r.Fix
}

func compareRefusals(a, b Refusal) int {
	return cmp.Or(strings.Compare(a.Title, b.Title), strings.Compare(a.Key, b.Key), strings.Compare(a.Rule, b.Rule))
}

// refuser collects the refusals of one candidate.
type refuser struct {
	key, title string
	out        []Refusal
}

func (r *refuser) add(code Code, rule, fix string) {
	r.out = append(r.out, Refusal{Key: r.key, Title: r.title, Code: code, Rule: rule, Fix: fix})
}
