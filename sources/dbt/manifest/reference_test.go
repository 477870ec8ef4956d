package manifest

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/modeltest"
	"darkroom/sources/dbt/artifact"
)

// reference builds a project the slow and obvious way, from encoding/json's maps.
// Of the loader it uses only timeOf.
func reference(data []byte, parentMap bool) (*model.Project, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var doc map[string]any
	if err := d.Decode(&doc); err != nil {
		return nil, err
	}
	meta := dict(doc["metadata"])
	p := &model.Project{
		File: "manifest.json", Name: str(meta["project_name"]), Adapter: strings.ToLower(str(meta["adapter_type"])),
		DbtVersion: str(meta["dbt_version"]), SchemaVersion: str(meta["dbt_schema_version"]), GeneratedAt: artifact.TimeOf(str(meta["generated_at"])),
	}
	fallback := map[string]string{"sources": "source", "exposures": "exposure", "metrics": "metric", "semantic_models": "semantic_model", "saved_queries": "saved_query", "functions": "function"}
	for _, section := range []string{"nodes", "sources", "exposures", "metrics", "semantic_models", "saved_queries", "functions"} {
		entries := dict(doc[section])
		for _, id := range slices.Sorted(maps.Keys(entries)) {
			if id != "" {
				refAdd(p, id, fallback[section], dict(entries[id]), true)
			}
		}
	}
	refDisabled(p, doc["disabled"])
	if parentMap {
		refLinks(p, dict(doc["parent_map"]))
	}
	return p, nil
}

// agree fails unless the loaded project equals the reference. If keys occur twice,
// the parents in parent_map may be left out: the loader must decide whether it needs
// them before it knows that a linked entry is replaced by one without links.
func agree(t *testing.T, data []byte, got *model.Project, twice bool) {
	t.Helper()
	byID(got)
	var diff string
	for _, parentMap := range []bool{true, false} {
		want, err := reference(data, parentMap)
		if err != nil {
			t.Fatalf("loads, but encoding/json says %v\n%s", err, data)
		}
		if want.Name == "" {
			want.Name = got.Name // TestProjectName has the rules
		}
		if reflect.DeepEqual(byID(want), got) {
			return
		}
		if diff == "" {
			diff = gocmp.Diff(want, got)
		}
		if !twice {
			break
		}
	}
	t.Fatalf("(-want +got)\n%s\n%s", diff, data)
}

func refDisabled(p *model.Project, v any) {
	list, _ := v.([]any)
	for _, n := range list {
		if id := str(dict(n)["unique_id"]); id != "" {
			refAdd(p, id, "", dict(n), false)
		}
	}
	entries := dict(v)
	for _, id := range slices.Sorted(maps.Keys(entries)) {
		list, isList := entries[id].([]any)
		if !isList && entries[id] != nil {
			list = []any{entries[id]}
		}
		for _, n := range list {
			if id != "" {
				refAdd(p, id, "", dict(n), false)
			}
		}
	}
}

func refLinks(p *model.Project, parents map[string]any) {
	for _, r := range p.Resources {
		if r.DependsOn != nil {
			return
		}
	}
	for _, t := range p.Tests {
		if t.DependsOn != nil {
			return
		}
	}
	for _, x := range p.Exposures {
		if x.DependsOn != nil {
			return
		}
	}
	for i := range p.Resources {
		p.Resources[i].DependsOn = strs(parents[p.Resources[i].ID])
	}
	for i := range p.Tests {
		p.Tests[i].DependsOn = strs(parents[p.Tests[i].ID])
	}
	for i := range p.Exposures {
		p.Exposures[i].DependsOn = strs(parents[p.Exposures[i].ID])
	}
}

