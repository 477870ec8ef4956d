package lineage

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/modeltest"
)

// place is where a small warehouse looks for names that leave parts out.
type place struct {
	database string
	path     []string // schemas, the first that has the table wins
}

// simulated is one warehouse with its own name resolution, written without a look
// at package sql. What a text does not show (a variable, a condition, the schema of
// a user) is drawn at random.
type simulated struct {
	adapter, class string
	levels         int
	databases      []string
	schemas        []string
	statements     []func(w *world) string
}

// world is a warehouse while a session runs in it.
type world struct {
	*simulated
	rnd     *rand.Rand
	at      place
	asBegun place
	exists  map[string]bool // "database.schema.table"
	nodes   map[string]bool // those that dbt knows
	truth   map[string]bool // nodes that the session has read
}

func (w *world) pick(list []string) string { return list[w.rnd.IntN(len(list))] }
func (w *world) coin() bool                { return w.rnd.IntN(2) == 0 }

func (w *world) schema() string   { return w.pick(w.schemas) }
func (w *world) database() string { return w.pick(w.databases) }

// full is the table that a name means.
func (w *world) full(database string, path []string, table string) string {
	for _, schema := range path {
		if full := database + "." + schema + "." + table; w.exists[full] {
			return full
		}
	}
	return ""
}

// query reads a table by a name of one to three parts.
func (w *world) query() string {
	table := w.pick([]string{"orders", "items", "stores"})
	var name, full string
	switch parts := 1 + w.rnd.IntN(w.levels); parts {
	case 1:
		name, full = table, w.full(w.at.database, w.at.path, table)
	case 2:
		schema := w.schema()
		name, full = schema+"."+table, w.full(w.at.database, []string{schema}, table)
	default:
		database, schema := w.database(), w.schema()
		name, full = database+"."+schema+"."+table, w.full(database, []string{schema}, table)
	}
	if w.nodes[full] {
		w.truth[full] = true
	}
	return "select * from " + name + w.pick([]string{"", " x", " as y where 1 = 1"})
}

// harmless is a statement that changes no names.
func harmless(texts ...string) func(w *world) string {
	return func(w *world) string { return w.pick(texts) }
}

// setSchema is a statement with a schema; sure false: it need not run.
func setSchema(format string, sure bool) func(w *world) string {
	return func(w *world) string {
		s := w.schema()
		if sure || w.coin() {
			w.at.path = []string{s}
		}
		return fmt.Sprintf(format, s)
	}
}

// setBoth is a statement with a database and a schema.
func setBoth(format string) func(w *world) string {
	return func(w *world) string {
		d, s := w.database(), w.schema()
		w.at = place{d, []string{s}}
		return fmt.Sprintf(format, d, s)
	}
}

// setDatabase is a statement with a database; fresh is the schema there, "" one
// that the text does not show.
func setDatabase(format, fresh string, sure bool) func(w *world) string {
	return func(w *world) string {
		d := w.database()
		if sure || w.coin() {
			if w.at = (place{d, []string{fresh}}); fresh == "" {
				w.at.path = []string{w.schema()}
			}
		}
		return fmt.Sprintf(format, d)
	}
}

// hidden is a statement whose effect the text does not show.
func hidden(text string) func(w *world) string {
	return func(w *world) string {
		w.at.path = []string{w.schema()}
		if w.levels == 3 && w.coin() && w.adapter != "postgres" {
			w.at.database = w.database()
		}
		return text
	}
}

// setPath is Postgres's search path.
func setPath(format string) func(w *world) string {
	return func(w *world) string {
		a, b := w.schema(), w.schema()
		w.at.path = []string{a, b}
		return fmt.Sprintf(format, a, b)
	}
}

// byUser is a search path that begins with the schema of the user, who may have one.
func byUser(format string) func(w *world) string {
	return func(w *world) string {
		s := w.schema()
		w.at.path = []string{s}
		if w.coin() {
			w.at.path = []string{w.schema(), s}
		}
		return fmt.Sprintf(format, s)
	}
}

