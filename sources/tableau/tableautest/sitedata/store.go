// Package sitedata holds the objects of one site as a snapshot has them, follows the
// links between them, and knows how the schema names things.
package sitedata

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strconv"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
)

// Object is one Metadata API object. data holds scalars as JSON values and links
// as []*object, under the API's field names; a key that is absent is unknown.
type Object struct {
	Def  *ast.Definition
	ID   string
	Data map[string]any
}

// Text is a scalar as text, "" when it is null or absent.
func (o *Object) Text(field string) string {
	if o == nil {
		return ""
	}
	return AsText(o.Data[field])
}

// Store holds the objects of one site. It does not change after loading, except
// for its memory of what it has worked out.
type Store struct {
	Schema *ast.Schema // of any release
	ByID   map[string]map[string]*Object
	All    map[string][]*Object // by type name, interfaces included, in order of appearance

	mu      sync.Mutex
	inverse map[string]map[*Object][]*Object
	sorted  map[orderKey][]*Object
}

type orderKey struct {
	typeName string
	by       SortOrder
}

// NewStore is empty. schema is that of any release.
func NewStore(schema *ast.Schema) *Store {
	return &Store{
		Schema: schema, ByID: map[string]map[string]*Object{}, All: map[string][]*Object{},
		inverse: map[string]map[*Object][]*Object{}, sorted: map[orderKey][]*Object{},
	}
}

// Load takes the "metadata" part of a snapshot in. Ids come first, so that a link
// to an interface finds its object whatever the order of the lists.
func (s *Store) Load(metadata map[string]any) {
	type list struct {
		def     *ast.Definition
		name    string
		entries []any
	}
	var lists []list
	for _, root := range s.Schema.Query.Fields {
		entries, _ := metadata[root.Name].([]any)
		if len(entries) > 0 {
			lists = append(lists, list{s.Schema.Types[root.Type.Name()], root.Name, entries})
		}
	}
	for _, l := range lists {
		for _, entry := range l.entries {
			if raw, ok := entry.(map[string]any); ok && AsText(raw["id"]) != "" {
				s.intern(s.concrete(l.def, raw), AsText(raw["id"]))
			}
		}
	}
	for _, l := range lists {
		for i, entry := range l.entries {
			if raw, ok := entry.(map[string]any); ok {
				s.Absorb(l.def, raw, StableID(l.name, strconv.Itoa(i)))
			}
		}
	}
}

// intern returns the object of a type with an id, made at first sight.
func (s *Store) intern(def *ast.Definition, id string) *Object {
	ids := s.ByID[def.Name]
	if ids == nil {
		ids = map[string]*Object{}
		s.ByID[def.Name] = ids
	}
	if o := ids[id]; o != nil {
		return o
	}
	o := &Object{Def: def, ID: id, Data: map[string]any{"id": id}}
	ids[id] = o
	s.All[def.Name] = append(s.All[def.Name], o)
	for _, name := range def.Interfaces {
		s.All[name] = append(s.All[name], o)
	}
	return o
}

// Absorb merges an entry into its object and does the same for all below it. A
// null never takes the place of a value.
func (s *Store) Absorb(def *ast.Definition, raw map[string]any, substitute string) *Object {
	def = s.concrete(def, raw)
	o := s.intern(def, identity(def, raw, substitute))
	for key, value := range raw {
		field := def.Fields.ForName(key)
		if field == nil || key == "id" {
			continue
		}
		target := s.Schema.Types[field.Type.Name()]
		if !target.IsCompositeType() {
			if old := o.Data[key]; old == nil {
				o.Data[key] = value
			}
			continue
		}
		links := s.absorbLinks(o, target, key, value)
		if old, ok := o.Data[key].([]*Object); ok {
			links = union(old, links)
		}
		o.Data[key] = links
	}
	return o
}

func (s *Store) absorbLinks(o *Object, target *ast.Definition, key string, value any) []*Object {
	entries, ok := value.([]any)
	if !ok {
		entries = []any{value}
	}
	links := []*Object{}
	for i, entry := range entries {
		if raw, ok := entry.(map[string]any); ok {
			links = append(links, s.Absorb(target, raw, StableID(o.Def.Name, o.ID, key, strconv.Itoa(i))))
		}
	}
	return links
}

// concrete finds the type of an entry where an interface is declared:
// what it says itself, what its id is known as, or the plainest one.
func (s *Store) concrete(def *ast.Definition, raw map[string]any) *ast.Definition {
	if !def.IsAbstractType() {
		return def
	}
	possible := s.Schema.GetPossibleTypes(def)
	name, id := AsText(raw["__typename"]), AsText(raw["id"])
	for _, t := range possible {
		if t.Name == name {
			return t
		}
	}
	for _, t := range possible {
		if s.ByID[t.Name][id] != nil {
			return t
		}
	}
	if def.Name == "Field" && raw["remoteField"] != nil {
		return s.Schema.Types["DatasourceField"]
	}
	return possible[0]
}

// identity is an entry's id. The snapshot leaves it out for users, tags, fields
// and columns; the columns of one table that have one name, or none, become one.
func identity(def *ast.Definition, raw map[string]any, substitute string) string {
	if id := AsText(raw["id"]); id != "" {
		return id
	}
	switch def.Name {
	case "TableauUser":
		if luid := AsText(raw["luid"]); luid != "" {
			return StableID("user", luid)
		}
		return StableID("user", AsText(raw["username"]), AsText(raw["name"]))
	case "Tag":
		return StableID("tag", AsText(raw["name"]))
	case "Column":
		if table, ok := raw["table"].(map[string]any); ok {
			return StableID("column", AsText(table["id"]), AsText(raw["name"]))
		}
	}
	return substitute
}

// StableID is a made-up id in the form of a LUID, always the same for the same parts.
func StableID(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	x := fmt.Sprintf("%x", h.Sum(nil)[:16])
	return x[:8] + "-" + x[8:12] + "-" + x[12:16] + "-" + x[16:20] + "-" + x[20:]
}

func union(a, b []*Object) []*Object {
	seen := make(map[*Object]bool, len(a)+len(b))
	out := []*Object{}
	for _, list := range [][]*Object{a, b} {
		for _, o := range list {
			if !seen[o] {
				seen[o] = true
				out = append(out, o)
			}
		}
	}
	return out
}

// AsText reads a text, number or truth value as text; anything different is "".
func AsText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	}
	return ""
}
