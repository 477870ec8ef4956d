package lineage

import (
	"slices"
	"strconv"
	"strings"
)

// selector is one dbt node selector: @name or [N]+method:name+[N].
type selector struct {
	family   bool   // @: the node, all below it and all above those
	method   string // empty is dbt's default
	name     string
	up, down int // hops; 0 none, -1 all
}

// IsSelector reports a word that has the plus or @ of a dbt selector, and a name.
func IsSelector(word string) bool {
	s := parseSelector(word)
	return s.name != "" && (s.family || s.up != 0 || s.down != 0)
}

// parseSelector reads dbt's grammar for one name (sources/dbt/ARTIFACTS.md#selectors).
func parseSelector(word string) selector {
	var s selector
	word, s.family = strings.CutPrefix(word, "@")
	if before, rest, ok := strings.Cut(word, "+"); ok && isDigits(before) {
		s.up, word = hops(before), rest
	}
	if i := strings.LastIndexByte(word, '+'); i >= 0 && isDigits(word[i+1:]) {
		s.down, word = hops(word[i+1:]), word[:i]
	}
	s.name = word
	if method, value, ok := strings.Cut(word, ":"); ok {
		s.method, s.name = method, value
		if method == "" {
			s.method = ":" // ":x" has no method, and none is called that
		}
	}
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

// CheckSelector reports what Select would refuse, without a graph.
func CheckSelector(expr string) error {
	for _, part := range strings.Fields(expr) {
		for word := range strings.SplitSeq(part, ",") {
			if err := parseSelector(word).check(word); err != nil {
				return err
			}
		}
	}
	return nil
}

// Select gives the nodes of one dbt selector, sorted (sources/dbt/ARTIFACTS.md#selectors): a name
// or "method:value" with wildcards (* ? []), with +name, name+, 2+name+1 for what
// is up- and downstream of it and @name for all that building its descendants
// needs. A comma keeps what both sides select, a space joins. What nothing is
// called selects nothing; a method that is not known is an error.
//
// Without a method it is a path, a file name or the start of an FQN as in dbt;
// beyond dbt also a unique_id, "source.table", the title of a dashboard, and a
// name with wildcards.
func (g *Graph) Select(expr string) ([]ID, error) {
	if err := CheckSelector(expr); err != nil {
		return nil, err
	}
	var all []ID
	for _, part := range strings.Fields(expr) {
		var both []ID
		for i, word := range strings.Split(part, ",") {
			ids := g.selectOne(parseSelector(word))
			if i == 0 {
				both = ids
				continue
			}
			both = slices.DeleteFunc(both, func(id ID) bool {
				_, found := slices.BinarySearch(ids, id)
				return !found
			})
		}
		all = append(all, both...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// selectOne gives the nodes of a checked selector, sorted.
func (g *Graph) selectOne(s selector) []ID {
	switch {
	case s.name == "":
		return nil
	case s.method == "exposure":
		return g.selectExposure(s)
	}
	var roots []ID
	for id := range g.nodes {
		if g.nodes[id].answers(s.method, s.name) {
			roots = append(roots, ID(id))
		}
	}
	if s.family {
		return g.reach(g.up, g.reach(g.down, roots, -1), -1)
	}
	found := append(g.reach(g.up, roots, s.up), g.reach(g.down, roots, s.down)...)
	slices.Sort(found)
	return slices.Compact(found)
}

// selectExposure gives what the enabled exposures of a name or package.name
// read. An exposure is not a node here: its first step up is taken for it, and
// nothing is below it.
func (g *Graph) selectExposure(s selector) []ID {
	var roots []ID
	for _, p := range g.Projects {
		for i := range p.Exposures {
			x := &p.Exposures[i]
			if !x.Enabled || !matches(s.name, x.Name) && !matches(s.name, x.Package+"."+x.Name) {
				continue
			}
			for _, parent := range x.DependsOn {
				if id, ok := g.byID[parent]; ok {
					roots = append(roots, id)
				}
			}
		}
	}
	switch {
	case s.family || s.up < 0:
		return g.reach(g.up, roots, -1)
	default:
		return g.reach(g.up, roots, max(s.up-1, 0))
	}
}
