package dbttest

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
)

// generator writes manifests whose shares of bytes are those that were measured
// on real ones (sources/dbt/SPEED.md#what-real-manifests-hold): a third macros, half nodes, and in these
// columns, SQL full of escapes, configs, and quoted relation names.
type generator struct {
	bytes.Buffer
	rnd   *rand.Rand
	ids   []string
	maps  [][]string
	comma bool
}

// BigManifest has at least 50 MB. It is made once per process.
var BigManifest = sync.OnceValue(func() []byte { return Generate(7, 5200) })

// Generate writes a manifest with n models, as many tests and seven sources for
// every ten models.
func Generate(seed uint64, n int) []byte {
	g := &generator{rnd: rand.New(rand.NewPCG(seed, 1))}
	g.WriteString(`{"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", ` +
		`"dbt_version": "1.12.3", "generated_at": "2026-01-05T06:07:08.910111Z", "env": {}, ` +
		`"project_name": "shop", "adapter_type": "postgres"}, "nodes": {`)
	var sources []string
	for i := range 1 + n*7/10 {
		sources = append(sources, fmt.Sprintf("source.shop.src_%d.table_%d", i%40, i))
	}
	g.ids = append(g.ids, sources...)
	for i := range n {
		g.model(i)
		g.test(i)
	}
	g.section("sources")
	for i, id := range sources {
		g.source(id, i)
	}
	g.section("macros")
	for i := range n * 9 / 10 {
		g.member(fmt.Sprintf("macro.shop.macro_%d", i))
		fmt.Fprintf(g, `{"name": "macro_%d", "resource_type": "macro", "package_name": "shop", "macro_sql": "%s", "depends_on": {"macros": ["macro.dbt.run_query"]}, `+
			`"description": "", "meta": {}, "docs": {"show": true, "node_color": null}, "patch_path": null, "arguments": [], "created_at": 1767593228.1}`, i, g.sql(5200))
	}
	g.section("docs")
	g.section("exposures")
	for i := range n / 50 {
		g.exposure(i)
	}
	g.WriteString(`}, "metrics": {}, "groups": {"group.shop.core": {"name": "core", "resource_type": "group", "owner": {"email": ["a@example.com", "b@example.com"], "name": "Core"}}}, "selectors": {`)
	g.section("disabled")
	for i := range n / 50 {
		id := fmt.Sprintf("model.shop.old_%d", i)
		g.member(id)
		g.WriteString("[")
		g.node(id, fmt.Sprintf("old_%d", i), i)
		g.WriteString("]")
	}
	for _, section := range []string{"parent_map", "child_map"} {
		g.section(section)
		for i, parents := range g.maps {
			g.member(fmt.Sprintf("model.shop.fct_orders_%d", i))
			g.WriteString(`["` + strings.Join(parents, `", "`) + `"]`)
		}
	}
	g.WriteString(`}, "saved_queries": {}, "semantic_models": {}, "unit_tests": {}}`)
	return g.Bytes()
}

func (g *generator) section(name string) {
	g.WriteString(`}, "` + name + `": {`)
	g.comma = false
}

func (g *generator) member(key string) {
	if g.comma {
		g.WriteString(", ")
	}
	g.comma = true
	g.WriteString(`"` + key + `": `)
}

func (g *generator) model(i int) {
	name := fmt.Sprintf("fct_orders_%d", i)
	id := "model.shop." + name
	g.member(id)
	g.node(id, name, i)
	g.ids = append(g.ids, id)
}

