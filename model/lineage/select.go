package lineage

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"darkroom/model"
)

// selector is one dbt node selector with its plus signs: [N]+name+[N].
type selector struct {
	name     string
	up, down int // hops; 0 none, -1 all
}

// IsSelector reports a word that has the plus of a dbt selector, and a name.
func IsSelector(word string) bool {
	s := parseSelector(word)
	return s.name != "" && (s.up != 0 || s.down != 0)
}

// parseSelector reads dbt's grammar for one name (facts/dbt.md §5).
func parseSelector(word string) selector {
	var s selector
	if before, rest, ok := strings.Cut(word, "+"); ok && isDigits(before) {
		s.up, word = hops(before), rest
	}
	if i := strings.LastIndexByte(word, '+'); i >= 0 && isDigits(word[i+1:]) {
		s.down, word = hops(word[i+1:]), word[:i]
	}
	s.name = word
	return s
}

func isDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

func hops(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return -1
}

// Select gives the nodes of one dbt selector, sorted: a name with wildcards
// (* ? []) of a model, seed, snapshot, source ("source.table") or dashboard title, with
// +name, name+, 2+name+1 for what is up- and downstream of it. A comma keeps
// what both sides select, a space joins (facts/dbt.md §5). What nothing is
// called selects nothing.
func (g *Graph) Select(expr string) []ID {
	var all []ID
	for _, part := range strings.Fields(expr) {
		var both []ID
		for i, word := range strings.Split(part, ",") {
			ids := g.selectOne(parseSelector(word))
			if i == 0 {
				both = ids
				continue
			}
			both = slices.DeleteFunc(both, func(id ID) bool { return !slices.Contains(ids, id) })
		}
		all = append(all, both...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (g *Graph) selectOne(s selector) []ID {
	if s.name == "" {
		return nil
	}
	var found []ID
	for id := range g.nodes {
		if g.nodes[id].answers(s.name) {
			found = append(found, ID(id))
		}
	}
	roots := slices.Clone(found)
	if s.up != 0 {
		found = append(found, g.Ancestors(s.up, roots...)...)
	}
	if s.down != 0 {
		found = append(found, g.Descendants(s.down, roots...)...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// answers reports whether a selector's name means this node.
func (n *Node) answers(name string) bool {
	method, value, isMethod := strings.Cut(name, ":")
	switch {
	case isMethod && n.Resource != nil:
		return resourceHas(n.Resource, method, value)
	case isMethod:
		return false
	case n.Dashboard != nil:
		return matches(name, n.Dashboard.Dashboard.Name)
	}
	return isCalled(n.Resource, name)
}

// isCalled is dbt's default method: a name, a folder of the project, or what
// people write for a source ("raw.orders") and a version ("orders.v2").
func isCalled(r *model.Resource, name string) bool {
	names := append([]string{r.Name, r.ID}, r.FQN[:max(len(r.FQN)-1, 0)]...)
	if r.Version != "" {
		names = append(names, r.Name+".v"+r.Version)
	}
	if r.Kind == model.KindSource {
		names = append(names, r.SourceName+"."+r.Name)
	}
	return slices.ContainsFunc(names, func(s string) bool { return matches(name, s) })
}

// resourceHas is "method:value", for the methods that a manifest alone decides.
func resourceHas(r *model.Resource, method, value string) bool {
	switch method {
	case "tag":
		return slices.ContainsFunc(r.Tags, func(t string) bool { return matches(value, t) })
	case "group":
		return matches(value, r.Group)
	case "access":
		return r.Access == value
	case "package":
		return matches(value, r.Package)
	case "path":
		return strings.HasPrefix(r.Path, strings.TrimSuffix(value, "/")+"/") || matches(value, r.Path)
	case "resource_type":
		return r.Kind.String() == value
	case "config.materialized":
		return r.Materialized == value
	case "source":
		source, table, hasTable := strings.Cut(value, ".")
		return r.Kind == model.KindSource && matches(source, r.SourceName) && (!hasTable || matches(table, r.Name))
	}
	return false
}

func matches(pattern, s string) bool {
	if pattern == s {
		return true
	}
	ok, err := path.Match(pattern, s)
	return err == nil && ok
}
