package plan

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/tidwall/gjson"

	"darkroom/model/pattern"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch/ask"
)

// ServerFields is which fields the server has. Releases differ, and one unknown field
// makes a whole query fail (sources/tableau/API.md#since-when). It is shared by goroutines.
type ServerFields struct {
	mu      sync.Mutex
	all     bool                       // the server does not say: everything, until it complains
	root    map[string]map[string]bool // root field → its arguments
	types   map[string]map[string]bool // type → its fields
	dropped map[string]bool            // "Type.field"
}

// Introspect asks once for all types that the lists look into.
func Introspect(ctx context.Context, c *api.Client) (*ServerFields, error) {
	types := allTypes()
	var q strings.Builder
	q.WriteString("{__schema{queryType{fields{name args{name}}}}")
	for i, name := range types {
		fmt.Fprintf(&q, " t%d:__type(name:%q){fields{name}}", i, name)
	}
	q.WriteString("}")
	a, err := ask.FirstAnswer(ctx, c, q.String())
	if err != nil {
		return nil, err
	}
	s := &ServerFields{root: map[string]map[string]bool{}, types: map[string]map[string]bool{}, dropped: map[string]bool{}}
	for _, f := range a.Data.Get("__schema.queryType.fields").Array() {
		s.root[f.Get("name").String()] = names(f.Get("args"))
	}
	s.all = len(s.root) == 0
	for i, name := range types {
		if fields := a.Data.Get(fmt.Sprintf("t%d.fields", i)); fields.IsArray() {
			s.types[name] = names(fields)
		}
	}
	return s, nil
}

func names(list gjson.Result) map[string]bool {
	out := map[string]bool{}
	for _, f := range list.Array() {
		out[f.Get("name").String()] = true
	}
	return out
}

func (s *ServerFields) has(typ, field string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dropped[typ+"."+field] {
		return false
	}
	return s.all && !strings.HasSuffix(field, "Connection") || field == "__typename" || s.types[typ][field]
}

func (s *ServerFields) hasType(typ string) bool { return s.all || s.types[typ] != nil }

// HasRoot reports whether there is such a field at the root.
func (s *ServerFields) HasRoot(field string) bool { return s.all || s.root[field] != nil }

func (s *ServerFields) hasArgument(field, name string) bool { return s.all || s.root[field][name] }

var undefined = pattern.Of(`Field '(\w+)' in type '(\w+)' is undefined`)

// WithoutUndefined forgets the fields that an answer complains about, and reports whether
// there were any: then the query is worth another try
// (model/walk/RULES.md#g16-fields-that-old-servers-lack).
func (s *ServerFields) WithoutUndefined(a api.Answer) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := false
	for _, p := range a.Problems {
		if m := undefined().FindStringSubmatch(p.Message); m != nil && !s.dropped[m[2]+"."+m[1]] {
			s.dropped[m[2]+"."+m[1]] = true
			found = true
		}
	}
	return found
}
