package match_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/match"
	"darkroom/model/warehouse"
)

// at is a table read through a connection with a host.
func at(class, host, name, database string) match.Table {
	return match.Table{FullName: name, Place: &model.Place{ConnectionType: class, Database: database, Connection: server(host)}}
}

const (
	related = "review related_connection " + orders
	other   = "not_applicable other_platform"
)

// TestNeighbours: warehouses that are read through the connector of a neighbour
// (RULES.md#several-platforms, model/warehouse/WAREHOUSES.md#protocols).
func TestNeighbours(t *testing.T) {
	for _, p := range []struct {
		adapter, relation string
		rules             []rule
	}{
		{"starrocks", "`marts`.`orders`", []rule{
			{"database is the schema", full("mysql", "[orders]", "marts"), exact},
			{"no host that decides", at("mysql", "10.0.0.7", "[marts].[orders]", ""), exact},
			{"own host", at("mysql", "x.fe.celerdata.com", "[marts].[orders]", ""), exact},
			{"MySQL's host", at("mysql", "shop.abc.eu-west-1.rds.amazonaws.com", "[marts].[orders]", ""), other},
			{"another neighbour's host", at("mysql", "gateway01.eu.prod.aws.tidbcloud.com", "[marts].[orders]", ""), other},
			{"MariaDB", full("mariadb", "[marts].[orders]", ""), other},
			{"own catalog", sql("mysql", "default_catalog.marts.orders", ""), exact},
			{"another catalog", sql("mysql", "lake.marts.orders", ""), "review database_differs " + orders},
			{"case", full("mysql", "[marts].[Orders]", ""), casing},
			{"another platform", full("postgres", "[marts].[orders]", ""), other},
		}},
		{"starrocks", "`lake`.`marts`.`orders`", []rule{
			{"catalog", sql("mysql", "lake.marts.orders", ""), exact},
			{"own catalog", sql("mysql", "default_catalog.marts.orders", ""), "review database_differs " + orders},
		}},
		{"doris", "`marts`.`orders`", []rule{
			{"through MySQL", full("mysql", "[marts].[orders]", ""), exact},
			{"another catalog", sql("mysql", "hive.marts.orders", ""), "review database_differs " + orders},
		}},
		{"tidb", "`marts`.`orders`", []rule{
			{"through MySQL", full("mysql", "[Orders]", "MARTS"), exactCI},
			{"own host", at("mysql", "gateway01.eu.prod.aws.tidbcloud.com", "[marts].[orders]", ""), exact},
		}},
		{"mariadb", "`marts`.`orders`", []rule{
			{"through MySQL", full("mysql", "[marts].[orders]", ""), exact},
			{"own connector", full("mariadb", "[marts].[orders]", ""), exact},
		}},
		{"materialize", `"materialize"."public"."orders"`, []rule{
			{"through PostgreSQL", full("postgres", "[public].[orders]", "materialize"), exact},
			{"own host", at("postgres", "x.eu-west-1.aws.materialize.cloud", "[public].[orders]", "materialize"), exact},
			{"PostgreSQL's host", at("postgres", "x.eu-west-1.rds.amazonaws.com", "[public].[orders]", "materialize"), other},
			{"another database", full("postgres", "[public].[orders]", "app"), "review database_differs " + orders},
			{"unquoted SQL", sql("postgres", "PUBLIC.Orders", "materialize"), exact},
		}},
		{"risingwave", `"dev"."public"."orders"`, []rule{{"through PostgreSQL", full("postgres", "[public].[orders]", "dev"), exact}}},
		{"cockroachdb", `"defaultdb"."public"."orders"`, []rule{{"through PostgreSQL", full("postgres", "[public].[orders]", "defaultdb"), exact}}},
		{"greenplum", `"dw"."marts"."orders"`, []rule{
			{"through PostgreSQL", full("postgres", "[marts].[orders]", "dw"), exact},
			{"own connector", full("greenplum", "[marts].[orders]", "dw"), exact},
		}},
		{"yellowbrick", `"dw"."marts"."orders"`, []rule{{"through PostgreSQL", full("postgres", "[marts].[orders]", "dw"), exact}}},
		{"redshift", `"dw"."marts"."orders"`, []rule{
			{"its own connector is usual", full("postgres", "[marts].[orders]", "dw"), related},
			{"PostgreSQL's host", at("postgres", "x.eu-west-1.rds.amazonaws.com", "[marts].[orders]", "dw"), other},
		}},
		{"hive", "marts.orders", []rule{
			{"Hadoop Hive", full("hadoophive", "[marts].[Orders]", "hive"), exactCI},
			{"Cloudera", full("hortonworkshadoophive", "[marts].[orders]", ""), exact},
			{"Databricks", full("databricks", "[marts].[orders]", ""), other},
		}},
		{"glue", "marts.orders", []rule{
			{"Athena", full("athena", "[marts].[orders]", "AwsDataCatalog"), exact},
			{"Athena without a catalog", full("athena", "[marts].[orders]", ""), exact},
			{"a federated catalog", full("athena", "[lambda_crm].[marts].[orders]", "AwsDataCatalog"), "review database_differs " + orders},
			{"Spark", full("spark", "[marts].[orders]", ""), other},
		}},
		{"databricks", "`main`.`marts`.`orders`", []rule{
			{"Spark and no host", full("spark", "[marts].[orders]", "main"), related},
			{"Spark and an own host", at("spark", "dbc-1.cloud.databricks.com", "[marts].[orders]", "main"), exact},
			{"Spark and a host that ends alike", at("spark", "notazuredatabricks.net", "[marts].[orders]", "main"), related},
		}},
		{"spark", "marts.orders", []rule{
			{"Spark on Databricks", at("spark", "dbc-1.cloud.databricks.com", "[marts].[orders]", ""), exact},
			{"Databricks", at("databricks", "dbc-1.cloud.databricks.com", "[marts].[orders]", ""), related},
		}},
		{"synapse", `"pool"."dbo"."orders"`, []rule{
			{"own host", at("sqlserver", "acme.sql.azuresynapse.net,1433", "[dbo].[orders]", "pool"), exact},
			{"no host", full("sqlserver", "[dbo].[orders]", "pool"), related},
			{"SQL Server's host", at("sqlserver", "x.eu-west-1.rds.amazonaws.com", "[dbo].[orders]", "pool"), other},
			{"Fabric's host", at("sqlserver", "x.datawarehouse.fabric.microsoft.com", "[dbo].[orders]", "pool"), other},
		}},
		{"sqlserver", `"pool"."dbo"."orders"`, []rule{
			{"Synapse's host", at("sqlserver", "acme.sql.azuresynapse.net", "[dbo].[orders]", "pool"), other},
			{"a SQL database of Fabric", at("azure_sqldb", "x.database.fabric.microsoft.com", "[dbo].[orders]", "pool"), exact},
		}},
		{"vertica", `"dw"."marts"."orders"`, []rule{
			{"capitals", full("vertica", "[MARTS].[Orders]", "DW"), exactCI},
			{"quoted SQL", sql("vertica", `"MARTS"."Orders"`, "dw"), exactCI},
			{"another database", full("vertica", "[marts].[orders]", "dev"), "review database_differs " + orders},
		}},
	} {
		t.Run(p.adapter+" "+p.relation, func(t *testing.T) {
			check(t, newMatcher(t, match.Config{}, project(p.adapter, res(orders, p.relation))), p.rules)
		})
	}
}