func (g *generator) node(id, name string, i int) {
	parents := g.pick(1 + i%6)
	g.maps = append(g.maps, parents)
	folder := fmt.Sprintf("marts/area_%d", i%30)
	schema := fmt.Sprintf("analytics_%d", i%12)
	materialized := []string{"table", "view", "incremental", "ephemeral"}[i%4]
	fmt.Fprintf(g, `{"database": "warehouse", "schema": "%s", "name": "%s", "resource_type": "model", "package_name": "shop", `+
		`"path": "%s/%s.sql", "original_file_path": "models/%s/%s.sql", "unique_id": "%s", "fqn": ["shop", "marts", "area_%d", "%s"], "alias": "%s", `+
		`"checksum": {"name": "sha256", "checksum": "%064x"}, `, schema, name, folder, name, folder, name, id, i%30, name, name, g.rnd.Uint64())
	fmt.Fprintf(g, `"config": {"enabled": true, "alias": null, "schema": "analytics", "database": null, "tags": ["daily", "area_%d"], "meta": {"team": "area %d"}, "group": null, `+
		`"materialized": "%s", "incremental_strategy": null, "batch_size": null, "lookback": 1, "begin": null, "persist_docs": {}, "post-hook": [], "pre-hook": [], "quoting": {}, `+
		`"column_types": {}, "full_refresh": null, "unique_key": null, "on_schema_change": "ignore", "on_configuration_change": "apply", "grants": {}, "packages": [], `+
		`"docs": {"show": true, "node_color": null}, "contract": {"enforced": false, "alias_types": true}, "event_time": null, "concurrent_batches": null, "access": "protected", "freshness": null}, `,
		i%30, i%30, materialized)
	fmt.Fprintf(g, `"tags": ["daily", "area_%d"], "description": "Orders of area %d, one row per order.\nRead \"how we count\" first.", "columns": {`, i%30, i%30)
	for c := range 5 + i%5 {
		if c > 0 {
			g.WriteString(", ")
		}
		fmt.Fprintf(g, `"column_%d": {"name": "column_%d", "description": "Number %d of the order, see \"columns\".", "meta": {}, "data_type": null, "constraints": [], "quote": null, `+
			`"config": {"meta": {}, "tags": []}, "tags": [], "granularity": null, "doc_blocks": []}`, c, c, c)
	}
	compiled := g.sql(1300)
	fmt.Fprintf(g, `}, "meta": {"team": "area %d"}, "group": null, "docs": {"show": true, "node_color": null}, "patch_path": "shop://models/%s/_models.yml", "build_path": null, `+
		`"unrendered_config": {"materialized": "%s", "tags": ["daily"]}, "created_at": 1767593228.51, "relation_name": %s, "raw_code": "%s", "doc_blocks": [], "language": "sql", `,
		i%30, folder, materialized, relationName(materialized, schema, name), g.sql(1000))
	fmt.Fprintf(g, `"refs": [{"name": "x", "package": null, "version": null}], "sources": [], "metrics": [], "functions": [], "depends_on": {"macros": ["macro.dbt.is_incremental"], "nodes": ["%s"]}, `+
		`"compiled_path": "target/compiled/shop/models/%s/%s.sql", "compiled": true, "compiled_code": "%s", "extra_ctes_injected": true, "extra_ctes": [], "contract": {"enforced": false, "alias_types": true, "checksum": null}, `+
		`"access": "protected", "constraints": [], "version": null, "latest_version": null, "deprecation_date": null, "primary_key": [], "time_spine": null}`,
		strings.Join(parents, `", "`), folder, name, compiled)
}

func relationName(materialized, schema, name string) string {
	if materialized == "ephemeral" {
		return "null"
	}
	return fmt.Sprintf(`"\"warehouse\".\"%s\".\"%s\""`, schema, name)
}

func (g *generator) test(i int) {
	name := fmt.Sprintf("not_null_fct_orders_%d_id", i)
	id := fmt.Sprintf("test.shop.%s.%010x", name, i)
	g.member(id)
	fmt.Fprintf(g, `{"test_metadata": {"name": "not_null", "kwargs": {"column_name": "id", "model": "{{ get_where_subquery(ref('fct_orders_%d')) }}"}, "namespace": null}, `+
		`"database": "warehouse", "schema": "analytics_dbt_test__audit", "name": "%s", "resource_type": "test", "package_name": "shop", "path": "%s.sql", `+
		`"original_file_path": "models/marts/_models.yml", "unique_id": "%s", "fqn": ["shop", "marts", "%s"], "alias": "%s", "checksum": {"name": "none", "checksum": ""}, `+
		`"config": {"enabled": true, "alias": null, "schema": "dbt_test__audit", "database": null, "tags": [], "meta": {}, "group": null, "materialized": "test", "severity": "ERROR", `+
		`"store_failures": null, "store_failures_as": null, "where": null, "limit": null, "fail_calc": "count(*)", "warn_if": "!= 0", "error_if": "!= 0"}, `, i, name, name, id, name, name)
	fmt.Fprintf(g, `"tags": [], "description": "", "columns": {}, "meta": {}, "group": null, "docs": {"show": true, "node_color": null}, "patch_path": null, "build_path": null, "unrendered_config": {}, `+
		`"created_at": 1767593228.6, "relation_name": null, "raw_code": "{{ test_not_null(**_dbt_generic_test_kwargs) }}", "doc_blocks": [], "language": "sql", "refs": [], "sources": [], "metrics": [], `+
		`"depends_on": {"macros": ["macro.dbt.test_not_null"], "nodes": ["model.shop.fct_orders_%d"]}, "compiled_path": null, "compiled": true, "compiled_code": "%s", `+
		`"contract": {"enforced": false, "alias_types": true, "checksum": null}, "column_name": "id", "file_key_name": "models.fct_orders_%d", "attached_node": "model.shop.fct_orders_%d"}`, i, g.sql(250), i, i)
}

