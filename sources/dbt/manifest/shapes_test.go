package manifest

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/sources/dbt/dbttest"
	"darkroom/sources/dbt/jsonwindow"
)

// load is for manifests that must load, also through a small window.
func load(t *testing.T, text string) *model.Project {
	t.Helper()
	p, err := read([]byte(text), 64)
	if err != nil {
		t.Fatal(err)
	}
	big, err := read([]byte(text), jsonwindow.DefaultSize)
	if err != nil {
		t.Fatal(err)
	}
	dbttest.Same(t, big, p)
	return p
}

func ids(list []model.Resource) string {
	var out []string
	for _, r := range list {
		out = append(out, r.ID+"="+r.Name)
	}
	return strings.Join(out, " ")
}

func TestDuplicateKeys(t *testing.T) {
	tests := []struct{ name, in, resources, disabled string }{
		{"entry", `{"nodes": {"model.s.a": {"name": "one"}, "model.s.b": {"name": "b"}, "model.s.a": {"name": "two"}}}`, "model.s.b=b model.s.a=two", ""},
		{"entry becomes a test", `{"nodes": {"model.s.a": {"name": "one"}, "model.s.a": {"resource_type": "test"}}}`, "", ""},
		{"field", `{"nodes": {"model.s.a": {"name": "one", "name": "two"}}}`, "model.s.a=two", ""},
		{"field becomes null", `{"nodes": {"model.s.a": {"name": "one", "name": null}}}`, "model.s.a=a", ""},
		{"section", `{"nodes": {"model.s.a": {"name": "one"}}, "sources": {}, "nodes": {"model.s.b": {"name": "two"}}}`, "model.s.b=two", ""},
		{"same section twice the same", `{"nodes": {"model.s.a": {}}, "nodes": {"model.s.a": {}}}`, "model.s.a=a", ""},
		{"escaped key", `{"nodes": {"model.s.a": {"name": "one"}, "model.s.\u0061": {"n\u0061me": "two"}}}`, "model.s.a=two", ""},
		{"disabled id", `{"nodes": {}, "disabled": {"model.s.a": [{"name": "one"}], "model.s.a": [{"name": "two"}, {"name": "three"}]}}`, "", "model.s.a=two model.s.a=three"},
		{"disabled section", `{"nodes": {}, "disabled": {"model.s.a": [{"name": "one"}]}, "disabled": {"model.s.b": [{"name": "two"}]}}`, "", "model.s.b=two"},
		{"disabled and not", `{"nodes": {"model.s.a": {"name": "on"}}, "disabled": {"model.s.a": [{"name": "off"}]}}`, "model.s.a=on", "model.s.a=off"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := load(t, tt.in)
			dbttest.Same(t, tt.resources, ids(p.Resources))
			dbttest.Same(t, tt.disabled, ids(p.Disabled))
			agree(t, []byte(tt.in), p, false)
		})
	}
	p := load(t, `{"nodes": {"model.s.a": {"config": {"materialized": "view", "tags": ["x"]}, "config": {"schema": "m"}, "depends_on": {"nodes": ["model.s.b"]}, "depends_on": {"macros": []}}}}`)
	dbttest.Same(t, model.Resource{ID: "model.s.a", Kind: model.KindModel, Name: "a", Common: &model.Common{Package: "s", ConfigSchema: "m"}, NamesRelation: true}, p.Resources[0])
}

// A function is a node that lineage passes through; in dbt 1.11 they have a section.
func TestFunctions(t *testing.T) {
	p := load(t, `{"nodes": {"model.s.a": {"depends_on": {"nodes": ["function.s.f"]}}},
		"functions": {"function.s.f": {"name": "f", "depends_on": {"nodes": ["source.s.raw.t"]}}}}`)
	f := p.Resources[1]
	if f.Kind != model.KindFunction || f.HasRelation() || len(f.DependsOn) != 1 || p.Resources[0].DependsOn[0] != f.ID {
		t.Errorf("%+v", p.Resources)
	}
}

