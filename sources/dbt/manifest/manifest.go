package manifest

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/sources/dbt/artifact"
	"darkroom/sources/dbt/jsonwindow"
)

// Read reads a manifest, plain or gzipped, from r. Size is the number of bytes that r
// holds, for progress only; 0 when unknown, and progress may be nil. Name is the file's
// in errors. NameKnown says that the project's name is not a guess. Window is where the
// size of the window starts: jsonwindow.DefaultSize.
//
// What is not a complete manifest is a [disk.Error]: it is never loaded in part.
func Read(ctx context.Context, r io.Reader, size int64, name string, progress func(read, total int64), window int) (p *model.Project, nameKnown bool, err error) {
	w, err := artifact.Open(ctx, r, size, name, fixByParse, progress, window)
	if err != nil {
		return nil, false, err
	}
	m := &reader{w: w, p: &model.Project{File: name}, walk: newWalker(), b: newBuilder(), seen: map[string]*extent{}}
	m.resources.size, m.tests.size = size, size
	if err := w.Document(m.section); err != nil {
		return nil, false, err
	}
	if err := m.finish(); err != nil {
		return nil, false, err
	}
	return m.p, m.nameKnown, nil
}

const fixByParse = "run `dbt parse` to regenerate it"

// reader collects a project while the file goes by.
type reader struct {
	w    *jsonwindow.Window
	p    *model.Project
	walk walker
	b    *builder
	here entry // when it is used where it is walked
	meta artifact.Metadata

	resources, rejected list[model.Resource] // rejected: in "disabled"
	exposures           list[model.Exposure]
	tests               list[model.Test]

	places  numbered[place] // of every unique_id
	keys    []string        // of the root, for the message when it is not a manifest
	seen    map[string]*extent
	refused map[string]extent // per key of "disabled"
	linked  bool              // some entry had depends_on.nodes
	parents map[string][]string

	nameKnown bool // the project's name is not a guess
}

// section reads or skips one value of the root. No order of keys is assumed: Fusion
// once wrote them in alphabetical order (sources/dbt/ARTIFACTS.md#fusion).
func (m *reader) section(key string) error {
	if len(m.keys) < 8 {
		m.keys = append(m.keys, jsonwindow.Clip(key))
	}
	var read func() error
	switch key {
	case "metadata":
		return m.metadata()
	case "nodes":
		read = m.entries("")
	case "sources":
		read = m.entries("source")
	case "exposures":
		read = m.entries("exposure")
	case "metrics":
		read = m.entries("metric")
	case "semantic_models":
		read = m.entries("semantic_model")
	case "saved_queries":
		read = m.entries("saved_query")
	case "functions":
		read = m.entries("function")
	case "disabled":
		read = m.disabled
	case "parent_map":
		return m.parentMap()
	default:
		return m.w.Discard()
	}
	was, again := m.seen[key]
	if again {
		m.drop(*was)
	}
	x := extent{from: m.mark()}
	err := read()
	x.to = m.mark()
	m.seen[key] = &x
	return err
}

func (m *reader) metadata() error {
	var wrong error
	err := m.w.Try(func(l *jsonwindow.Lexer) {
		v := l.Value()
		raw := l.Valid(v)
		if !l.OK() {
			return
		}
		if m.meta = artifact.MetadataOf(raw); m.meta.Kind() != "" && m.meta.Kind() != "manifest" {
			wrong = m.w.ErrorIn(v, "a manifest", fmt.Sprintf("the artifact %q", jsonwindow.Clip(m.meta.Kind())))
		}
	})
	if err != nil {
		return err
	}
	return wrong
}

// entries reads a map of id to node. Kind is the resource_type of an entry that
// has none, empty to take it from the id.
func (m *reader) entries(kind string) func() error {
	return func() error {
		return jsonwindow.Beside(m.w, m.walk.entry, func(l *jsonwindow.Lexer, id []byte, e *entry) {
			m.b.use(e)
			m.addEntry(l, id, kind, true)
		})
	}
}

// entry walks one, to be used here.
func (m *reader) entry(l *jsonwindow.Lexer) {
	m.walk.entry(l, &m.here)
	m.b.use(&m.here)
}

// addEntry adds the captured entry to the list it belongs to.
func (m *reader) addEntry(l *jsonwindow.Lexer, id []byte, kind string, enabled bool) {
	word := l.Text(m.b.e[fResourceType])
	if !l.OK() || len(id) == 0 {
		return
	}
	if len(word) > 0 {
		kind = m.b.words.Intern(word)
	} else if kind == "" {
		kind, _, _ = strings.Cut(string(id), ".")
	}
	number := m.b.words.Number(id)
	name := m.b.words.At(number)
	if enabled {
		m.replace(m.places.of(number))
	}
	linked := false
	switch k := model.KindOf(kind); {
	case k == model.KindExposure:
		m.settle(number, enabled, inExposures, len(m.exposures.all))
		x := m.exposures.add(l.Offset())
		m.b.exposure(l, name, x)
		x.Enabled = x.Enabled && enabled
		linked = x.DependsOn != nil
	case !enabled && k >= model.KindModel && k <= model.KindSource:
		m.b.resource(l, name, k, m.rejected.add(l.Offset()))
	case !enabled:
	case kind == "test":
		m.settle(number, enabled, inTests, len(m.tests.all))
		t := m.tests.add(l.Offset())
		m.b.test(l, name, t)
		linked = t.DependsOn != nil
	case k != model.KindUnknown:
		m.settle(number, enabled, inResources, len(m.resources.all))
		r := m.resources.add(l.Offset())
		m.b.resource(l, name, k, r)
		linked = r.DependsOn != nil
	}
	m.linked = m.linked || linked
}

// check distinguishes a manifest from other JSON that may be given by mistake. The
// schema decides where there is one; hand-made manifests have none.
func (m *reader) check() error {
	if _, found := m.seen["nodes"]; found && (m.meta.Kind() != "" || !slices.Contains(m.keys, "errors")) {
		return nil
	}
	got := "an empty object"
	if len(m.keys) > 0 {
		got = fmt.Sprintf("only the keys %q", m.keys)
	}
	return m.w.WrongDocument(`a manifest with "nodes"`, got, "name target/manifest.json, which `dbt parse` writes")
}
