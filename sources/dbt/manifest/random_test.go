package manifest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"darkroom/sources/dbt/dbttest"
)

// TestRandomShapes compares with encoding/json on manifests with the right keys in
// every wrong shape: twice, null, missing, as list, text or number, escaped, spaced
// out, in any order. An error is fine if windows of every size agree on it.
func TestRandomShapes(t *testing.T) {
	loaded := 0
	for seed := range uint64(500) {
		r := randomJSON{rand.New(rand.NewPCG(seed, 9))}
		text := []byte(r.manifest())
		got, err := read(text, 4096)
		small, errSmall := read(text, 64)
		if err != nil {
			if errSmall == nil || errSmall.Error() != err.Error() {
				t.Fatalf("seed %d: window 64: %v, window 4096: %v", seed, errSmall, err)
			}
			continue
		}
		dbttest.Same(t, got, small)
		loaded++
		agree(t, text, got, true)
	}
	if loaded < 200 {
		t.Errorf("only %d of 500 load", loaded)
	}
}

type randomJSON struct{ *rand.Rand }

func (r randomJSON) of(list ...string) string { return list[r.IntN(len(list))] }

func (r randomJSON) space() string { return r.of("", "", "", " ", "\n  ", "\t") }

// text is a JSON string, sometimes with escapes in places where none are needed.
func (r randomJSON) text(s string) string {
	if r.IntN(12) > 0 {
		return `"` + s + `"`
	}
	var b strings.Builder
	for _, c := range s {
		fmt.Fprintf(&b, `\u%04x`, c)
	}
	return `"` + b.String() + `"`
}

func (r randomJSON) object(members ...string) string {
	r.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return "{" + r.space() + strings.Join(members, r.space()+","+r.space()) + r.space() + "}"
}

func (r randomJSON) member(key, value string) string {
	return r.text(key) + r.space() + ":" + r.space() + value
}

func (r randomJSON) id() string {
	return r.of("model", "seed", "snapshot", "source", "test", "exposure", "metric", "analysis", "x") + r.of(".s.", ".p.", ".") + r.of("a", "b", "c.v2", "d.e", "")
}

func (r randomJSON) scalar() string {
	return r.of(`"a"`, `"b"`, `""`, `"x\"y\\"`, `"\\\\"`, `"caf\u00e9 \ud83d\ude00 \ud800"`, `"models\\a\\b.sql"`, `"s://m/x.yml"`, `"read_csv('x')"`, `"'x'"`, "null", "5", "-1.5e3", "true", "false", r.text("plain"))
}

func (r randomJSON) list() string {
	switch r.IntN(8) {
	case 0:
		return r.scalar()
	case 1:
		return "[]"
	}
	var items []string
	for range 1 + r.IntN(3) {
		items = append(items, r.scalar())
	}
	return "[" + r.space() + strings.Join(items, ","+r.space()) + r.space() + "]"
}

// any is a value that the reader should ignore, or that is in the wrong place.
func (r randomJSON) any() string {
	return r.of(r.scalar(), r.list(), `{"name": "decoy", "tags": ["decoy"]}`, `[[{"}": "]"}], "\\\""]`, `{}`, `"select \"x\" from \\\"y\\\"\n"`)
}

func (r randomJSON) meta() string {
	luid := r.member("luid", r.scalar())
	return r.of("null", "{}", r.object(luid), r.object(r.member("tableau", r.object(luid, r.member("managed_by", r.scalar())))), r.object(r.member("external_location", r.scalar())))
}

func (r randomJSON) fields(words []string, value func() string) []string {
	var out []string
	for range r.IntN(7) {
		out = append(out, r.member(words[r.IntN(len(words))], value()))
	}
	return out
}

func (r randomJSON) node() string {
	if r.IntN(60) == 0 {
		return r.any()
	}
	config := r.fields([]string{"enabled", "materialized", "schema", "access", "group", "severity", "external_location"}, r.scalar)
	config = append(config, r.member("tags", r.list()), r.member("x", r.any()), r.member("meta", r.meta()))
	config = append(config, r.member("latest_version_pointer", r.of("null", "true", "{}", `{"enabled": true}`, `{"alias": "z", "enabled": false}`)))
	fields := r.fields([]string{
		"unique_id", "name", "package_name", "database", "schema", "alias", "identifier", "relation_name", "source_name", "original_file_path", "path",
		"patch_path", "description", "version", "latest_version", "access", "group", "attached_node", "label", "type", "url", "maturity",
	}, r.scalar)
	fields = append(fields, r.member("deprecation_date", r.of("null", `"2024-02-29"`, `"1999-01-01T00:00:00+00:00"`, `"2027-01-01T00:00:00.5+02:00"`, "7")))
	freshness := r.of("null", "[]", "{}", `{"warn_after": {"count": 3}}`, `{"error_after": {"count": 0, "period": "day"}, "warn_after": null}`, `{"warn_after": {"count": null}, "error_after": {"count": {}}}`, `{"warn_after": [1]}`)
	fields = append(fields, r.member("freshness", freshness))
	config = append(config, r.member("freshness", freshness))
	sum := strings.Repeat("a7", 32)
	fields = append(fields, r.member("checksum", r.of("null", "3", "[]", `{"name": "sha256", "checksum": {}}`, `{"name": "sha256", "checksum": "`+sum+`"}`,
		`{"checksum": "`+sum+`", "name": "SHA256"}`, `{"name": "sha256", "checksum": "x"}`, `{"name": "path", "checksum": "`+sum+`"}`)))
	fields = append(fields, r.fields([]string{"columns", "raw_code", "macros", "y"}, r.any)...)
	fields = append(fields, r.fields([]string{"tags", "fqn"}, r.list)...)
	for range r.IntN(3) {
		fields = append(fields, r.member("config", r.of("null", r.object(config...))), r.member("meta", r.meta()))
		fields = append(fields, r.member("depends_on", r.of("null", r.object(r.member("nodes", r.list()), r.member("macros", r.any())))))
		fields = append(fields, r.member("owner", r.of("null", "{}", r.object(r.member("name", r.scalar()), r.member("email", r.list())))))
	}
	if r.IntN(3) > 0 {
		fields = append(fields, r.member("resource_type", r.of(`"model"`, `"source"`, `"test"`, `"exposure"`, `"seed"`, `"macro"`, "null")))
	}
	return r.object(fields...)
}

// nodes is a section. Its ids end in its name: in dbt two sections never share one.
func (r randomJSON) nodes(section string, one func() string) string {
	var out []string
	for range r.IntN(4) {
		out = append(out, r.member(r.id()+section, one()))
	}
	return r.object(out...)
}

func (r randomJSON) manifest() string {
	nodeList := func() string { return "[" + r.node() + "," + r.node() + "]" }
	root := []string{
		r.member("nodes", r.nodes("nodes", r.node)),
		r.member("macros", r.any()), r.member("child_map", r.any()),
		r.member("metadata", r.of("null", "{}", `{"dbt_version": "1.9", "dbt_version": "1.10", "adapter_type": "X"}`)),
		r.member("groups", r.nodes("", func() string { return r.object(r.member("name", r.text(r.of("", "g", "h")))) })),
		r.member("parent_map", r.nodes("nodes", r.list)),
	}
	for range 1 + r.IntN(4) {
		section := r.of("nodes", "sources", "exposures", "metrics", "semantic_models", "saved_queries")
		root = append(root, r.member(section, r.of("null", r.nodes(section, r.node))))
		root = append(root, r.member("disabled", r.of("null", nodeList(), r.nodes("", nodeList), r.nodes("", r.node))))
	}
	return r.object(root...)
}
