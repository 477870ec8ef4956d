package dbt

import (
	"bytes"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model"
)

// builder turns captured entries into model types. Repeated values share one
// string, and all strings share a few large blocks.
type builder struct {
	e     entry
	words *texts
	lists lists
	list  []string // scratch
	last  [fieldCount]string
}

func newBuilder() *builder {
	return &builder{words: newTexts()}
}

// resource fills r from the captured entry.
func (b *builder) resource(l *lexer, id string, kind model.Kind, r *model.Resource) {
	e := &b.e
	r.ID, r.Kind = id, kind
	r.Name = b.name(id, l.text(e[fName]))
	r.Package = b.pkg(l, id)
	r.Database, r.Schema = b.word(l, fDatabase), b.word(l, fSchema)
	r.RelationName = b.words.text(l.text(e[fRelation]))
	r.Description = b.words.text(l.text(e[fDescription]))
	r.PatchPath = b.words.intern(slashed(withoutScheme(l.text(e[fPatchPath]))))
	r.Materialized, r.ConfigSchema = b.word(l, cMaterialized), b.word(l, cSchema)
	r.Access = b.either(l, fAccess, cAccess)
	r.Group = b.either(l, fGroup, cGroup)
	r.Tags = b.tags(l)
	r.FQN = b.fqn(l, id)
	r.DependsOn = b.parents(l)
	r.Version, r.LatestVersion = b.word(l, fVersion), b.word(l, fLatestVersion)
	r.VersionText = e[fVersion].to > 0 && l.b[e[fVersion].from] == '"'
	b.pointer(l, r)

	identifier := fAlias
	if kind == model.KindSource {
		identifier = fIdentifier
		r.Path = b.words.intern(slashed(l.text(e[fOriginalPath]))) // one YAML file holds many sources
		r.SourceName = b.word(l, fSourceName)
		r.ExternalLocation = b.externalLocation(l)
	} else {
		r.Path = b.words.text(slashed(l.text(e[fOriginalPath])))
		r.External = kind <= model.KindSnapshot && b.external(l)
	}
	r.Identifier = b.shared(id, l.text(e[identifier]))
	if r.Identifier == "" && r.HasRelation() {
		r.Identifier = defaultIdentifier(r)
	}
}

// defaultIdentifier is dbt's own rule for a node without alias. Only hand-made
// manifests have such nodes (ARTIFACTS.md#refs-and-versions).
func defaultIdentifier(r *model.Resource) string {
	if r.Version == "" {
		return r.Name
	}
	return r.Name + "_v" + strings.ReplaceAll(r.Version, ".", "_")
}

// test fills t from the captured entry.
func (b *builder) test(l *lexer, id string, t *model.Test) {
	t.ID = id
	t.Name = b.name(id, l.text(b.e[fName]))
	t.Severity = b.severity(l)
	t.DependsOn = b.parents(l)
	attached := l.text(b.e[fAttachedNode])
	same := func(id string) bool { return id == string(attached) }
	if len(attached) > 0 && !slices.ContainsFunc(t.DependsOn, same) {
		t.DependsOn = append(t.DependsOn, b.words.intern(attached))
	}
}

func (b *builder) severity(l *lexer) string {
	switch word := l.text(b.e[cSeverity]); {
	case bytes.EqualFold(word, []byte("error")):
		return "error"
	case bytes.EqualFold(word, []byte("warn")):
		return "warn"
	default:
		return strings.ToLower(b.words.intern(word))
	}
}

// word is the value of a field that repeats, often the one of the previous entry.
func (b *builder) word(l *lexer, f field) string {
	text := l.text(b.e[f])
	if b.last[f] != string(text) {
		b.last[f] = b.words.intern(text)
	}
	return b.last[f]
}

func (b *builder) either(l *lexer, f, g field) string {
	if s := b.word(l, f); s != "" {
		return s
	}
	return b.word(l, g)
}

// name is usually a part of the id; without one it is the id's last part.
func (b *builder) name(id string, text []byte) string {
	if len(text) == 0 {
		return id[strings.LastIndexByte(id, '.')+1:]
	}
	return b.shared(id, text)
}