func (g *generator) source(id string, i int) {
	g.member(id)
	fmt.Fprintf(g, `{"database": "warehouse", "schema": "raw_%d", "name": "table_%d", "resource_type": "source", "package_name": "shop", "path": "models/src_%d.yml", "original_file_path": "models/src_%d.yml", `+
		`"unique_id": "%s", "fqn": ["shop", "src_%d", "table_%d"], "source_name": "src_%d", "source_description": "", "loader": "", "identifier": "TABLE_%d", "quoting": {"database": null}, `+
		`"loaded_at_field": null, "freshness": {"warn_after": {"count": null, "period": null}}, "external": null, "description": "", "columns": {}, "meta": {}, "source_meta": {}, "tags": [], `+
		`"config": {"enabled": true, "event_time": null}, "patch_path": null, "unrendered_config": {}, "relation_name": "\"warehouse\".\"raw_%d\".\"TABLE_%d\"", "created_at": 1767593228.7}`,
		i%40, i, i%40, i%40, id, i%40, i, i%40, i, i%40, i)
}

func (g *generator) exposure(i int) {
	id := fmt.Sprintf("exposure.shop.board_%d", i)
	g.member(id)
	fmt.Fprintf(g, `{"name": "board_%d", "resource_type": "exposure", "package_name": "shop", "path": "exposures.yml", "original_file_path": "models\\exposures.yml", "unique_id": "%s", `+
		`"fqn": ["shop", "board_%d"], "type": "dashboard", "owner": {"email": "bi@example.com", "name": "BI"}, "description": "Caf\u00e9 \ud83d\ude00 board", "label": "Board %d", "maturity": null, `+
		`"meta": {}, "tags": ["tableau"], "config": {"enabled": true, "meta": {"tableau": {"luid": "AAAAAAAA-0000-%04x", "managed_by": "darkroom"}}}, "unrendered_config": {}, "url": "https://bi.example.com/%d", `+
		`"depends_on": {"macros": [], "nodes": ["%s"]}, "created_at": 1767593228.7}`, i, id, i, i, i, i, strings.Join(g.pick(2), `", "`))
}

func (g *generator) pick(n int) []string {
	var out []string
	for range n {
		out = append(out, g.ids[g.rnd.IntN(len(g.ids))])
	}
	return out
}

// sql is the inside of a JSON string of about n bytes with an escape every 35 to 70.
func (g *generator) sql(n int) string {
	var b strings.Builder
	b.WriteString(`with source as (\n    select * from \"warehouse\".\"raw\".\"orders\"\n)\n`)
	for b.Len() < n {
		switch c := g.rnd.IntN(96); c % 12 {
		case 0:
			fmt.Fprintf(&b, `left join \"warehouse\".\"raw_%d\".\"orders\" as t%d on t%d.order_id = base.order_id\n`, c, c, c)
		case 1, 2, 3, 4:
			fmt.Fprintf(&b, `    , sum(amount_%d) over (partition by customer_id order by ordered_at_%d) as running_total_%d\n`, c, c, c)
		case 5, 6, 7, 8:
			fmt.Fprintf(&b, `    , coalesce(address_%d, 'none') as address_%d\n`, c, c)
		default:
			fmt.Fprintf(&b, `    and created_at_%d >= '2024-01-01'\n`, c)
		}
	}
	return b.String()
}