func refAdd(p *model.Project, id, kind string, n map[string]any, enabled bool) {
	if s := str(n["resource_type"]); s != "" {
		kind = s
	} else if kind == "" {
		kind, _, _ = strings.Cut(id, ".")
	}
	config := dict(n["config"])
	parents := strs(dict(n["depends_on"])["nodes"])
	name := first(str(n["name"]), id[strings.LastIndexByte(id, '.')+1:])
	k := model.KindOf(kind)
	pkg := str(n["package_name"])
	if parts := strings.Split(id, "."); pkg == "" && len(parts) > 2 {
		pkg = parts[1]
	}
	path := strings.ReplaceAll(str(n["original_file_path"]), `\`, "/")
	tags := slices.Concat(strs(n["tags"]), strs(config["tags"]))
	slices.Sort(tags)
	if tags = slices.Compact(tags); len(tags) == 0 {
		tags = nil
	}
	switch {
	case kind == "test" && enabled:
		if a := str(n["attached_node"]); a != "" && !slices.Contains(parents, a) {
			parents = append(parents, a)
		}
		p.Tests = append(p.Tests, model.Test{ID: id, Name: name, DependsOn: parents})
	case k == model.KindExposure:
		owner := dict(n["owner"])
		key, luid, by := refTool(dict(config["meta"]))
		key2, luid2, by2 := refTool(dict(n["meta"]))
		on, isBool := config["enabled"].(bool)
		p.Exposures = append(p.Exposures, model.Exposure{
			ID: id, Name: name, Package: pkg, Label: str(n["label"]), Type: str(n["type"]),
			OwnerName: str(owner["name"]), OwnerEmails: strs(owner["email"]), URL: str(n["url"]), Maturity: str(n["maturity"]),
			Description: str(n["description"]), Path: path, Tags: tags, DependsOn: parents,
			Enabled: enabled && (on || !isBool), ToolKey: first(key, key2), LUID: first(luid, luid2), ManagedBy: first(by, by2),
		})
	case k != model.KindUnknown && (enabled || k <= model.KindSource):
		r := refResource(n, config)
		if modeltest.Common(&r).Package = pkg; k > model.KindSource {
			modeltest.Extra(&r).Columns = nil
		}
		r.ID, r.Kind, r.Name, r.Path, r.Tags, r.DependsOn = id, k, name, path, tags, parents
		refRelation(&r, n, config)
		if enabled {
			p.Resources = append(p.Resources, r)
		} else {
			p.Disabled = append(p.Disabled, r)
		}
	}
}

func refResource(n, config map[string]any) model.Resource {
	r := model.Resource{
		Common: &model.Common{
			Database: str(n["database"]), Schema: str(n["schema"]), Materialized: str(config["materialized"]), ConfigSchema: str(config["schema"]),
			Access: first(str(n["access"]), str(config["access"])), Group: first(str(n["group"]), str(config["group"])),
		},
		Extra: &model.ResourceExtra{
			RelationName: str(n["relation_name"]), Description: str(n["description"]),
		},
	}
	versions := model.Versions{This: str(n["version"]), Latest: str(n["latest_version"])}
	_, r.VersionText = n["version"].(string)
	pointer := dict(config["latest_version_pointer"])
	columns := dict(n["columns"])
	for _, key := range slices.Sorted(maps.Keys(columns)) {
		if c, isObject := columns[key].(map[string]any); isObject && first(str(c["name"]), key) != "" {
			modeltest.Extra(&r).Columns = append(r.Columns(), &model.Column{Name: first(str(c["name"]), key), Type: str(c["data_type"]), Quoted: c["quote"] == true})
		}
	}
	r.LatestPointer = pointer["enabled"] == true || config["latest_version_pointer"] == true
	versions.PointerAlias = str(pointer["alias"])
	if sum := dict(n["checksum"]); strings.EqualFold(str(sum["name"]), "sha256") && len(str(sum["checksum"])) == 64 {
		r.Checksum, _ = strconv.ParseUint(str(sum["checksum"])[:16], 16, 64)
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if day, err := time.Parse(layout, str(n["deprecation_date"])); err == nil {
			versions.Deprecation = day.UTC()
		}
	}
	if versions != (model.Versions{}) {
		modeltest.Extra(&r).Versions = &versions
	}
	return r
}

func refRelation(r *model.Resource, n, config map[string]any) {
	switch r.Kind {
	case model.KindSource:
		modeltest.Extra(r).Identifier, modeltest.Common(r).SourceName = str(n["identifier"]), str(n["source_name"])
		call, _, isCall := strings.Cut(r.RelationName(), "(")
		isCall = isCall && call != "" && strings.Trim(strings.ToLower(call), "abcdefghijklmnopqrstuvwxyz_0123456789") == "" && strings.HasSuffix(r.RelationName(), ")")
		for _, freshness := range []map[string]any{dict(n["freshness"]), dict(config["freshness"])} {
			for _, after := range []string{"warn_after", "error_after"} {
				_, isNumber := dict(freshness[after])["count"].(json.Number)
				r.ChecksFreshness = r.ChecksFreshness || isNumber
			}
		}
		r.ExternalLocation = isCall || strings.HasPrefix(r.RelationName(), "'") || str(config["external_location"]) != ""
		for _, meta := range []any{config["meta"], n["meta"], n["source_meta"]} {
			r.ExternalLocation = r.ExternalLocation || str(dict(meta)["external_location"]) != ""
		}
	case model.KindModel, model.KindSeed, model.KindSnapshot:
		_, a := n["original_file_path"].(string)
		_, b := n["path"].(string)
		r.External = (a || b) && str(n["original_file_path"]) == "" && str(n["path"]) == ""
		fallthrough
	default:
		modeltest.Extra(r).Identifier = str(n["alias"])
	}
	if r.Identifier() == "" && r.HasRelation() {
		modeltest.Extra(r).Identifier = r.Name
		if r.Version() != "" {
			modeltest.Extra(r).Identifier += "_v" + strings.ReplaceAll(r.Version(), ".", "_")
		}
	}
}

func refTool(meta map[string]any) (key, luid, by string) {
	tableau := dict(meta["tableau"])
	luid = first(str(tableau["luid"]), str(meta["luid"]))
	if str(tableau["luid"])+str(tableau["managed_by"]) != "" {
		key = "tableau"
	}
	for _, k := range slices.Sorted(maps.Keys(meta)) {
		if other := str(dict(meta[k])["luid"]); luid == "" && other != "" {
			key, luid = first(key, k), other
		}
	}
	return key, strings.ToLower(luid), str(tableau["managed_by"])
}

func dict(v any) map[string]any { m, _ := v.(map[string]any); return m }

func str(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return map[bool]string{true: "true", false: "false"}[v]
	}
	return ""
}

func strs(v any) []string {
	list, isList := v.([]any)
	if !isList {
		list = []any{v}
	}
	var out []string
	for _, x := range list {
		if s := str(x); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
