package tableautest

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// maxHops ends a walk over derived links that a slip in the schema made endless.
const maxHops = 16

// links are the objects under a field: what the snapshot says if it says anything,
// even that there are none, else what the other objects imply.
func (s *store) links(o *object, field string) []*object { return s.walk(o, field, 0) }

func (s *store) walk(o *object, field string, hops int) []*object {
	if told, ok := o.data[field].([]*object); ok {
		return told
	}
	def := o.def.Fields.ForName(field)
	if def == nil || hops > maxHops {
		return nil
	}
	mark := def.Directives.ForName("link")
	if mark == nil {
		return nil
	}
	found := []*object{}
	for _, path := range mark.Arguments.ForName("via").Value.Children {
		at := []*object{o}
		for _, step := range strings.Split(path.Value.Raw, ".") {
			var next []*object
			for _, from := range at {
				next = append(next, s.step(from, step, hops+1)...)
			}
			at = union(next, nil)
		}
		found = append(found, at...)
	}
	return s.ofType(union(found, nil), def.Type.Name())
}

func (s *store) step(from *object, step string, hops int) []*object {
	back, ok := strings.CutPrefix(step, "~")
	if !ok {
		return s.walk(from, step, hops)
	}
	typeName, field, _ := strings.Cut(back, ":")
	return s.sources(typeName, field)[from]
}

// sources is the stored link Type:field read backwards.
func (s *store) sources(typeName, field string) map[*object][]*object {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := typeName + ":" + field
	index := s.inverse[key]
	if index == nil {
		index = map[*object][]*object{}
		for _, from := range s.all[typeName] {
			links, _ := from.data[field].([]*object)
			for _, to := range links {
				index[to] = append(index[to], from)
			}
		}
		s.inverse[key] = index
	}
	return index
}

func (s *store) ofType(list []*object, typeName string) []*object {
	var out []*object
	for _, o := range list {
		if s.is(o, typeName) {
			out = append(out, o)
		}
	}
	return out
}

func (s *store) is(o *object, typeName string) bool { return isType(s.schema, o.def.Name, typeName) }

func isType(schema *ast.Schema, name, wanted string) bool {
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