// TestSingleStore: the adapter's database is in the name, its schema is not.
func TestSingleStore(t *testing.T) {
	r := model.Resource{
		ID: orders, Kind: model.KindModel, Name: "orders", Common: &model.Common{Package: "shop", Database: "shop", Schema: "dbt"},
		Extra: &model.ResourceExtra{Identifier: "orders", RelationName: "`shop`.`orders`"},
	}
	check(t, newMatcher(t, match.Config{}, project("singlestore", r)), []rule{
		{"through MySQL", full("mysql", "[orders]", "shop"), exact},
		{"by its older name", full("memsql", "[shop].[orders]", ""), exact},
		{"own host", at("mysql", "svc-1-dml.aws-oregon-3.svc.singlestore.com", "[orders]", "shop"), exact},
		{"the prefix is no database", full("mysql", "[dbt].[orders]", ""), "unmatched no_such_relation ?" + orders},
	})
}

// TestOracleDatabases: two databases often have one schema.
func TestOracleDatabases(t *testing.T) {
	withDatabase := func(database string) *model.Project {
		return project("oracle", model.Resource{
			ID: orders, Kind: model.KindModel, Name: "orders", Common: &model.Common{Package: "shop", Database: database, Schema: "sales"},
			Extra: &model.ResourceExtra{Identifier: "orders", RelationName: "sales.orders"},
		})
	}
	check(t, newMatcher(t, match.Config{}, withDatabase("PROD")), []rule{
		{"the same", full("oracle", "[SALES].[ORDERS]", "prod"), exact},
		{"the same, its service with a domain", full("oracle", "[SALES].[ORDERS]", "PROD.example.com"), exact},
		{"another", full("oracle", "[SALES].[ORDERS]", "HR"), "review database_differs " + orders},
		{"Tableau leaves it out", full("oracle", "[SALES].[ORDERS]", ""), exact},
		{"only the connection has it", at("oracle", "db:1521/HR", "[SALES].[ORDERS]", ""), "review database_differs " + orders},
		{"only the connection has it, the same", at("oracle", "db:1521/PROD", "[SALES].[ORDERS]", ""), exact},
		{"custom SQL", sql("oracle", "sales.orders", "HR"), "review database_differs " + orders},
	})
	check(t, newMatcher(t, match.Config{}, withDatabase("")), []rule{{"dbt leaves it out", full("oracle", "[SALES].[ORDERS]", "HR"), exact}})
	maps := match.Config{Maps: []match.Map{{BI: "HR", Dbt: "PROD"}}}
	check(t, newMatcher(t, maps, withDatabase("PROD")), []rule{{"a map of databases", full("oracle", "[SALES].[ORDERS]", "HR"), "matched mapped " + orders}})
	hr := full("oracle", "[SALES].[ORDERS]", "HR")
	name := newMatcher(t, match.Config{}, withDatabase("PROD")).Canonical(hr)
	ignore := match.Config{Ignore: []match.Ignore{{Table: name}}}
	check(t, newMatcher(t, ignore, withDatabase("PROD")), []rule{
		{"ignored by its canonical name", hr, "not_applicable ignored_by_user"},
		{"the other database's table is not", full("oracle", "[SALES].[ORDERS]", "PROD"), exact},
	})
	ignore = match.Config{Ignore: []match.Ignore{{Table: "oracle://SALES.ORDERS"}}}
	check(t, newMatcher(t, ignore, withDatabase("PROD")), []rule{{"ignored by a name without database", hr, "not_applicable ignored_by_user"}})
}

