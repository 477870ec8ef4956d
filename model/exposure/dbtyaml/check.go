package dbtyaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Problem is why dbt refuses a text.
type Problem struct {
	Line int // from 1; 0 when the whole text is meant
	Text string
}

func (p *Problem) Error() string {
	if p.Line > 0 {
		return fmt.Sprintf("line %d: %s", p.Line, p.Text)
	}
	return p.Text
}

// Document is a text that dbt's reader accepts.
type Document struct{ root *yaml.Node }

// Read reads a text as dbt does.
func Read(text []byte) (*Document, *Problem) {
	dec := yaml.NewDecoder(bytes.NewReader(text))
	var doc, more yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return &Document{}, nil
	case err != nil:
		return nil, problemOf(err, text)
	}
	switch err := dec.Decode(&more); {
	case err == nil:
		return nil, &Problem{more.Line, "a second YAML document begins"}
	case !errors.Is(err, io.EOF):
		return nil, problemOf(err, text)
	}
	c := &checker{anchors: map[string]bool{}, open: map[*yaml.Node]bool{}}
	c.node(&doc)
	if c.found == nil && bytes.ContainsRune(text, '\t') {
		c.found = misplacedTab(string(text), &doc)
	}
	if c.found != nil {
		return nil, c.found
	}
	root := &doc
	if doc.Kind == yaml.DocumentNode && len(doc.Content) == 1 {
		root = doc.Content[0]
	}
	return &Document{root}, nil
}

// problemOf takes the line out of the parser's "yaml: line 3: message"; of an alias to
// nowhere it gives none.
func problemOf(err error, text []byte) *Problem {
	p := &Problem{Text: strings.TrimPrefix(err.Error(), "yaml: ")}
	name := ""
	if n, scanErr := fmt.Sscanf(p.Text, "line %d:", &p.Line); n == 1 && scanErr == nil {
		_, p.Text, _ = strings.Cut(p.Text, ": ")
	} else if n, scanErr := fmt.Sscanf(p.Text, "unknown anchor '%s referenced", &name); n == 1 && scanErr == nil {
		name = "*" + strings.TrimSuffix(name, "'")
		before, _, _ := bytes.Cut(text, []byte(name))
		p.Line, p.Text = 1+bytes.Count(before, []byte("\n")), "the alias "+name+" has no anchor before it"
	}
	return p
}

// Names are the values of "name" in the items of a list at the top level.
func (d *Document) Names(list string) []string {
	var out []string
	items := resolved(valueOf(d.root, list))
	if items == nil || items.Kind != yaml.SequenceNode {
		return nil
	}
	for _, it := range items.Content {
		name := ""
		if n := resolved(valueOf(it, "name")); n != nil && n.Kind == yaml.ScalarNode {
			name = n.Value
		}
		out = append(out, name)
	}
	return out
}

// valueOf is the value of a key in a mapping, merged ones included; nil without one.
func valueOf(n *yaml.Node, key string) *yaml.Node {
	n = resolved(n)
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	var merged *yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		switch k := resolved(n.Content[i]); {
		case isMergeKey(k):
			for _, m := range mergedMaps(n.Content[i+1]) {
				if v := valueOf(m, key); v != nil && merged == nil {
					merged = v
				}
			}
		case k.Kind == yaml.ScalarNode && k.Value == key:
			return n.Content[i+1]
		}
	}
	return merged
}

// mergedMaps are the values of "<<": one map, or a list of them.
func mergedMaps(v *yaml.Node) []*yaml.Node {
	if v = resolved(v); v.Kind == yaml.SequenceNode {
		return v.Content
	}
	return []*yaml.Node{v}
}

// resolved follows an alias to what it means.
func resolved(n *yaml.Node) *yaml.Node {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}
