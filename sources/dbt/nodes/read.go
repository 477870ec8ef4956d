package nodes

import (
	"context"
	"io"

	"darkroom/model/selector"
	"darkroom/sources/dbt/artifact"
	"darkroom/sources/dbt/jsonwindow"
)

// Manifest is what a manifest has for selectors.
type Manifest struct {
	Nodes  []selector.Node
	Macros map[string]selector.Macro // only with prints
}

// Read reads a manifest, plain or gzipped. Project is the name of its root package,
// name the file's in errors. With prints what states are compared by is read too.
func Read(ctx context.Context, r io.Reader, name, project string, prints bool) (*Manifest, error) {
	w, err := artifact.Open(ctx, r, 0, name, "run `dbt parse` to regenerate it", nil, jsonwindow.DefaultSize)
	if err != nil {
		return nil, err
	}
	m := &reader{w: w, project: project, prints: prints, words: map[string]string{}, configs: map[string]config{}}
	m.out.Macros = map[string]selector.Macro{}
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

	words   map[string]string // texts that repeat
	configs map[string]config // likewise
}

// sections are the maps of id to node, with the type of those that do not say it.
var sections = map[string]string{
	"nodes": "", "sources": "source", "exposures": "exposure", "metrics": "metric", "semantic_models": "semantic_model",
	"saved_queries": "saved_query", "unit_tests": "unit_test", "functions": "function",
}

func (m *reader) section(key string) error {
	if kind, isNodes := sections[key]; isNodes {
		return m.w.Members(func(l *jsonwindow.Lexer, id []byte) { m.node(l, string(id), kind) })
	}
	if key == "macros" && m.prints {
		return m.w.Members(func(l *jsonwindow.Lexer, id []byte) { m.macro(l, string(id)) })
	}
	return m.w.Discard()
}

func (m *reader) macro(l *jsonwindow.Lexer, id string) {
	var v, on [2]jsonwindow.Span
	l.Pick(v[:], "macro_sql", "depends_on")
	l.Inside(v[1], func() { l.Pick(on[:], "macros") })
	macro := selector.Macro{Text: hashText(l.Text(v[0])), Macros: m.texts(l, on[0])}
	if l.OK() {
		m.out.Macros[id] = macro
	}
}
