// Package graphql answers queries of the Metadata API from the data of one site, as
// graphql-java and Tableau do it: which fields there are, in pages, up to limits. It
// knows neither HTTP nor sessions.
package graphql

import (
	"encoding/json"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"

	"darkroom/sources/tableau/tableautest/sitedata"
)

// resolver is anything that has fields: an object of the site, a page, a type of
// the schema.
type resolver interface {
	typeName() string
	// field gives nil, a scalar, a resolver, []resolver or []any.
	field(x *Executor, f *ast.Field) any
}

// Behaviour is how the server answers queries: what of its switches concerns them.
type Behaviour struct {
	Release        string // of the schema
	NodeLimit      int    // 0: 20,000; negative: none
	TimeLimitNodes int    // more than this: partial data; 0: off

	NullInNonNull, SilentClamp, UnstableOrder, EmptyPages, StuckCursor, Duplicates, SensitiveFilters bool

	Redact func(typeName, id string) bool // nil hides nothing
	// ExtractTime is when an extract was refreshed since the snapshot; nil knows none.
	ExtractTime func(*sitedata.Object) (string, bool)
}

// siteData is the site that a query is about.
type siteData interface {
	// one is the object under a field that is not a list, nil for none.
	One(o *sitedata.Object, field string) *sitedata.Object
	// number is as in "sites/1".
	Number() int
}

// Executor runs one query.
type Executor struct {
	Behaviour
	site      siteData
	schema    *ast.Schema
	store     *sitedata.Store
	fragments ast.FragmentDefinitionList
	vars      map[string]any
	turn      int // number of the request
	limits    []nodeLimit
	plans     map[planKey]*plan

	Nodes    int  // served
	cut      bool // the limit was met
	TooLong  bool // a filter was
	path     []any
	Problems []any
}

// NewExecutor prepares a query; turn is the number of the request.
func NewExecutor(how Behaviour, site siteData, schema *ast.Schema, objects *sitedata.Store, doc *ast.QueryDocument, vars map[string]any, turn int) *Executor {
	return &Executor{
		Behaviour: how, site: site, schema: schema, store: objects, fragments: doc.Fragments, vars: vars, turn: turn,
		limits: how.limits(), plans: map[planKey]*plan{},
	}
}

// nodeLimit is a number of nodes and what is said when it is exceeded.
type nodeLimit struct {
	nodes int
	say   map[string]any
}

func (how Behaviour) limits() []nodeLimit {
	var limits []nodeLimit
	most := how.NodeLimit
	if most == 0 {
		most = 20_000
	}
	if most > 0 {
		limits = append(limits, nodeLimit{most, nodeLimitError(most)})
	}
	if t := how.TimeLimitNodes; t > 0 {
		limits = append(limits, nodeLimit{t, CodedError("TIME_LIMIT", nil)})
	}
	return limits
}

// plan is the fields to answer for one type, fragments and directives resolved.
type plan struct {
	slots []*slot
}

// slot is one key of the answer.
type slot struct {
	key   string
	field *ast.Field         // the first of those that share the key
	sets  []ast.SelectionSet // of all of them
}

type planKey struct {
	at  *slot
	typ string
}

// Run answers the query; what is wrong is in Problems.
func (x *Executor) Run(op *ast.OperationDefinition) Members {
	data := x.object(root{}, &slot{sets: []ast.SelectionSet{op.SelectionSet}})
	if x.cut {
		for _, limit := range x.limits {
			if x.Nodes >= limit.nodes {
				x.Problems = append(x.Problems, limit.say)
			}
		}
	}
	return data
}

func (x *Executor) object(r resolver, at *slot) Members {
	p := x.planFor(at, r.typeName())
	out := make(Members, 0, len(p.slots))
	for _, s := range p.slots {
		x.path = append(x.path, s.key)
		var value any
		if s.field.Name == "__typename" {
			value = r.typeName()
		} else {
			value = x.complete(s.field.Definition.Type, r.field(x, s.field), s)
		}
		x.path = x.path[:len(x.path)-1]
		out = append(out, member{s.key, value})
	}
	return out
}

