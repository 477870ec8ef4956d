package dbtyaml

import (
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"darkroom/model/pattern"
)

// checker finds what PyYAML's SafeLoader cannot make a value of, although it can be
// parsed.
type checker struct {
	anchors map[string]bool
	open    map[*yaml.Node]bool // the nodes around the current one that have an anchor
	found   *Problem            // the first
}

func (c *checker) fail(n *yaml.Node, text string) {
	if c.found == nil {
		c.found = &Problem{n.Line, text}
	}
}

func (c *checker) node(n *yaml.Node) {
	if c.found != nil {
		return
	}
	if n.Kind == yaml.AliasNode {
		if c.open[n.Alias] {
			c.fail(n, "the alias *"+n.Value+" is inside of what it means")
		}
		return
	}
	if n.Anchor != "" {
		if c.anchors[n.Anchor] {
			c.fail(n, "the anchor &"+n.Anchor+" is there twice")
		}
		c.anchors[n.Anchor], c.open[n] = true, true
		defer delete(c.open, n)
	}
	if problem := tagProblem(n); problem != "" {
		c.fail(n, problem)
	}
	switch n.Kind {
	case yaml.ScalarNode:
		if problem := plainProblem(n); problem != "" {
			c.fail(n, problem)
		}
	case yaml.MappingNode:
		c.mapping(n)
	case yaml.DocumentNode, yaml.SequenceNode:
		for _, it := range n.Content {
			c.node(it)
		}
	}
}

func (c *checker) mapping(n *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch k := resolved(key); {
		case isMergeKey(k):
			for _, m := range mergedMaps(value) {
				if resolved(m).Kind != yaml.MappingNode {
					c.fail(key, "<< needs a mapping or a list of mappings")
				}
			}
		case k.Kind != yaml.ScalarNode:
			c.fail(key, "a list or a mapping cannot be a key")
		case plain(k) && k.Value == "=": // allowed as a key
		default:
			c.node(key)
		}
		c.node(value)
	}
}

func isMergeKey(n *yaml.Node) bool { return plain(n) && n.Value == "<<" }

// plain reports a scalar without quotes and without a tag.
func plain(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Style == 0 }

// tagProblem looks at a tag that is written out.
func tagProblem(n *yaml.Node) string {
	if n.Style&yaml.TaggedStyle == 0 {
		return ""
	}
	switch tag := n.ShortTag(); {
	case tag == "!!str" && n.Kind == yaml.ScalarNode, tag == "!!map" && n.Kind == yaml.MappingNode, tag == "!!seq" && n.Kind == yaml.SequenceNode:
		return ""
	default:
		return "dbt does not know the tag " + tag + " here"
	}
}

var (
	timestamp = pattern.Of(`^(\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?([Tt]|[ \t]+)\d\d?:\d\d:\d\d(\.\d*)?([ \t]*(Z|[-+]\d\d?(:\d\d)?))?)$`)
	numbers   = pattern.Of(`\d+`)
	noDigits  = pattern.Of(`^[-+]?0[bx]_+$`)
)

// plainProblem says why a plain scalar, which PyYAML takes for something other than a
// text, is not a value of that kind.
func plainProblem(n *yaml.Node) string {
	const quote = "; put it in quotes"
	switch {
	case !plain(n):
	case n.Value == "=" || n.Value == "<<":
		return n.Value + " is not a value" + quote
	case noDigits().MatchString(n.Value):
		return n.Value + " is not a number" + quote
	case timestamp().MatchString(n.Value) && !validTime(n.Value):
		return n.Value + " is not a date" + quote
	}
	return ""
}

func validTime(s string) bool {
	var at [6]int
	date, zone := s, ""
	if i := strings.LastIndexAny(s, "+-"); i > len("2024-1-1 ") {
		date, zone = s[:i], s[i+1:]
	}
	for i, text := range numbers().FindAllString(date, len(at)) {
		at[i], _ = strconv.Atoi(text) // digits alone
	}
	t := time.Date(at[0], time.Month(at[1]), at[2], at[3], at[4], at[5], 0, time.UTC)
	same := t.Year() == at[0] && int(t.Month()) == at[1] && t.Day() == at[2] && t.Hour() == at[3] && t.Minute() == at[4] && t.Second() == at[5]
	hours, rest, _ := strings.Cut(zone, ":")
	h, _ := strconv.Atoi(hours) // empty without a zone
	m, _ := strconv.Atoi(rest)  // empty without minutes
	return same && at[0] > 0 && h*60+m < 24*60
}
