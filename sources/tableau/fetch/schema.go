package fetch

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
)

// schema is which fields the server has. Releases differ, and one unknown field
// makes a whole query fail (facts/tableau.md §2.4). It is shared by goroutines.
type schema struct {
	mu      sync.Mutex
	all     bool                       // the server does not tell: everything, until it complains
	root    map[string]map[string]bool // root field → its arguments
	types   map[string]map[string]bool // type → its fields
	dropped map[string]bool            // "Type.field"
}

// introspect asks once for all types that the stages look into.
func introspect(ctx context.Context, c *api.Client, types []string) (*schema, error) {
	var q strings.Builder
	q.WriteString("{__schema{queryType{fields{name args{name}}}}")
	for i, name := range types {
		fmt.Fprintf(&q, " t%d:__type(name:%q){fields{name}}", i, name)
	}
	q.WriteString("}")
	a, err := firstAnswer(ctx, c, q.String())
	if err != nil {
		return nil, err
	}
	s := &schema{root: map[string]map[string]bool{}, types: map[string]map[string]bool{}, dropped: map[string]bool{}}
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

// firstAnswer is patient with trouble that passes. A server that will not tell its
// schema is asked without.
func firstAnswer(ctx context.Context, c *api.Client, query string) (api.Answer, error) {
	for try := 0; ; try++ {
		a, err := c.Query(ctx, query, nil)
		if err == nil {
			err = fatal(a)
		}
		passing := api.Transient(err) && !unreachable(err) || err == nil && len(a.Problems) > 0 && !a.Data.IsObject()
		if !passing || try >= patience {
			return a, err
		}
		if err := c.Pause(ctx, try, "no schema yet"); err != nil {
			return a, err
		}
	}
}

func names(list gjson.Result) map[string]bool {
	out := map[string]bool{}
	for _, f := range list.Array() {
		out[f.Get("name").String()] = true
	}
	return out
}

func (s *schema) has(typ, field string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dropped[typ+"."+field] {
		return false
	}
	return s.all && !strings.HasSuffix(field, "Connection") || field == "__typename" || s.types[typ][field]
}

func (s *schema) hasType(typ string) bool { return s.all || s.types[typ] != nil }

func (s *schema) hasRoot(field string) bool { return s.all || s.root[field] != nil }

func (s *schema) hasArgument(field, name string) bool { return s.all || s.root[field][name] }

var undefined = regexp.MustCompile(`Field '(\w+)' in type '(\w+)' is undefined`)

// drop forgets the fields that an answer complains about, and reports whether
// there were any: then the query is worth another try (facts/matching.md G16).
func (s *schema) drop(a api.Answer) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := false
	for _, p := range a.Problems {
		if m := undefined.FindStringSubmatch(p.Message); m != nil && !s.dropped[m[2]+"."+m[1]] {
			s.dropped[m[2]+"."+m[1]] = true
			found = true
		}
	}
	return found
}
