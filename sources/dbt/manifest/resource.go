package manifest

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/compact"
	"darkroom/sources/dbt/artifact"
	"darkroom/sources/dbt/jsonwindow"
)

// builder turns captured entries into model types. Repeated values share one
// string, and all strings share a few large blocks.
type builder struct {
	e     *values
	words *compact.Texts // those that come again
	texts compact.Arena  // the others
	lists compact.Lists[string]
	list  []string // scratch
	ids   [][]byte // scratch
	last  [fieldCount]string

	cols        []*model.Column // scratch
	columnLists compact.Lists[*model.Column]
	colAt       numbered[columnPlace]
	columnsOnce compact.Shared[model.Column]
	described   int32 // entries with columns so far
	columnsAt   []columnAt

	common   model.Common // of the present resource
	commons  compact.Shared[model.Common]
	versions compact.Shared[model.Versions]
	extras   compact.Chunks[model.ResourceExtra]
}

func newBuilder() *builder {
	return &builder{e: new(values), words: compact.NewTexts()}
}

// use makes x the present entry.
func (b *builder) use(x *entry) { b.e, b.columnsAt = &x.values, x.columns }

// resource fills r from the captured entry.
func (b *builder) resource(l *jsonwindow.Lexer, id string, kind model.Kind, r *model.Resource) {
	e := b.e
	r.ID, r.Kind = id, kind
	r.Name = b.name(id, l.Text(e[fName]))
	r.Tags = b.tags(l)
	r.DependsOn = b.parents(l)
	r.VersionText = l.FirstByte(e[fVersion]) == '"'
	r.Checksum = b.checksum(l)
	identifier := fAlias
	if kind == model.KindSource {
		identifier = fIdentifier
		r.Path = b.words.Intern(slashed(l.Text(e[fOriginalPath]))) // one YAML file holds many sources
		r.ExternalLocation = b.externalLocation(l)
		r.ChecksFreshness = b.checksFreshness(l)
	} else {
		r.Path = b.texts.Text(slashed(l.Text(e[fOriginalPath])))
		r.External = kind <= model.KindSnapshot && b.external(l)
	}
	extra := b.extra(l, kind, r)
	b.common = b.commonOf(l, id, kind)
	r.Common = &b.common // until it is complete
	if extra.Identifier = b.shared(id, l.Text(e[identifier])); extra.Identifier == "" && r.HasRelation() {
		extra.Identifier = defaultIdentifier(r.Name, b.word(l, fVersion))
	}
	b.relation(l.Text(e[fRelation]), &extra)
	if r.NamesRelation = extra.Identifier == r.Name; r.NamesRelation {
		extra.Identifier = ""
	}
	r.Common, r.Extra = b.commons.Of(b.common), b.keep(&extra)
}

// commonOf is what resources of a folder have in common, but for how dbt renders relations.
func (b *builder) commonOf(l *jsonwindow.Lexer, id string, kind model.Kind) model.Common {
	c := model.Common{
		Package: b.pkg(l, id), Database: b.word(l, fDatabase), Schema: b.word(l, fSchema), Materialized: b.word(l, cMaterialized),
		ConfigSchema: b.word(l, cSchema), Access: b.either(l, fAccess, cAccess), Group: b.either(l, fGroup, cGroup),
	}
	if kind == model.KindSource {
		c.SourceName = b.word(l, fSourceName)
	}
	return c
}

// extra is what only some resources have; the pointer to the latest version goes into r.
func (b *builder) extra(l *jsonwindow.Lexer, kind model.Kind, r *model.Resource) model.ResourceExtra {
	x := model.ResourceExtra{
		Description: b.texts.Text(l.Text(b.e[fDescription])),
	}
	v := model.Versions{This: b.word(l, fVersion), Latest: b.word(l, fLatestVersion)}
	r.LatestPointer, v.PointerAlias = b.pointer(l)
	if kind <= model.KindSource {
		x.Columns = b.columns(l)
	}
	if date := l.Text(b.e[fDeprecation]); len(date) > 0 {
		v.Deprecation = artifact.TimeOf(string(date))
	}
	x.Versions = b.versions.Of(v)
	return x
}

// keep gives what only some resources have a place of its own, if there is anything.
func (b *builder) keep(x *model.ResourceExtra) *model.ResourceExtra {
	if x.Empty() {
		return nil
	}
	kept := b.extras.Add()
	*kept = *x
	return kept
}