// TestNamesBeforeHosts: a pin or an ignore that was written for the connector's own
// platform counts where the host proves another one, too.
func TestNamesBeforeHosts(t *testing.T) {
	ignore := match.Config{Ignore: []match.Ignore{{Table: "sqlserver://pool.dbo.orders"}}}
	check(t, newMatcher(t, ignore, project("sqlserver", res(orders, `"pool"."dbo"."orders"`))), []rule{
		{"Synapse's host", at("sqlserver", "acme.sql.azuresynapse.net", "[dbo].[orders]", "pool"), "not_applicable ignored_by_user"},
	})
}

// TestSeveralPlatforms: what counts when more than one loaded project is read through a
// connector (RULES.md#several-platforms).
func TestSeveralPlatforms(t *testing.T) {
	both := func(adapters [2]string, relations [2]string) *match.Matcher {
		return newMatcher(t, match.Config{}, project(adapters[0], res(orders, relations[0])), project(adapters[1], res("model.b.orders", relations[1])))
	}
	check(t, both([2]string{"mysql", "starrocks"}, [2]string{"`app`.`orders`", "`marts`.`orders`"}), []rule{
		{"of the connector's own platform", full("mysql", "[app].[orders]", ""), exact},
		{"of the other one", full("mysql", "[marts].[orders]", ""), "review related_connection model.b.orders"},
		{"the host decides", at("mysql", "x.fe.celerdata.com", "[marts].[orders]", ""), "matched exact model.b.orders"},
		{"the host decides against it", at("mysql", "x.rds.amazonaws.com", "[marts].[orders]", ""), "unmatched no_such_relation ?" + orders},
	})
	check(t, both([2]string{"mysql", "starrocks"}, [2]string{"`marts`.`orders`", "`marts`.`orders`"}), []rule{
		{"of both", full("mysql", "[marts].[orders]", ""), "ambiguous exact model.b.orders," + orders},
		{"the host decides", at("mysql", "x.rds.amazonaws.com", "[marts].[orders]", ""), exact},
	})
	check(t, both([2]string{"doris", "starrocks"}, [2]string{"`app`.`orders`", "`marts`.`orders`"}), []rule{
		{"two neighbours", full("mysql", "[marts].[orders]", ""), "review related_connection model.b.orders"},
	})
	check(t, both([2]string{"postgres", "materialize"}, [2]string{`"Dw"."marts"."orders"`, `"dw"."marts"."orders"`}), []rule{
		{"case does not decide between platforms", sql("postgres", "marts.orders", "dw"), "review related_connection model.b.orders"},
	})
	check(t, both([2]string{"snowflake", "mysql"}, [2]string{"dw.marts.orders", "`marts`.`orders`"}), []rule{
		{"a missing database does not decide", full("genericodbc", "[marts].[orders]", ""), "ambiguous exact model.b.orders," + orders},
		{"a part that differs does", full("genericodbc", "[x].[ORDERS]", "DW"), "unmatched no_such_relation ?model.b.orders," + orders},
	})
	v := explain(t, newMatcher(t, match.Config{}, project("starrocks", res(orders, "`marts`.`orders`"))), full("mysql", "[marts].[orders]", ""))
	if v.Evidence.Proof != warehouse.ProofProtocol || !strings.Contains(v.Evidence.PlatformNote, "starrocks speaks the protocol of mysql") {
		t.Errorf("the evidence does not say it: %v, %q", v.Evidence.Proof, v.Evidence.PlatformNote)
	}
	aliased := newMatcher(t, match.Config{ConnectionAliases: map[string]string{"mysql": "mysql"}}, project("starrocks", res(orders, "`marts`.`orders`")))
	check(t, aliased, []rule{{"an alias says it", full("mysql", "[marts].[orders]", ""), other}})
}