func TestShapes(t *testing.T) {
	one := func(fields string) *model.Resource {
		return &load(t, `{"nodes": {"model.s.a": {`+fields+`}}}`).Resources[0]
	}
	source := func(fields string) *model.Resource {
		return &load(t, `{"nodes": {}, "sources": {"source.s.raw.t": {`+fields+`}}}`).Resources[0]
	}
	exposure := func(fields string) model.Exposure {
		return load(t, `{"nodes": {}, "exposures": {"exposure.s.e": {`+fields+`}}}`).Exposures[0]
	}
	tests := []struct {
		name      string
		got, want any
	}{
		{
			"all null", one(`"name": null, "config": null, "depends_on": null, "tags": null, "fqn": null, "version": null, "original_file_path": null`),
			&model.Resource{ID: "model.s.a", Kind: model.KindModel, Name: "a", NamesRelation: true, Common: &model.Common{Package: "s"}},
		},
		{"all missing", one(``), one(`"name": null`)},
		{"parents null", one(`"depends_on": {"nodes": null}`).DependsOn, []string(nil)},
		{"null among tags", one(`"tags": ["b", null, "a", "b", ""]`).Tags, []string{"a", "b"}},
		{"number as tag", one(`"config": {"tags": [2024, true]}`).Tags, []string{"2024", "true"}},
		{"tag alone", one(`"tags": "x", "config": {"tags": "y"}`).Tags, []string{"x", "y"}},
		{"version int", one(`"version": 2`).Version(), "2"},
		{"version float", one(`"version": 2.0`).Version(), "2.0"},
		{"version exponent", one(`"version": 1e3`).Version(), "1e3"},
		{"version text", one(`"version": "2"`).VersionText, true},
		{"version number", one(`"version": 2`).VersionText, false},
		{"identifier of a version", one(`"version": 2`).Identifier(), "a_v2"},
		{"access in config", one(`"config": {"access": "public", "group": "g"}`).Access(), "public"},
		{"access before config", one(`"access": "private", "config": {"access": "public"}`).Access(), "private"},
		{"windows path", one(`"original_file_path": "models\\x\\a.sql"`).Path, "models/x/a.sql"},
		{"pointer as boolean", one(`"config": {"latest_version_pointer": true}`).LatestPointer, true},
		{"pointer off", one(`"config": {"latest_version_pointer": {"enabled": false}}`).LatestPointer, false},
		{"pointer unset", one(`"config": {"latest_version_pointer": {"alias": "x", "enabled": null}}`).LatestPointer, false},
		{"deprecated", one(`"deprecation_date": "1999-01-01T00:00:00+02:00"`).Deprecation(), time.Date(1998, 12, 31, 22, 0, 0, 0, time.UTC)},
		{"deprecated by a day", one(`"deprecation_date": "2027-01-01"`).Deprecation(), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)},
		{"never deprecated", one(`"deprecation_date": null`).Deprecation(), time.Time{}},
		{"external", one(`"path": "", "original_file_path": ""`).External, true},
		{"paths missing", one(`"name": "a"`).External, false},
		{"only one path", one(`"path": "", "original_file_path": "a.sql"`).External, false},
		{"nul", one(`"description": "a\u0000b"`).Description(), "a\x00b"},
		{"raw nul", one("\"description\": \"a\x00b\"").Description(), "a\x00b"},
		{"surrogates", one(`"description": "\ud83d\ude00\ud83d\u0041\ude00"`).Description(), "😀\uFFFDA\uFFFD"},
		{"slash", one(`"description": "\/\b\f\n\r\t\\\""`).Description(), "/\b\f\n\r\t\\\""},
		{"broken utf-8", one("\"description\": \"a\xff\xfeb\"").Description(), "a\uFFFD\uFFFDb"},
		{"long text", len(one(`"description": "` + strings.Repeat("x", 100000) + `"`).Description()), 100000},
		{"type beats id", one(`"resource_type": "snapshot"`).Kind, model.KindSnapshot},
		{"kind from the id", load(t, `{"nodes": {"seed.s.x": {}}}`).Resources[0].Kind, model.KindSeed},
		{"kind from the section", load(t, `{"nodes": {}, "metrics": {"m": {}}}`).Resources[0].Kind, model.KindMetric},
		{"windows path of a source", source(`"original_file_path": "m\\s.yml", "source_name": "a\"b", "config": {"external_location": "x\ny"}`).Path, "m/s.yml"},
		{"source with freshness", source(`"freshness": {"warn_after": {"count": 2, "period": "day"}}`).ChecksFreshness, true},
		{"source with freshness in config", source(`"config": {"freshness": {"error_after": {"count": 0, "period": "day"}}}`).ChecksFreshness, true},
		{"source without freshness", source(`"freshness": {"warn_after": {"count": null, "period": null}, "error_after": {"count": null}}`).ChecksFreshness, false},
		{"source with odd freshness", source(`"freshness": {"warn_after": {"count": {}}, "error_after": [1]}`).ChecksFreshness, false},
		{"source in files by config", source(`"config": {"external_location": "x.csv"}`).ExternalLocation, true},
		{"source in files by meta", source(`"meta": {"external_location": "x.csv"}`).ExternalLocation, true},
		{"source in files by source_meta", source(`"source_meta": {"external_location": "x.csv"}`).ExternalLocation, true},
		{"source with a call", source(`"relation_name": "read_parquet(['a', 'b'])"`).ExternalLocation, true},
		{"source with a bracket", source(`"relation_name": "db.s.t(x)"`).ExternalLocation, false},
		{"model with a call", one(`"relation_name": "read_csv('x')"`).ExternalLocation, false},
		{"owner missing", exposure(``), model.Exposure{ID: "exposure.s.e", Name: "e", Package: "s", Enabled: true}},
		{"owner null", exposure(`"owner": null`).OwnerEmails, []string(nil)},
		{"emails", exposure(`"owner": {"email": ["a", null, "b"]}`).OwnerEmails, []string{"a", "b"}},
		{"email", exposure(`"owner": {"email": "a"}`).OwnerEmails, []string{"a"}},
		{"refresh never", exposure(`"meta": {"refresh": "never"}`).Refresh, model.RefreshSetting{Never: true}},
		{"refresh after", exposure(`"meta": {"refresh": {"after": 60}}`).Refresh, model.RefreshSetting{HasAfter: true, After: 60}},
		{"refresh after, as text", exposure(`"meta": {"refresh": {"after": "60", "why": "x"}}`).Refresh, model.RefreshSetting{HasAfter: true, After: 60}},
		{"refresh in config first", exposure(`"meta": {"refresh": "never"}, "config": {"meta": {"refresh": {"after": 0}}}`).Refresh, model.RefreshSetting{HasAfter: true}},
		{"refresh that means something else", exposure(`"meta": {"refresh": "daily"}`).Refresh, model.RefreshSetting{Unknown: true}},
		{"refresh below nothing", exposure(`"meta": {"refresh": {"after": -1}}`).Refresh, model.RefreshSetting{Unknown: true}},
		{"refresh null", exposure(`"meta": {"refresh": null}`).Refresh, model.RefreshSetting{}},
		{"luid at the top", exposure(`"meta": {"luid": "AB"}`).LUID, "ab"},
		{"luid of tableau first", exposure(`"meta": {"a": {"luid": "1"}, "luid": "2", "tableau": {"luid": "3"}}`).LUID, "3"},
		{"tool of a luid", exposure(`"meta": {"lumen": {"luid": "1"}}`).ToolKey, "lumen"},
		{"no tool at the top", exposure(`"meta": {"luid": "1"}`).ToolKey, ""},
		{"what darkroom manages first", exposure(`"meta": {"a": {"luid": "1"}, "lumen": {"luid": "2", "managed_by": "darkroom"}}`).LUID, "2"},
		{"tool of what darkroom manages", exposure(`"meta": {"a": {"luid": "1"}, "lumen": {"luid": "2", "managed_by": "darkroom"}}`).ToolKey, "lumen"},
		{"key of what darkroom manages", exposure(`"meta": {"tableau": {"luid": "A", "key": "stage.example.com/acme/a", "managed_by": "darkroom"}}`).Dashboard, "stage.example.com/acme/a"},
		{"key in config first", exposure(`"meta": {"tableau": {"key": "x", "managed_by": "darkroom"}}, "config": {"meta": {"lumen": {"key": "y", "managed_by": "darkroom"}}}`).Dashboard, "y"},
		{"key of anything else", exposure(`"meta": {"tableau": {"luid": "A", "key": "x"}, "a": {"key": "y"}}`).Dashboard, ""},
		{"luid too deep", exposure(`"meta": {"a": {"b": {"luid": "1"}}}`).LUID, ""},
		{"luid as list", exposure(`"meta": {"luid": ["1"]}`).LUID, ""},
		{"config meta first", exposure(`"meta": {"luid": "1"}, "config": {"meta": {"luid": "2"}}`).LUID, "2"},
		{"meta is no object", exposure(`"meta": [], "config": {"meta": "x"}`).LUID, ""},
		{"exposure off", exposure(`"config": {"enabled": false}`).Enabled, false},
		{"disabled node without list", ids(load(t, `{"nodes": {}, "disabled": {"model.s.a": {"name": "x"}}}`).Disabled), "model.s.a=x"},
		{"disabled null", ids(load(t, `{"nodes": {}, "disabled": {"model.s.a": null, "model.s.b": [{}]}}`).Disabled), "model.s.b=b"},
		{"attached node is no second parent", load(t, `{"nodes": {"test.s.t": {"attached_node": "model.s.a", "depends_on": {"nodes": ["model.s.a"]}}}}`).Tests[0].DependsOn, []string{"model.s.a"}},
		{"nodes null", len(load(t, `{"nodes": null}`).Resources), 0},
		{"metadata null", load(t, `{"metadata": null, "nodes": {}}`).DbtVersion, ""},
		{"unknown sections", len(load(t, `{"x": 1, "y": "\\\"", "z": [[{}], "]"], "n": null, "nodes": {}, "t": true}`).Resources), 0},
		{"spread out", ids(load(t, "\ufeff\r\n{ \"nodes\"\t:\n{ \"model.s.a\" : { \"name\" : \"x\" } } }\n\n").Resources), "model.s.a=x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { dbttest.Same(t, tt.want, tt.got) })
	}
}

