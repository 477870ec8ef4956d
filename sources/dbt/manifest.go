package dbt

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/sources/disk"
)

// ReadManifest reads a manifest, plain or gzipped, from r. Size is the number of
// bytes that r holds, for progress only; 0 when unknown. Name is the file's
// in errors. The artifacts next to the manifest are LoadProject's.
//
// What is not a complete manifest is a [disk.Error]: it is never loaded in part.
func ReadManifest(ctx context.Context, r io.Reader, size int64, name string, opt Options) (*model.Project, error) {
	m, err := readManifest(ctx, r, size, name, opt, windowSize)
	if err != nil {
		return nil, err
	}
	return m.p, nil
}

func readManifest(ctx context.Context, r io.Reader, size int64, name string, opt Options, window int) (*manifest, error) {
	w, err := open(ctx, r, size, name, fixByParse, opt, window)
	if err != nil {
		return nil, err
	}
	m := &manifest{w: w, p: &model.Project{File: name}, b: newBuilder(), seen: map[string]*extent{}}
	if err := w.document(m.section); err != nil {
		return nil, err
	}
	return m, m.finish()
}

// manifest collects a project while the file is read.
type manifest struct {
	w    *window
	p    *model.Project
	b    *builder
	meta metadata

	resources, disabled chunks[model.Resource]
	exposures           chunks[model.Exposure]
	tests               chunks[model.Test]
	groups              chunks[model.Group]

	places  places
	keys    []string // of the root, for the message when it is not a manifest
	seen    map[string]*extent
	extents map[string]extent // what each key of "disabled" has added
	linked  bool              // some entry had depends_on.nodes
	parents map[string][]string
	sure    bool // the project's name is not a guess
}

// section reads or skips one value of the root. No order of keys is assumed: Fusion
// once wrote them in alphabetical order (ARTIFACTS.md#fusion).
func (m *manifest) section(key string) error {
	if len(m.keys) < 8 {
		m.keys = append(m.keys, disk.ClipTo(key, maxName))
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
	case "groups":
		read = m.groupSection
	case "disabled":
		read = m.disabledSection
	case "parent_map":
		return m.parentMap()
	default:
		return m.w.discard()
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

func (m *manifest) metadata() error {
	var wrong error
	err := m.w.try(func(l *lexer) {
		v := l.value()
		raw := l.valid(v)
		if l.st != ok {
			return
		}
		if m.meta = metadataOf(raw); m.meta.artifact() != "" && m.meta.artifact() != "manifest" {
			wrong = m.w.errorAt(m.w.pos+int(v.from), "a manifest", fmt.Sprintf("the artifact %q", disk.ClipTo(m.meta.artifact(), maxName)))
		}
	})
	if err != nil {
		return err
	}
	return wrong
}

// entries reads a map of id to node. Kind is the resource_type of an entry that
// has none, empty to take it from the id.
func (m *manifest) entries(kind string) func() error {
	return func() error {
		return m.w.members(func(l *lexer, id []byte) {
			m.b.e.walk(l)
			m.addEntry(l, id, kind, true)
		})
	}
}

// addEntry adds the captured entry to the list it belongs to.
func (m *manifest) addEntry(l *lexer, id []byte, kind string, enabled bool) {
	word := l.text(m.b.e[fResourceType])
	if l.st != ok || len(id) == 0 {
		return
	}
	if len(word) > 0 {
		kind = m.b.words.intern(word)
	} else if kind == "" {
		kind, _, _ = strings.Cut(string(id), ".")
	}
	number := m.b.words.number(id)
	name := m.b.words.all[number]
	if enabled {
		m.replace(m.places.place(number))
	}
	linked := false
	switch k := model.KindOf(kind); {
	case k == model.KindExposure:
		m.settle(number, enabled, inExposures, m.exposures.n)
		x := m.exposures.add()
		m.b.exposure(l, name, x)
		x.Enabled = x.Enabled && enabled
		linked = x.DependsOn != nil
	case !enabled && k >= model.KindModel && k <= model.KindSource:
		m.b.resource(l, name, k, m.disabled.add())
	case !enabled:
	case kind == "test":
		m.settle(number, enabled, inTests, m.tests.n)
		t := m.tests.add()
		m.b.test(l, name, t)
		linked = t.DependsOn != nil
	case k != model.KindUnknown:
		m.settle(number, enabled, inResources, m.resources.n)
		r := m.resources.add()
		m.b.resource(l, name, k, r)
		linked = r.DependsOn != nil
	}
	m.linked = m.linked || linked
}

// check distinguishes a manifest from other JSON that may be given by mistake. The
// schema decides where there is one; hand-made manifests have none.
func (m *manifest) check() error {
	if _, found := m.seen["nodes"]; found && (m.meta.artifact() != "" || !slices.Contains(m.keys, "errors")) {
		return nil
	}
	got := "an empty object"
	if len(m.keys) > 0 {
		got = fmt.Sprintf("only the keys %q", m.keys)
	}
	return fault(m.w.file, 0, `a manifest with "nodes"`, got, "name target/manifest.json, which `dbt parse` writes")
}