// pkg is the package's name, which hand-made manifests have only in the id.
func (b *builder) pkg(l *lexer, id string) string {
	if s := b.word(l, fPackage); s != "" {
		return s
	}
	_, rest, _ := strings.Cut(id, ".")
	name, _, found := strings.Cut(rest, ".")
	if !found {
		return ""
	}
	return name
}

func (b *builder) shared(id string, text []byte) string {
	if s, found := part(id, text); found {
		return s
	}
	return b.words.text(text)
}

// tags joins those of the node and of its config, each a list or one text.
func (b *builder) tags(l *lexer) []string {
	b.list = b.list[:0]
	add := func(text []byte) { b.list = append(b.list, b.words.intern(text)) }
	l.each(b.e[fTags], add)
	l.each(b.e[cTags], add)
	if len(b.list) > 1 {
		slices.Sort(b.list)
		b.list = slices.Compact(b.list)
	}
	return b.lists.copyOf(b.list)
}

func (b *builder) fqn(l *lexer, id string) []string {
	b.list = b.list[:0]
	l.each(b.e[fFQN], func(text []byte) {
		s, found := part(id, text)
		if !found {
			s = b.words.intern(text)
		}
		b.list = append(b.list, s)
	})
	return b.lists.copyOf(b.list)
}

// parents are the unique_ids of depends_on.nodes.
func (b *builder) parents(l *lexer) []string {
	b.list = b.list[:0]
	l.each(b.e[fParents], func(text []byte) { b.list = append(b.list, b.words.intern(text)) })
	return b.lists.copyOf(b.list)
}

// pointer reads config.latest_version_pointer (dbt 1.12+): an object, or a plain
// boolean. Only an explicit true counts: the default is a project flag that the
// manifest does not have.
func (b *builder) pointer(l *lexer, r *model.Resource) {
	v := b.e[cPointer]
	if v.to == 0 || l.b[v.from] != '{' {
		r.LatestPointer = l.truth(v, false)
		return
	}
	object(l.valid(v), func(key string, value gjson.Result) {
		switch key {
		case "enabled":
			r.LatestPointer = value.Type == gjson.True
		case "alias":
			r.LatestPointerAlias = scalar(value)
		}
	})
}

// external reports the stub of another project's node: it has paths, and they are
// empty texts (ARTIFACTS.md#relation-names). If they are missing, nothing is known.
func (b *builder) external(l *lexer) bool {
	empty := false
	for _, f := range [...]field{fOriginalPath, fPath} {
		v := b.e[f]
		if len(l.text(v)) > 0 {
			return false
		}
		empty = empty || v.to > 0 && l.b[v.from] == '"'
	}
	return empty
}

// externalLocation reports a dbt-duckdb source that reads files: it says so in
// its config or meta, or its relation is a call or a quoted path instead of a name
// (ARTIFACTS.md#relation-names).
func (b *builder) externalLocation(l *lexer) bool {
	if len(l.text(b.e[cExternalLocation])) > 0 {
		return true
	}
	for _, f := range [...]field{cMeta, fMeta, fSourceMeta} {
		found := false
		if v := b.e[f]; v.to-v.from <= 2 {
			continue // absent or {}
		}
		object(l.valid(b.e[f]), func(key string, value gjson.Result) {
			found = found || key == "external_location" && scalar(value) != ""
		})
		if found {
			return true
		}
	}
	relation := l.text(b.e[fRelation])
	if len(relation) == 0 {
		return false
	}
	call := bytes.IndexByte(relation, '(')
	return relation[0] == '\'' || call > 0 && isWord(relation[:call]) && relation[len(relation)-1] == ')'
}

func isWord(b []byte) bool {
	for _, c := range b {
		if c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

// withoutScheme removes the package from "shop://models/_shop.yml".
func withoutScheme(path []byte) []byte {
	if _, after, found := bytes.Cut(path, []byte("://")); found {
		return after
	}
	return path
}