// otherUser is another user in a session that may look into the user's own schema.
func otherUser(text string) func(w *world) string {
	return func(w *world) string {
		if len(w.at.path) == 1 && w.at.path[0] == w.asBegun.path[0] && w.coin() {
			w.at.path = []string{w.schema(), w.at.path[0]}
		}
		return text
	}
}

func begin(w *world) string { w.at = w.asBegun; return "" }

func simulatedWarehouses() []*simulated {
	reset := func(text string) func(w *world) string {
		return func(w *world) string { begin(w); return text }
	}
	two := []string{"alpha", "beta"}
	return []*simulated{
		{"snowflake", "snowflake", 3, two, []string{"marts", "stage", "public"}, []func(w *world) string{
			setSchema("use schema %s", true), setBoth("USE SCHEMA %s.%s"), setBoth("use %s.%s"), setDatabase("use database %s", "public", true), setDatabase("use %s", "public", true),
			harmless("use role marts", "USE WAREHOUSE stage", "set schema = 'marts'", "alter session set query_tag = 'use schema stage'", "use secondary roles all"),
			hidden("use schema identifier($x)"), hidden("execute immediate 'use schema ' || $x"), setSchema("begin if (1 = $x) then use schema %s; end if; end", false),
			setSchema("execute immediate 'use schema %s'", true), setSchema("use schema identifier('%s')", true), setSchema("create or replace schema %s", true), setSchema("create schema if not exists %s", false),
		}},
		{"postgres", "postgres", 3, []string{"alpha"}, []string{"marts", "stage", "public"}, []func(w *world) string{
			setPath("set search_path to %s, %s"), setPath("SET SESSION search_path = '%s', %s"), setSchema("set schema '%s'", true), setPath("select set_config('search_path', '%s, %s', false)"),
			byUser(`set search_path to "$user", %s`), hidden("select set_config('search_path', current_setting('x'), false)"), setSchema("set local search_path to %s", false),
			reset("reset search_path"), reset("set search_path to default"), harmless("set statement_timeout = 5", "set time zone 'UTC'", "set application_name to 'marts'"),
			otherUser("set role stage"), otherUser("set session authorization stage"),
		}},
		{"sqlserver", "sqlserver", 3, two, []string{"dbo", "marts", "stage"}, []func(w *world) string{
			setDatabase("use %s", "", true), setDatabase("USE [%s]", "", true), setDatabase("if 1 = @x use %s", "", false), harmless("set nocount on", "set ansi_nulls off"),
		}},
		{"databricks", "databricks", 3, two, []string{"marts", "stage", "default"}, []func(w *world) string{
			setSchema("use %s", true), setSchema("use schema %s", true), setSchema("use database %s", true), setBoth("use %s.%s"), setDatabase("use catalog %s", "default", true), setDatabase("set catalog %s", "default", true),
			hidden("use schema identifier(:x)"), harmless("set spark.sql.ansi.enabled = true", "set x = marts"),
		}},
		{"bigquery", "bigquery", 3, two, []string{"marts", "stage", "raw"}, []func(w *world) string{
			setSchema("set @@dataset_id = '%s'", true), hidden("set @@dataset_id = x"), harmless("set x = 'marts'", "declare y string"),
		}},
		{"mysql", "mysql", 2, []string{""}, []string{"marts", "stage", "raw"}, []func(w *world) string{
			setSchema("use %s", true), setSchema("USE `%s`", true), harmless("set @schema = 'marts'", "set names utf8"),
		}},
		{"oracle", "oracle", 2, []string{""}, []string{"marts", "stage", "raw"}, []func(w *world) string{
			setSchema("alter session set current_schema = %s", true), hidden("begin execute immediate 'alter session set current_schema = ' || x; end"),
			setSchema("begin execute immediate 'alter session set current_schema = %s'; end", true), harmless("alter session set nls_language = 'marts'"),
		}},
		{"teradata", "teradata", 2, []string{""}, []string{"marts", "stage", "raw"}, []func(w *world) string{
			setSchema("database %s", true), setSchema("set session database %s", true), harmless("set query_band = 'database=marts;' for session"),
		}},
		{"trino", "presto", 3, two, []string{"marts", "stage", "raw"}, []func(w *world) string{
			setSchema("use %s", true), setBoth("use %s.%s"), harmless("set session x = 'marts'", "set role marts"),
		}},
		{"duckdb", "duckdb", 3, two, []string{"marts", "stage", "main"}, []func(w *world) string{
			setBoth("use %s.%s"), setSchema("set schema = '%s'", true), setDatabase("use %s", "main", true), setSchema("use %s", true), setPath("set search_path = '%s,%s'"),
		}},
	}
}