// complete turns what a resolver gave into the answer for a field of that type.
func (x *Executor) complete(t *ast.Type, value any, at *slot) any {
	switch v := value.(type) {
	case nil:
		if t.NonNull {
			x.Problems = append(x.Problems, nullError(x.path))
		}
		return nil
	case []resolver:
		return x.list(v, at)
	case resolver:
		if !x.admit(v) && (!t.NonNull || x.NullInNonNull) {
			return x.complete(t, nil, at)
		}
		return x.object(v, at)
	case []any:
		return v
	}
	return scalar(t, value)
}

func (x *Executor) list(list []resolver, at *slot) any {
	out := make([]any, 0, len(list))
	for i, r := range list {
		if !x.admit(r) {
			break
		}
		x.path = append(x.path, i)
		out = append(out, x.object(r, at))
		x.path = x.path[:len(x.path)-1]
	}
	return out
}

// admit counts a node and reports whether there is room for it.
func (x *Executor) admit(r resolver) bool {
	if _, ok := r.(item); !ok {
		return true
	}
	for _, limit := range x.limits {
		if x.Nodes >= limit.nodes {
			x.cut = true
			return false
		}
	}
	x.Nodes++
	return true
}

// planFor merges the selections of a slot; each type is planned once.
func (x *Executor) planFor(at *slot, typeName string) *plan {
	key := planKey{at, typeName}
	if p := x.plans[key]; p != nil {
		return p
	}
	p := &plan{}
	for _, set := range at.sets {
		x.collect(p, set, typeName)
	}
	x.plans[key] = p
	return p
}

func (p *plan) slot(key string) *slot {
	for _, s := range p.slots {
		if s.key == key {
			return s
		}
	}
	return nil
}

func (x *Executor) collect(p *plan, set ast.SelectionSet, typeName string) {
	for _, selection := range set {
		switch sel := selection.(type) {
		case *ast.Field:
			if x.skips(sel.Directives) {
				continue
			}
			s := p.slot(sel.Alias)
			if s == nil {
				s = &slot{key: sel.Alias, field: sel}
				p.slots = append(p.slots, s)
			}
			s.sets = append(s.sets, sel.SelectionSet)
		case *ast.InlineFragment:
			if !x.skips(sel.Directives) && (sel.TypeCondition == "" || sitedata.IsType(x.schema, typeName, sel.TypeCondition)) {
				x.collect(p, sel.SelectionSet, typeName)
			}
		case *ast.FragmentSpread:
			f := x.fragments.ForName(sel.Name)
			if f != nil && !x.skips(sel.Directives) && sitedata.IsType(x.schema, typeName, f.TypeCondition) {
				x.collect(p, f.SelectionSet, typeName)
			}
		}
	}
}

func (x *Executor) skips(directives ast.DirectiveList) bool {
	for _, d := range directives {
		if arg := d.Arguments.ForName("if"); arg != nil {
			value, _ := arg.Value.Value(x.vars)
			on, _ := value.(bool)
			if d.Name == "skip" && on || d.Name == "include" && !on {
				return true
			}
		}
	}
	return false
}

// argument is the value of a field's argument, nil when it is absent or null.
func (x *Executor) argument(f *ast.Field, name string) any {
	arg := f.Arguments.ForName(name)
	if arg == nil {
		return nil
	}
	value, err := arg.Value.Value(x.vars)
	if err != nil {
		return nil
	}
	return value
}

// scalar writes a snapshot's value as the type wants it; what cannot be null has
// a plain value instead.
func scalar(t *ast.Type, value any) any {
	if value == nil && !t.NonNull {
		return nil
	}
	switch text := sitedata.AsText(value); t.Name() {
	case "Int":
		if n, err := strconv.Atoi(text); err == nil {
			return n
		}
		if n, ok := value.(int); ok {
			return n
		}
		return 0
	case "Boolean":
		return text == "true"
	default:
		if _, ok := value.(json.Number); ok || value == nil {
			return text
		}
		return value
	}
}
