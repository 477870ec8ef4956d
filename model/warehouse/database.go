package warehouse

import (
	"slices"
	"strings"
)

// DatabaseText says what a BI tool may write as the database.
type DatabaseText uint8

const (
	DatabaseName    DatabaseText = iota + 1 // its name
	DatabaseOrPath                          // its name, or the HTTP path of the warehouse
	DatabaseService                         // its name or its service, with a domain or a server in front: "db:1521/orcl.example.com"
	DatabaseFile                            // its name, a file or an address: "md:shop?opts", "/data/shop.duckdb"
)

// CleanDatabase gives the database that Tableau's text names; "" when the text is a
// placeholder or something other than a database
// (WAREHOUSES.md#databases-that-count-as-none).
func (n *Names) CleanDatabase(s string) string {
	s = strings.TrimSpace(s)
	switch {
	case strings.EqualFold(s, "Name Unavailable"), strings.EqualFold(s, "EmptyProject"):
		return ""
	case n.DatabaseText == DatabaseOrPath && strings.Contains(s, "/"):
		return ""
	case n.DatabaseText == DatabaseFile:
		return databaseOfFile(s)
	case n.DatabaseText == DatabaseService:
		s = s[strings.LastIndexByte(s, '/')+1:]
		s, _, _ = strings.Cut(s, ".")
	}
	return s
}

// databaseOfFile turns "md:shop?opts", "/data/shop.duckdb" and ":memory:" into
// "shop", "shop" and "memory".
func databaseOfFile(s string) string {
	for _, scheme := range [...]string{"md:", "motherduck:", "jdbc:duckdb:"} {
		if len(s) >= len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
			s = s[len(scheme):]
		}
	}
	s, _, _ = strings.Cut(s, "?")
	if s == ":memory:" {
		return "memory"
	}
	if slash := strings.LastIndexAny(s, `/\`); slash >= 0 {
		s = s[slash+1:]
	}
	if dot := strings.LastIndexByte(s, '.'); dot > 0 {
		s = s[:dot]
	}
	return s
}

// IsNoDatabase reports a name that the adapter treats as no database: Databricks'
// hive_metastore, DuckDB's main and memory (WAREHOUSES.md#databases-that-count-as-none).
func (n *Names) IsNoDatabase(s string) bool {
	return s == "" || slices.ContainsFunc(n.NoDatabase, func(none string) bool { return strings.EqualFold(s, none) })
}

// SameDatabase reports two names that are one database, although they may be written
// in two ways: none, or one that counts only where it is known.
func (n *Names) SameDatabase(a, b string) bool {
	return n.IsNoDatabase(a) && n.IsNoDatabase(b) || n.DatabaseWhereKnown && strings.EqualFold(a, b)
}

// IsSystemSchema reports a schema in which a warehouse describes itself. No dbt model is
// there, only sources that say so.
func IsSystemSchema(schema string) bool {
	return strings.EqualFold(schema, "information_schema") || strings.EqualFold(schema, "pg_catalog")
}

// IsDefaultSchema reports a schema that every database of some warehouse has, so
// that finding it proves nothing about the database (model/match/RULES.md#step-15-no-database).
func IsDefaultSchema(schema string) bool {
	return slices.ContainsFunc(table().schemas, func(d string) bool { return strings.EqualFold(schema, d) })
}