// checksFreshness reports a source that `dbt source freshness` judges: one that has a time
// to warn or to fail after. Where there is none, dbt writes both with a count of null.
func (b *builder) checksFreshness(l *jsonwindow.Lexer) bool {
	for _, f := range [...]field{fFreshness, cFreshness} {
		var after [2]jsonwindow.Span
		if l.FirstByte(b.e[f]) == '{' {
			l.Inside(b.e[f], func() { l.Pick(after[:], "warn_after", "error_after") })
		}
		for _, v := range after {
			var count [1]jsonwindow.Span
			if l.FirstByte(v) == '{' {
				l.Inside(v, func() { l.Pick(count[:], "count") })
			}
			if c := l.FirstByte(count[0]); '0' <= c && c <= '9' {
				return true
			}
		}
	}
	return false
}

// checksum is the beginning of a sha256; of a large seed dbt has only the path.
func (b *builder) checksum(l *jsonwindow.Lexer) uint64 {
	var picked [2]jsonwindow.Span
	v := b.e[fChecksum]
	if l.FirstByte(v) != '{' {
		return 0
	}
	l.Inside(v, func() { l.Pick(picked[:], "name", "checksum") })
	if l.FirstByte(picked[0]) != '"' || l.FirstByte(picked[1]) != '"' || !bytes.EqualFold(l.Text(picked[0]), []byte("sha256")) {
		return 0
	}
	var sum [sha256.Size]byte
	text := l.Text(picked[1])
	if len(text) != hex.EncodedLen(len(sum)) {
		return 0
	}
	if _, err := hex.Decode(sum[:], text); err != nil {
		return 0
	}
	return binary.BigEndian.Uint64(sum[:])
}

// test fills t from the captured entry.
func (b *builder) test(l *jsonwindow.Lexer, id string, t *model.Test) {
	t.ID = id
	t.Name = b.name(id, l.Text(b.e[fName]))
	t.DependsOn = b.parents(l)
	attached := l.Text(b.e[fAttachedNode])
	same := func(id string) bool { return id == string(attached) }
	if len(attached) > 0 && !slices.ContainsFunc(t.DependsOn, same) {
		t.DependsOn = append(t.DependsOn, b.words.Intern(attached))
	}
}

// word is the value of a field that repeats, often the one of the previous entry.
func (b *builder) word(l *jsonwindow.Lexer, f field) string {
	text := l.Text(b.e[f])
	if b.last[f] != string(text) {
		b.last[f] = b.words.Intern(text)
	}
	return b.last[f]
}

func (b *builder) either(l *jsonwindow.Lexer, f, g field) string {
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
func (b *builder) pkg(l *jsonwindow.Lexer, id string) string {
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
	return b.texts.Text(text)
}

// tags joins those of the node and of its config, each a list or one text.
func (b *builder) tags(l *jsonwindow.Lexer) []string {
	b.list = b.list[:0]
	add := func(text []byte) { b.list = append(b.list, b.words.Intern(text)) }
	l.Each(b.e[fTags], add)
	l.Each(b.e[cTags], add)
	if len(b.list) > 1 {
		slices.Sort(b.list)
		b.list = slices.Compact(b.list)
	}
	return b.lists.Copy(b.list)
}

// parents are the unique_ids of depends_on.nodes.
func (b *builder) parents(l *jsonwindow.Lexer) []string {
	b.ids = l.Texts(b.ids[:0], b.e[fParents])
	b.list = b.words.InternAll(b.list[:0], b.ids)
	return b.lists.Copy(b.list)
}

// pointer reads config.latest_version_pointer (dbt 1.12+): an object, or a plain
// boolean. Only an explicit true counts: the default is a project flag that the
// manifest does not have.
func (b *builder) pointer(l *jsonwindow.Lexer) (enabled bool, alias string) {
	v := b.e[cPointer]
	if l.FirstByte(v) != '{' {
		return l.Truth(v, false), ""
	}
	artifact.Object(l.Valid(v), func(key string, value gjson.Result) {
		switch key {
		case "enabled":
			enabled = value.Type == gjson.True
		case "alias":
			alias = artifact.Scalar(value)
		}
	})
	return enabled, alias
}

// slashed replaces the backslashes of a manifest made on Windows (sources/dbt/ARTIFACTS.md#reading-with-care).
func slashed(b []byte) []byte {
	if bytes.IndexByte(b, '\\') < 0 {
		return b
	}
	return bytes.ReplaceAll(b, []byte(`\`), []byte("/"))
}
