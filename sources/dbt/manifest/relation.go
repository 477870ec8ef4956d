package manifest

import (
	"bytes"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/dbt/artifact"
	"darkroom/sources/dbt/jsonwindow"
)

// relation keeps dbt's rendering of a relation: usually resources of one schema differ
// in the identifier alone.
func (b *builder) relation(rendered []byte, x *model.ResourceExtra) {
	before, after, found := cutLast(rendered, x.Identifier)
	if !found || len(before)+len(after) == 0 {
		x.RelationName = b.texts.Text(rendered)
		return
	}
	b.common.Rendered = [2]string{b.words.Intern(before), b.words.Intern(after)}
}

// cutLast cuts b around the last place where it has the text.
func cutLast(b []byte, text string) (before, after []byte, found bool) {
	at := bytes.LastIndex(b, []byte(text))
	if at < 0 || text == "" {
		return nil, nil, false
	}
	return b[:at], b[at+len(text):], true
}

// defaultIdentifier is dbt's own rule for a node without alias. Only hand-made
// manifests have such nodes (sources/dbt/ARTIFACTS.md#refs-and-versions).
func defaultIdentifier(name, version string) string {
	if version == "" {
		return name
	}
	return name + "_v" + strings.ReplaceAll(version, ".", "_")
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
