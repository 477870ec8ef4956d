package tableautest

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strconv"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
)

// object is one Metadata API object. data holds scalars as JSON values and links
// as []*object, under the API's field names; a key that is absent was never told.
type object struct {
	def  *ast.Definition
	id   string
	data map[string]any
}

// text is a scalar as text, "" when it is null or absent.
func (o *object) text(field string) string {
	if o == nil {
		return ""
	}
	return asText(o.data[field])
}

// store holds the objects of one site. It does not change after loading, except
// for its memory of what it has worked out.
type store struct {
	schema *ast.Schema // of any release
	byID   map[string]map[string]*object
	all    map[string][]*object // by type name, interfaces included, in order of appearance

	mu      sync.Mutex
	inverse map[string]map[*object][]*object
	sorted  map[orderKey][]*object
}

type orderKey struct {
	typeName string
	by       sortOrder
}

func newStore(schema *ast.Schema) *store {
	return &store{
		schema: schema, byID: map[string]map[string]*object{}, all: map[string][]*object{},
		inverse: map[string]map[*object][]*object{}, sorted: map[orderKey][]*object{},
	}
}

// load takes the "metadata" part of a snapshot in. Ids come first, so that a link
// to an interface finds its object whatever the order of the lists.
func (s *store) load(metadata map[string]any) {
	type list struct {
		def     *ast.Definition
		name    string
		entries []any
	}
	var lists []list
	for _, root := range s.schema.Query.Fields {
		entries, _ := metadata[root.Name].([]any)
		if len(entries) > 0 {
			lists = append(lists, list{s.schema.Types[root.Type.Name()], root.Name, entries})
		}
	}
	for _, l := range lists {
		for _, entry := range l.entries {
			if raw, ok := entry.(map[string]any); ok && asText(raw["id"]) != "" {
				s.intern(s.concrete(l.def, raw), asText(raw["id"]))
			}
		}
	}
	for _, l := range lists {
		for i, entry := range l.entries {
			if raw, ok := entry.(map[string]any); ok {
				s.absorb(l.def, raw, stableID(l.name, strconv.Itoa(i)))
			}
		}
	}
}

// intern returns the object of a type with an id, made at first sight.
func (s *store) intern(def *ast.Definition, id string) *object {
	ids := s.byID[def.Name]
	if ids == nil {
		ids = map[string]*object{}
		s.byID[def.Name] = ids
	}
	if o := ids[id]; o != nil {
		return o
	}
	o := &object{def: def, id: id, data: map[string]any{"id": id}}
	ids[id] = o
	s.all[def.Name] = append(s.all[def.Name], o)
	for _, name := range def.Interfaces {
		s.all[name] = append(s.all[name], o)
	}
	return o
}

// absorb merges an entry into its object and does the same for all below it. A
// null never takes the place of a value.
func (s *store) absorb(def *ast.Definition, raw map[string]any, standIn string) *object {
	def = s.concrete(def, raw)
	o := s.intern(def, identity(def, raw, standIn))
	for key, value := range raw {
		field := def.Fields.ForName(key)
		if field == nil || key == "id" {
			continue
		}
		target := s.schema.Types[field.Type.Name()]
		if !target.IsCompositeType() {
			if old := o.data[key]; old == nil {
				o.data[key] = value
			}
			continue
		}
		links := s.absorbLinks(o, target, key, value)
		if old, ok := o.data[key].([]*object); ok {
			links = union(old, links)
		}
		o.data[key] = links
	}
	return o
}

func (s *store) absorbLinks(o *object, target *ast.Definition, key string, value any) []*object {
	entries, ok := value.([]any)
	if !ok {
		entries = []any{value}
	}
	links := []*object{}
	for i, entry := range entries {
		if raw, ok := entry.(map[string]any); ok {
			links = append(links, s.absorb(target, raw, stableID(o.def.Name, o.id, key, strconv.Itoa(i))))
		}
	}
	return links
}

// concrete finds the type of an entry that stands where an interface is declared:
// what it says itself, what its id is known as, or the plainest one.
func (s *store) concrete(def *ast.Definition, raw map[string]any) *ast.Definition {
	if !def.IsAbstractType() {
		return def
	}
	possible := s.schema.GetPossibleTypes(def)
	name, id := asText(raw["__typename"]), asText(raw["id"])
	for _, t := range possible {
		if t.Name == name {
			return t
		}
	}
	for _, t := range possible {
		if s.byID[t.Name][id] != nil {
			return t
		}
	}
	if def.Name == "Field" && raw["remoteField"] != nil {
		return s.schema.Types["DatasourceField"]
	}
	return possible[0]
}

// identity is an entry's id. The snapshot leaves it out for users, tags, fields
// and columns; the columns of one table become one.
func identity(def *ast.Definition, raw map[string]any, standIn string) string {
	if id := asText(raw["id"]); id != "" {
		return id
	}
	switch def.Name {
	case "TableauUser":
		if luid := asText(raw["luid"]); luid != "" {
			return stableID("user", luid)
		}
		return stableID("user", asText(raw["username"]), asText(raw["name"]))
	case "Tag":
		return stableID("tag", asText(raw["name"]))
	case "Column":
		if table, ok := raw["table"].(map[string]any); ok && raw["name"] == nil {
			return stableID("column", asText(table["id"]))
		}
	}
	return standIn
}

// stableID is a made-up id in the form of a LUID, always the same for the same parts.
func stableID(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	x := fmt.Sprintf("%x", h.Sum(nil)[:16])
	return x[:8] + "-" + x[8:12] + "-" + x[12:16] + "-" + x[16:20] + "-" + x[20:]
}

func union(a, b []*object) []*object {
	seen := make(map[*object]bool, len(a)+len(b))
	out := []*object{}
	for _, list := range [][]*object{a, b} {
		for _, o := range list {
			if !seen[o] {
				seen[o] = true
				out = append(out, o)
			}
		}
	}
	return out
}

// asText reads a text, number or truth value as text; anything else is "".
func asText(v any) string {
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
