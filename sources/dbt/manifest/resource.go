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
	e     *entry
	words *compact.Texts // those that come again
	texts compact.Arena  // the others
	lists compact.Lists
	list  []string // scratch
	last  [fieldCount]string

	cols      []model.Column // scratch
	colAt     numbered[columnPlace]
	described int32 // entries with columns so far

	columnKeys *jsonwindow.Usual
}

func newBuilder() *builder {
	return &builder{e: new(entry), words: compact.NewTexts(), columnKeys: jsonwindow.NewUsual(columnFieldOf)}
}

// resource fills r from the captured entry.
func (b *builder) resource(l *jsonwindow.Lexer, id string, kind model.Kind, r *model.Resource) {
	e := b.e
	r.ID, r.Kind = id, kind
	r.Name = b.name(id, l.Text(e[fName]))
	r.Package = b.pkg(l, id)
	r.Database, r.Schema = b.word(l, fDatabase), b.word(l, fSchema)
	r.RelationName = b.texts.Text(l.Text(e[fRelation]))
	r.Description = b.texts.Text(l.Text(e[fDescription]))
	r.PatchPath = b.words.Intern(slashed(withoutScheme(l.Text(e[fPatchPath]))))
	r.Materialized, r.ConfigSchema = b.word(l, cMaterialized), b.word(l, cSchema)
	r.Access = b.either(l, fAccess, cAccess)
	r.Group = b.either(l, fGroup, cGroup)
	r.Tags = b.tags(l)
	r.DependsOn = b.parents(l)
	r.Version, r.LatestVersion = b.word(l, fVersion), b.word(l, fLatestVersion)
	r.VersionText = l.FirstByte(e[fVersion]) == '"'
	b.pointer(l, r)
	if kind <= model.KindSource {
		r.Columns = b.columns(l)
	}
	r.Checksum = b.checksum(l)
	if date := l.Text(e[fDeprecation]); len(date) > 0 {
		r.Deprecation = artifact.TimeOf(string(date))
	}

	identifier := fAlias
	if kind == model.KindSource {
		identifier = fIdentifier
		r.Path = b.words.Intern(slashed(l.Text(e[fOriginalPath]))) // one YAML file holds many sources
		r.SourceName = b.word(l, fSourceName)
		r.ExternalLocation = b.externalLocation(l)
		r.ChecksFreshness = b.checksFreshness(l)
	} else {
		r.Path = b.texts.Text(slashed(l.Text(e[fOriginalPath])))
		r.External = kind <= model.KindSnapshot && b.external(l)
	}
	r.Identifier = b.shared(id, l.Text(e[identifier]))
	if r.Identifier == "" && r.HasRelation() {
		r.Identifier = defaultIdentifier(r)
	}
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

// defaultIdentifier is dbt's own rule for a node without alias. Only hand-made
// manifests have such nodes (sources/dbt/ARTIFACTS.md#refs-and-versions).
func defaultIdentifier(r *model.Resource) string {
	if r.Version == "" {
		return r.Name
	}
	return r.Name + "_v" + strings.ReplaceAll(r.Version, ".", "_")
}

// test fills t from the captured entry.
func (b *builder) test(l *jsonwindow.Lexer, id string, t *model.Test) {
	t.ID = id
	t.Name = b.name(id, l.Text(b.e[fName]))
	t.Severity = b.severity(l)
	t.DependsOn = b.parents(l)
	attached := l.Text(b.e[fAttachedNode])
	same := func(id string) bool { return id == string(attached) }
	if len(attached) > 0 && !slices.ContainsFunc(t.DependsOn, same) {
		t.DependsOn = append(t.DependsOn, b.words.Intern(attached))
	}
}

func (b *builder) severity(l *jsonwindow.Lexer) string {
	switch word := l.Text(b.e[cSeverity]); {
	case bytes.EqualFold(word, []byte("error")):
		return "error"
	case bytes.EqualFold(word, []byte("warn")):
		return "warn"
	default:
		return strings.ToLower(b.words.Intern(word))
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
	b.list = b.list[:0]
	l.Each(b.e[fParents], func(text []byte) { b.list = append(b.list, b.words.Intern(text)) })
	return b.lists.Copy(b.list)
}

// pointer reads config.latest_version_pointer (dbt 1.12+): an object, or a plain
// boolean. Only an explicit true counts: the default is a project flag that the
// manifest does not have.
func (b *builder) pointer(l *jsonwindow.Lexer, r *model.Resource) {
	v := b.e[cPointer]
	if l.FirstByte(v) != '{' {
		r.LatestPointer = l.Truth(v, false)
		return
	}
	artifact.Object(l.Valid(v), func(key string, value gjson.Result) {
		switch key {
		case "enabled":
			r.LatestPointer = value.Type == gjson.True
		case "alias":
			r.LatestPointerAlias = artifact.Scalar(value)
		}
	})
}

// external reports the stub of another project's node: it has paths, and they are
// empty texts (sources/dbt/ARTIFACTS.md#relation-names). Where they are missing nothing is known.
func (b *builder) external(l *jsonwindow.Lexer) bool {
	empty := false
	for _, f := range [...]field{fOriginalPath, fPath} {
		v := b.e[f]
		if len(l.Text(v)) > 0 {
			return false
		}
		empty = empty || l.FirstByte(v) == '"'
	}
	return empty
}

// externalLocation reports a dbt-duckdb source that reads files: it says so in
// its config or meta, or its relation is a call or a quoted path instead of a name
// (sources/dbt/ARTIFACTS.md#relation-names).
func (b *builder) externalLocation(l *jsonwindow.Lexer) bool {
	if len(l.Text(b.e[cExternalLocation])) > 0 {
		return true
	}
	for _, f := range [...]field{cMeta, fMeta, fSourceMeta} {
		found := false
		if v := b.e[f]; v.Len() <= 2 {
			continue // absent or {}
		}
		artifact.Object(l.Valid(b.e[f]), func(key string, value gjson.Result) {
			found = found || key == "external_location" && artifact.Scalar(value) != ""
		})
		if found {
			return true
		}
	}
	relation := l.Text(b.e[fRelation])
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

// slashed replaces the backslashes of a manifest made on Windows (sources/dbt/ARTIFACTS.md#reading-with-care).
func slashed(b []byte) []byte {
	if bytes.IndexByte(b, '\\') < 0 {
		return b
	}
	return bytes.ReplaceAll(b, []byte(`\`), []byte("/"))
}