// TestNoCertainLinkToAnotherPlatform: two projects on two platforms, and tables that
// really are on one of them or on a third, read through any connection that leads
// there. A table that is not the node's is never linked for certain, except as far as
// the connection itself says that the node's platform is the one.
func TestNoCertainLinkToAnotherPlatform(t *testing.T) {
	adapters := []string{
		"mysql", "tidb", "singlestore", "doris", "starrocks", "postgres", "redshift", "greenplum", "materialize", "risingwave",
		"cockroachdb", "yellowbrick", "duckdb", "spark", "hive", "glue", "athena", "databricks", "sqlserver", "synapse", "fabric",
		"snowflake", "oracle", "vertica",
	}
	classes := []string{
		"mysql", "mysql_odbc", "memsql", "mariadb", "postgres", "redshift", "greenplum", "hadoophive", "spark", "databricks", "athena",
		"sqlserver", "azure_sqldb", "azure_sql_dw", "genericodbc", "genericjdbc", "",
	}
	hosts := []string{
		"", "10.0.0.7", "x.rds.amazonaws.com", "x.redshift.amazonaws.com", "x.materialize.cloud", "x.tidbcloud.com", "x.svc.singlestore.com",
		"x.celerdata.com", "x.azuredatabricks.net", "x.sql.azuresynapse.net", "x.datawarehouse.fabric.microsoft.com", "x.cockroachlabs.cloud",
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	pick := func(list []string) string { return list[rnd.IntN(len(list))] }
	linked := 0
	for range 30_000 {
		loaded := [2]string{pick(adapters), pick(adapters)}
		if loaded[0] == loaded[1] {
			continue
		}
		has := [2]bool{rnd.IntN(2) == 0, rnd.IntN(2) == 0}
		var projects []*model.Project
		for i, adapter := range loaded {
			name := fmt.Sprintf("model.p%d.orders", i)
			if !has[i] {
				projects = append(projects, project(adapter, res(name, "dw.elsewhere.orders")))
				continue
			}
			projects = append(projects, project(adapter, model.Resource{
				ID: name, Kind: model.KindModel, Name: "orders", Common: &model.Common{Package: "p", Database: "dw", Schema: "dw"}, Extra: &model.ResourceExtra{Identifier: "orders"},
			}))
		}
		class, host := pick(classes), pick(hosts)
		conn := warehouse.Connect(class, host, nil)
		table := at(class, host, pick([]string{"[dw].[orders]", "[DW].[ORDERS]", "dw.Orders"}), pick([]string{"dw", "DW"}))
		v := explain(t, newMatcher(t, match.Config{}, projects...), table)
		if v.Outcome != match.Matched {
			continue
		}
		linked++
		if len(v.Nodes) != 1 {
			t.Fatalf("matched with %d nodes", len(v.Nodes))
		}
		mine, theirs := 0, 1
		if v.Nodes[0].Resource.ID == "model.p1.orders" {
			mine, theirs = 1, 0
		}
		w, rival := warehouse.Of(loaded[mine]), warehouse.Of(loaded[theirs])
		proof, rivalProof := w.Proof(conn), rival.Proof(conn)
		what := fmt.Sprintf("%q at %q, %s on %s beside %s", class, host, table.FullName, loaded[mine], loaded[theirs])
		switch {
		case proof == warehouse.ProofOther || proof == warehouse.ProofRelated:
			t.Fatalf("%s: the connection leads elsewhere", what)
		case rivalProof <= max(proof, warehouse.ProofProtocol) && newMatcher(t, match.Config{}, projects[theirs]).Match(table).Outcome == match.Matched:
			t.Fatalf("%s: the other platform has the relation, too", what)
		case rivalProof <= warehouse.ProofProtocol && warehouse.OfClass(conn.Class).Adapter != w.Adapter:
			t.Fatalf("%s: the connection may lead to the other platform", what)
		case proof != warehouse.ProofGeneric && conn.Hosted != "" && warehouse.OfClass(conn.Class).Adapter != w.Adapter && w.Proof(warehouse.Connection{Class: conn.Hosted}) != warehouse.ProofNative:
			t.Fatalf("%s: the host is another platform's", what)
		}
	}
	if linked < 1000 {
		t.Errorf("%d links are too few to prove anything", linked)
	}
}