// newWorld fills a warehouse with tables; dbt knows most of them.
func newWorld(s *simulated, rnd *rand.Rand) (*world, *model.Project) {
	w := &world{simulated: s, rnd: rnd, exists: map[string]bool{}, nodes: map[string]bool{}, truth: map[string]bool{}}
	p := &model.Project{Name: "shop", Adapter: s.adapter}
	for _, database := range s.databases {
		for _, schema := range s.schemas {
			for _, table := range []string{"orders", "items", "stores"} {
				full := database + "." + schema + "." + table
				if w.exists[full] = rnd.IntN(5) > 0; !w.exists[full] || rnd.IntN(5) == 0 {
					continue
				}
				w.nodes[full] = true
				p.Resources = append(p.Resources, model.Resource{
					ID: full, Kind: model.KindOf("model"), Name: table, Common: &model.Common{Package: "shop", Database: database, Schema: schema}, Extra: &model.ResourceExtra{Identifier: table, RelationName: strings.TrimPrefix(full, ".")},
				})
			}
		}
	}
	w.at = place{w.database(), []string{w.schema()}}
	w.asBegun = w.at
	return w, p
}

// text is some statements and queries, the last of which is a query.
func (w *world) text(last bool) string {
	var out []string
	for range w.rnd.IntN(4) {
		if w.rnd.IntN(3) == 0 {
			out = append(out, w.query())
		} else {
			out = append(out, w.statements[w.rnd.IntN(len(w.statements))](w))
		}
	}
	if last {
		out = append(out, w.query())
	}
	return strings.Join(out, ";\n")
}

// TestSessionsGiveNoFalseEdge runs random sessions in small warehouses: each edge
// is to a table that the session reads there.
func TestSessionsGiveNoFalseEdge(t *testing.T) {
	for _, s := range simulatedWarehouses() {
		t.Run(s.adapter, func(t *testing.T) {
			edges, truths := 0, 0
			for seed := range uint64(1500) {
				w, project := newWorld(s, rand.New(rand.NewPCG(seed, 7)))
				conn := model.ConnectionInfo{DBName: w.at.database, Schema: w.at.path[0]}
				if w.levels == 2 {
					conn.DBName = w.at.path[0]
				}
				conn.InitialSQL = w.text(false)
				table := model.Table{ID: "c", Kind: model.CustomSQLTable, Name: "q", Place: &model.Place{ConnectionType: s.class, Connection: conn}, Extra: &model.TableExtra{Query: w.text(true), DatasourceIDs: []string{"e"}}}
				if w.levels == 3 {
					modeltest.Place(&table).Database = w.asBegun.database
				}
				site := &model.Site{
					Name: "site", Dashboards: []model.Dashboard{{ID: "d", LUID: "d", Name: "D", SheetIDs: []string{"s"}}},
					Sheets:      []model.Sheet{{ID: "s", DatasourceIDs: []string{"e"}}},
					Datasources: []model.Datasource{{ID: "e", Name: "E", TableIDs: []string{"c"}}}, Tables: []model.Table{table},
				}
				g := build(t, []*model.Project{project}, site)
				for i := range g.dashboards[0].Links {
					l := &g.dashboards[0].Links[i]
					if l.Resource == None {
						continue
					}
					edges++
					if id := g.Node(l.Resource).Resource.ID; !w.truth[id] {
						t.Fatalf("seed %d: edge to %s, which is not read; read are %v\nconnection %+v\nquery %s\nbecause %s", seed, id, w.truth, conn, table.Query(), g.Explain(l).Because)
					}
				}
				truths += len(w.truth)
			}
			if edges*4 < truths {
				t.Errorf("only %d edges of %d", edges, truths)
			}
			t.Logf("%d edges of %d", edges, truths)
		})
	}
}
