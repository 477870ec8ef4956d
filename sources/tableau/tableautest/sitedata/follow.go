package sitedata

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// maxHops ends a walk over derived links that a slip in the schema made endless.
const maxHops = 16

// Links are the objects under a field: what the snapshot says if it says anything,
// even that there are none, otherwise what the other objects imply.
func (s *Store) Links(o *Object, field string) []*Object { return s.walk(o, field, 0) }

func (s *Store) walk(o *Object, field string, hops int) []*Object {
	if links, ok := o.Data[field].([]*Object); ok {
		return links
	}
	def := o.Def.Fields.ForName(field)
	if def == nil || hops > maxHops {
		return nil
	}
	mark := def.Directives.ForName("link")
	if mark == nil {
		return nil
	}
	found := []*Object{}
	for _, path := range mark.Arguments.ForName("via").Value.Children {
		at := []*Object{o}
		for step := range strings.SplitSeq(path.Value.Raw, ".") {
			var next []*Object
			for _, from := range at {
				next = append(next, s.step(from, step, hops+1)...)
			}
			at = union(next, nil)
		}
		found = append(found, at...)
	}
	return s.ofType(union(found, nil), def.Type.Name())
}

func (s *Store) step(from *Object, step string, hops int) []*Object {
	back, ok := strings.CutPrefix(step, "~")
	if !ok {
		return s.walk(from, step, hops)
	}
	typeName, field, _ := strings.Cut(back, ":")
	return s.sources(typeName, field)[from]
}

// sources is the stored link Type:field read backwards.
func (s *Store) sources(typeName, field string) map[*Object][]*Object {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := typeName + ":" + field
	index := s.inverse[key]
	if index == nil {
		index = map[*Object][]*Object{}
		for _, from := range s.All[typeName] {
			links, _ := from.Data[field].([]*Object)
			for _, to := range links {
				index[to] = append(index[to], from)
			}
		}
		s.inverse[key] = index
	}
	return index
}

func (s *Store) ofType(list []*Object, typeName string) []*Object {
	var out []*Object
	for _, o := range list {
		if s.is(o, typeName) {
			out = append(out, o)
		}
	}
	return out
}

func (s *Store) is(o *Object, typeName string) bool { return IsType(s.Schema, o.Def.Name, typeName) }

// IsType reports whether a type is the wanted one or implements it.
func IsType(schema *ast.Schema, name, wanted string) bool {
	if name == wanted {
		return true
	}
	for _, t := range schema.PossibleTypes[wanted] {
		if t.Name == name {
			return true
		}
	}
	return false
}
