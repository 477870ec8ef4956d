package nodes

import (
	"context"
	"io"

	"github.com/tidwall/gjson"

	"darkroom/model/selector"
	"darkroom/sources/compact"
	"darkroom/sources/dbt/artifact"
	"darkroom/sources/dbt/jsonwindow"
)

// Manifest is what a manifest has for selectors.
type Manifest struct {
	Nodes  []selector.Node
	Macros map[string]selector.Macro // only with prints
	// Disabled are the ids of what is disabled; only with prints.
	Disabled map[string]bool
	Version  string // of dbt
}

// Read reads a manifest, plain or gzipped. Project is the name of its root package,
// name the file's in errors. With prints what states are compared by is read too.
func Read(ctx context.Context, r io.Reader, name, project string, prints bool) (*Manifest, error) {
	w, err := artifact.Open(ctx, r, 0, name, "run `dbt parse` to regenerate it", nil, jsonwindow.DefaultSize)
	if err != nil {
		return nil, err
	}
	m := &reader{w: w, project: project, prints: prints, words: compact.NewTexts(), configs: map[string]config{}}
	m.out.Macros, m.out.Disabled = map[string]selector.Macro{}, map[string]bool{}
	if err := w.Document(m.section); err != nil {
		return nil, err
	}
	return &m.out, nil
}

// reader collects nodes while the file goes by.
type reader struct {
	w       *jsonwindow.Window
	out     Manifest
	project string
	prints  bool

	words   *compact.Texts
	lists   compact.Lists[string]
	list    []string          // scratch
	configs map[string]config // those that repeat
}

// sectionOf says what type the nodes of a section have that do not say it themselves.
func sectionOf(key string) (kind string, hasNodes bool) {
	switch key {
	case "nodes":
		return "", true
	case "sources", "exposures", "metrics", "semantic_models", "unit_tests", "functions":
		return key[:len(key)-1], true
	case "saved_queries":
		return "saved_query", true
	}
	return "", false
}

func (m *reader) section(key string) error {
	if kind, hasNodes := sectionOf(key); hasNodes {
		return jsonwindow.Beside(m.w, m.find, func(l *jsonwindow.Lexer, id []byte, v *values) { m.node(l, id, kind, v) })
	}
	switch {
	case !m.prints:
	case key == "macros":
		return m.w.Members(func(l *jsonwindow.Lexer, id []byte) { m.macro(l, string(id)) })
	case key == "disabled":
		return m.disabled()
	case key == "metadata":
		return m.w.Small(func(raw []byte) { m.out.Version = gjson.GetBytes(raw, "dbt_version").String() })
	}
	return m.w.Discard()
}

// disabled is a map with ids as keys, and before dbt 1.0 a list of nodes.
func (m *reader) disabled() error {
	c, err := m.w.Peek()
	if err != nil {
		return err
	}
	add := func(l *jsonwindow.Lexer, id string) {
		if l.OK() && id != "" {
			m.out.Disabled[id] = true
		}
	}
	if c != '[' {
		return m.w.Members(func(l *jsonwindow.Lexer, id []byte) {
			known := string(id)
			l.Skip()
			add(l, known)
		})
	}
	return m.w.Elements(func(l *jsonwindow.Lexer) {
		var v [1]jsonwindow.Span
		l.Pick(v[:], "unique_id")
		add(l, string(l.Text(v[0])))
	})
}

func (m *reader) macro(l *jsonwindow.Lexer, id string) {
	var v [4]jsonwindow.Span
	var on [1]jsonwindow.Span
	l.Pick(v[:], "macro_sql", "depends_on", "package_name", "original_file_path")
	l.Inside(v[1], func() { l.Pick(on[:], "macros") })
	macro := selector.Macro{
		Text: hashText(l.Text(v[0])), Macros: m.texts(l, on[0]), Package: m.word(l.Text(v[2])), Path: slashed(m.word(l.Text(v[3]))),
	}
	if l.OK() {
		m.out.Macros[id] = macro
	}
}
