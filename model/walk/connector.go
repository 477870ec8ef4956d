package walk

import (
	"strings"

	"darkroom/model"
)

// dialect is the dbt adapter by whose rules a custom SQL text is read; "" when
// the connection does not tell. Where the custom SQL has no connection type, that
// of a table in it serves.
func (w *Walker) dialect(t *model.Table) string {
	typ, server := t.ConnectionType, t.Connection.Server
	for _, id := range t.UpstreamTableIDs {
		if adapterOf(typ, server, w.aliases) != "" {
			break
		}
		if up := w.index.Table[id]; up != nil {
			typ, server = up.ConnectionType, up.Connection.Server
		}
	}
	return adapterOf(typ, server, w.aliases)
}

// adapterOf reads facts/matching.md §2.2 from the connection type's side. A
// related platform is good enough here: its SQL is read the same way.
func adapterOf(connectionType, server string, aliases map[string]string) string {
	typ := strings.ToLower(strings.TrimSpace(connectionType))
	if adapter, ok := aliases[typ]; ok {
		return adapter
	}
	host, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(server)), ":")
	switch strings.TrimSuffix(strings.TrimSuffix(typ, "_jdbc"), "_odbc") {
	case "snowflake", "redshift", "databricks", "athena", "oracle", "clickhouse", "vertica", "greenplum", "netezza", "db2",
		"saphana", "denodo", "dremio", "duckdb":
		return strings.TrimSuffix(strings.TrimSuffix(typ, "_jdbc"), "_odbc")
	case "bigquery", "googlebigquery":
		return "bigquery"
	case "postgres", "postgresql":
		switch domain := strings.TrimSuffix(host, ".cn"); {
		case strings.HasSuffix(domain, ".redshift.amazonaws.com"), strings.HasSuffix(domain, ".redshift-serverless.amazonaws.com"):
			return "redshift"
		case strings.HasSuffix(host, ".motherduck.com"):
			return "duckdb"
		}
		return "postgres"
	case "spark", "hive", "hadoophive", "hortonworkshadoophive", "awshadoophive", "maprhadoophive":
		return "spark"
	case "sqlserver", "azure_sqldb", "azure_sql_dw":
		if strings.HasSuffix(host, ".datawarehouse.fabric.microsoft.com") {
			return "fabric"
		}
		return "sqlserver"
	case "presto", "trino", "starburst":
		return "trino"
	case "mysql", "mariadb", "aurora", "googlecloudsql", "memsql":
		return "mysql"
	case "teradata", "tbio":
		return "teradata"
	case "exasolution", "exasol":
		return "exasol"
	}
	return ""
}

// isFile reports connection types that are never a warehouse (§2.2, last
// paragraph).
func isFile(connectionType string) bool {
	typ := strings.ToLower(strings.TrimSpace(connectionType))
	switch typ {
	case "hyper", "dataengine", "vizengine", "excel", "excel-direct", "csv", "textscan", "textclean", "msaccess",
		"google-sheets", "salesforce", "inmemfederating":
		return true
	}
	return strings.HasPrefix(typ, "webdata") || strings.HasPrefix(typ, "cloudfile:")
}
