package match

import (
	"slices"
	"strings"

	"darkroom/model/relation"
)

// Class says how a connection type relates to a dbt adapter.
type Class uint8

// The classes, best first (facts/matching.md §2.2).
const (
	Native  Class = iota // proof of the platform
	Related              // names may agree because one is copied from the other
	Generic              // ODBC, JDBC or unknown: the platform is not told
	Other                // another platform
)

// String is one word for people.
func (c Class) String() string {
	return [...]string{"native", "related", "generic", "other"}[min(c, Other)]
}

// connectorsOf lists the connection types of an adapter family (table in §2.2).
func connectorsOf(family string) (native, related []string) {
	switch family {
	case "bigquery":
		return []string{"bigquery", "googlebigquery"}, nil
	case "redshift":
		return []string{"redshift"}, []string{"postgres"}
	case "postgres":
		return []string{"postgres"}, []string{"postgres_jdbc", "postgres_odbc"}
	case "databricks":
		return []string{"databricks"}, []string{"spark"}
	case "spark":
		return []string{"spark", "hive", "hadoophive", "hortonworkshadoophive", "awshadoophive", "maprhadoophive"}, []string{"databricks"}
	case "sqlserver":
		return []string{"sqlserver", "azure_sqldb"}, []string{"azure_sql_dw"}
	case "synapse":
		return []string{"azure_sql_dw"}, []string{"sqlserver", "azure_sqldb"}
	case "fabric":
		return []string{"azure_sqldb"}, []string{"sqlserver", "azure_sql_dw"}
	case "trino":
		return []string{"presto", "trino", "trino_jdbc", "starburst"}, nil
	case "mysql":
		return []string{"mysql", "mysql_odbc", "mariadb", "aurora", "googlecloudsql"}, []string{"memsql"}
	case "duckdb":
		return []string{"duckdb_jdbc"}, []string{"postgres"}
	case "teradata":
		return []string{"teradata"}, []string{"tbio"}
	case "clickhouse":
		return []string{"clickhouse_jdbc", "clickhouse_odbc"}, nil
	case "exasol":
		return []string{"exasolution"}, nil
	}
	return nil, nil // the same name: snowflake, athena, oracle, vertica …
}

// plugIns are the types that keep their _jdbc or _odbc: each has a meaning of
// its own in §2.2.
var plugIns = [...]string{
	"postgres_jdbc", "postgres_odbc", "trino_jdbc", "mysql_odbc", "duckdb_jdbc", "clickhouse_jdbc", "clickhouse_odbc",
}

// connection is what is known of a table's connection type.
type connection struct {
	raw  string // as Tableau wrote it
	typ  string // in lower case, after alias, suffix and host rules
	note string // why typ is not raw, for people; "" when it is
}

// connectionOf reads the type of t's connection.
func (m *Matcher) connectionOf(t *Table) connection {
	c := connection{raw: t.ConnectionType, typ: strings.ToLower(strings.TrimSpace(t.ConnectionType))}
	if alias, ok := m.aliases[c.typ]; ok {
		c.typ, c.note = alias, "your connection_aliases say that "+c.raw+" is "+alias
	} else if !slices.Contains(plugIns[:], c.typ) {
		bare := strings.TrimSuffix(strings.TrimSuffix(c.typ, "_jdbc"), "_odbc")
		if bare != c.typ && bare != "" {
			c.typ, c.note = bare, c.raw+" is a plug-in for "+bare
		}
	}
	if platform := platformOfHost(c.typ, t.Connection.Server); platform != "" {
		c.typ, c.note = platform, "the host "+t.Connection.Server+" belongs to "+platform
	}
	return c
}

// platformOfHost applies the host rules of §2.2: some warehouses are reached
// through a neighbour's connector, and only the host tells.
func platformOfHost(typ, server string) string {
	switch typ {
	case "postgres":
		host := hostOf(server)
		domain := strings.TrimSuffix(host, ".cn")
		switch {
		case strings.HasSuffix(domain, ".redshift.amazonaws.com"), strings.HasSuffix(domain, ".redshift-serverless.amazonaws.com"):
			return "redshift"
		case strings.HasSuffix(host, ".motherduck.com"):
			return "duckdb"
		}
	case "sqlserver", "azure_sqldb", "azure_sql_dw":
		if strings.HasSuffix(hostOf(server), ".datawarehouse.fabric.microsoft.com") {
			return "fabric"
		}
	}
	return ""
}

// hostOf cuts scheme, path and port off a server.
func hostOf(server string) string {
	host := strings.ToLower(strings.TrimSpace(server))
	if _, rest, ok := strings.Cut(host, "://"); ok {
		host = rest
	}
	if at := strings.IndexAny(host, "/:,;\\?"); at >= 0 {
		host = host[:at]
	}
	return strings.TrimSuffix(host, ".")
}

// isGeneric reports types that tell nothing of the platform; "" is a missing type.
func isGeneric(typ string) bool {
	switch typ {
	case "", "genericodbc", "genericjdbc", "odbc", "jdbc":
		return true
	}
	return false
}

// classOf is the class of a connection type for an adapter family. A project
// that does not tell its adapter is as open as a generic connection.
func classOf(family, typ string) Class {
	if isGeneric(typ) || family == "" {
		return Generic
	}
	native, related := connectorsOf(family)
	switch {
	case typ == family, slices.Contains(native, typ):
		return Native
	case slices.Contains(related, typ):
		return Related
	}
	return Other
}

// notAWarehouse sorts out what no dbt project builds (§2.2, last paragraph).
func notAWarehouse(typ string) (Reason, bool) {
	switch typ {
	case "sqlproxy", "publishedconnection", "federated":
		return PublishedSource, true
	case "hyper", "dataengine", "vizengine", "excel", "excel-direct", "csv", "textscan", "textclean", "msaccess",
		"google-sheets", "salesforce", "inmemfederating":
		return FileOrExtract, true
	}
	if strings.HasPrefix(typ, "webdata") || strings.HasPrefix(typ, "cloudfile:") {
		return FileOrExtract, true
	}
	return "", false
}

// platformOf names the platform of a type for canonical names: the adapter
// family it is native to, else the type itself, "generic" when it tells nothing.
func platformOf(typ string) string {
	if isGeneric(typ) {
		return "generic"
	}
	for _, family := range [...]string{"bigquery", "spark", "sqlserver", "synapse", "trino", "mysql", "duckdb", "clickhouse", "exasol"} {
		if classOf(family, typ) == Native {
			return family
		}
	}
	return relation.Family(typ)
}
