package nodes

import (
	"bytes"
	"cmp"
	"strings"

	"darkroom/model/selector"
	"darkroom/sources/dbt/jsonwindow"
)

// The values of a node that are captured, in the order of names.
const (
	vType = iota
	vName
	vPackage
	vPath
	vPatch
	vFQN
	vTags
	vGroup
	vAccess
	vVersion
	vLatest
	vSource
	vTest
	vDependsOn
	vConfig
	vCount
)

var names = [...]string{
	"resource_type", "name", "package_name", "original_file_path", "patch_path", "fqn", "tags", "group", "access", "version", "latest_version",
	"source_name", "test_metadata", "depends_on", "config",
}

// values says where the values of a node are.
type values [vCount + printCount]jsonwindow.Span

// find consumes a node, and leaves no trace but in v.
func (m *reader) find(l *jsonwindow.Lexer, v *values) {
	if m.prints {
		l.Pick(v[:], allNames...)
	} else {
		l.Pick(v[:vCount], names[:]...)
	}
}

func (m *reader) node(l *jsonwindow.Lexer, key []byte, kind string, v *values) {
	id := m.word(key)
	text := func(i int) string { return m.word(l.Text(v[i])) }
	n := selector.Node{
		ID: id, Type: cmp.Or(text(vType), kind), Name: text(vName), Package: text(vPackage), Project: m.project,
		Path: slashed(text(vPath)), PatchPath: slashed(text(vPatch)), FQN: m.texts(l, v[vFQN]), Access: text(vAccess),
		Version: text(vVersion), LatestVersion: text(vLatest), SourceName: text(vSource),
	}
	if _, after, found := strings.Cut(n.PatchPath, "://"); found {
		n.PatchPath = after
	}
	first, rest, _ := strings.Cut(id, ".")
	n.Type = cmp.Or(n.Type, first)
	if n.Package == "" {
		n.Package, _, _ = strings.Cut(rest, ".")
	}
	n.Name = cmp.Or(n.Name, id[strings.LastIndexByte(id, '.')+1:])
	if n.FQN == nil { // as hand-made manifests may have it
		n.FQN = []string{n.Package, n.Name}
	}

	var inner [2]jsonwindow.Span
	l.Inside(v[vTest], func() { l.Pick(inner[:1], "name") })
	n.Test = m.word(l.Text(inner[0]))
	clear(inner[:])
	l.Inside(v[vDependsOn], func() { l.Pick(inner[:], "nodes", "macros") })
	n.Parents = m.texts(l, inner[0])
	if m.prints {
		n.Macros = m.texts(l, inner[1])
	}
	var own [4]jsonwindow.Span // of the configuration
	l.Inside(v[vConfig], func() { l.Pick(own[:], "enabled", "tags", "group", "access") })
	if n.Group = m.word(l.Text(own[2])); own[2].Len() == 0 { // dbt looks at the configuration: a test may be in a group without it
		n.Group = text(vGroup)
	}
	n.Access = cmp.Or(n.Access, m.word(l.Text(own[3])))
	switch {
	case v[vTags].Len() > 0 && l.FirstByte(v[vTags]) != 'n':
		n.Tags = m.texts(l, v[vTags])
	case n.Type != "semantic_model": // which dbt gives no tags
		n.Tags = m.texts(l, own[1])
	}
	if raw := l.Valid(v[vConfig]); len(raw) > 2 && raw[0] == '{' {
		n.Config = m.config(raw)
	}
	if m.prints {
		n.Print = printOf(l, &n, v[:])
	}
	if l.OK() {
		m.keep(n, l.Truth(own[0], true))
	}
}

func (m *reader) keep(n selector.Node, enabled bool) {
	if enabled {
		m.out.Nodes = append(m.out.Nodes, n)
	} else {
		m.out.Disabled[n.ID] = true
	}
}

// word keeps one copy of a text that repeats.
func (m *reader) word(b []byte) string { return m.words.Intern(b) }

func (m *reader) texts(l *jsonwindow.Lexer, v jsonwindow.Span) []string {
	m.list = m.list[:0]
	l.Each(v, func(text []byte) { m.list = append(m.list, m.word(text)) })
	return m.lists.Copy(m.list)
}

func (m *reader) config(raw []byte) config {
	if c, known := m.configs[string(raw)]; known {
		return c
	}
	c := config(bytes.Clone(raw))
	m.configs[string(raw)] = c
	return c
}

// slashed turns the back-slashes of a manifest made on Windows.
func slashed(s string) string { return strings.ReplaceAll(s, `\`, "/") }