// TestParentMap: it is used only if no entry has parents of its own.
func TestParentMap(t *testing.T) {
	const maps = `"parent_map": {"model.s.b": ["model.s.a"], "test.s.t": ["model.s.b"], "exposure.s.e": ["model.s.b"], "model.s.a": []}`
	const nodes = `"nodes": {"model.s.a": {}, "model.s.b": {"depends_on": {"nodes": []}}, "test.s.t": {}}, "exposures": {"exposure.s.e": {}}`
	for _, text := range []string{"{" + maps + "," + nodes + "}", "{" + nodes + "," + maps + "}"} {
		p := load(t, text)
		dbttest.Same(t, []string{"model.s.a"}, p.Resources[1].DependsOn)
		dbttest.Same(t, []string{"model.s.b"}, p.Tests[0].DependsOn)
		dbttest.Same(t, []string{"model.s.b"}, p.Exposures[0].DependsOn)
	}
	const linked = `"nodes": {"model.s.a": {"depends_on": {"nodes": ["seed.s.x"]}}, "model.s.b": {}}`
	for _, text := range []string{"{" + maps + "," + linked + "}", "{" + linked + "," + maps + "}"} {
		p := load(t, text)
		dbttest.Same(t, []string{"seed.s.x"}, p.Resources[0].DependsOn)
		dbttest.Same(t, []string(nil), p.Resources[1].DependsOn)
	}
}

func TestProjectName(t *testing.T) {
	const md5OfShop = "fb54f3c5992b96d001bb16e8e92d968d"
	nodes := `"nodes": {"model.big.a": {}, "model.big.b": {}, "model.shop.c": {}, "model.shop.d": {}, "seed.seeds.x": {}, "seed.seeds.y": {}, "seed.seeds.z": {}}`
	tests := []struct{ metadata, want string }{
		{`{"project_name": "given"}`, "given"},
		{`{"project_id": "` + md5OfShop + `"}`, "shop"},
		{`{"project_id": "0"}`, "big"}, // as many as shop: the alphabet decides
		{`{"project_name": "given", "project_id": "` + md5OfShop + `"}`, "given"},
	}
	for _, tt := range tests {
		dbttest.Same(t, tt.want, load(t, `{"metadata": `+tt.metadata+`, `+nodes+`}`).Name)
	}
}

// TestNoSharedTails: lists come from common blocks, so one may not grow into the next.
func TestNoSharedTails(t *testing.T) {
	p := load(t, `{"nodes": {"model.s.a": {"tags": ["x"], "depends_on": {"nodes": ["model.s.b"]}}, "model.s.b": {"tags": ["y"]}}}`)
	_ = append(p.Resources[0].Tags, "z")
	_ = append(p.Resources[0].DependsOn, "z")
	dbttest.Same(t, []string{"y"}, p.Resources[1].Tags)
	dbttest.Same(t, []string{"model.s.b"}, p.Resources[0].DependsOn)
}

func TestGzipAndProgress(t *testing.T) {
	data := dbttest.Generate(9, 100)
	packed := dbttest.Gzipped(data)
	var calls int
	var last, total int64
	progress := func(read, all int64) {
		if read < last {
			t.Errorf("progress goes back from %d to %d", last, read)
		}
		calls, last, total = calls+1, read, all
	}
	p, _, err := Read(context.Background(), bytes.NewReader(packed), int64(len(packed)), "manifest.json", progress, jsonwindow.DefaultSize)
	if err != nil {
		t.Fatal(err)
	}
	want, err := read(data, jsonwindow.DefaultSize)
	if err != nil {
		t.Fatal(err)
	}
	dbttest.Same(t, want, p)
	dbttest.Same(t, fmt.Sprint(int64(len(packed)), int64(len(packed))), fmt.Sprint(last, total))
	if calls < 2 {
		t.Errorf("%d reports for %d windows", calls, len(data)/jsonwindow.DefaultSize)
	}
}
