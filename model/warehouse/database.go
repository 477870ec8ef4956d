package warehouse

import (
	"slices"
	"strings"
)

// DatabaseText says what a BI tool may write as the database.
type DatabaseText uint8

// The texts.
const (
	DatabaseName   DatabaseText = iota + 1 // its name
	DatabaseOrPath                         // its name, or the HTTP path of the warehouse
	DatabaseFile                           // its name, a file or an address: "md:shop?opts", "/data/shop.duckdb"
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

// IsDefaultSchema reports a schema that every database of some warehouse has, so
// that finding it proves nothing about the database (model/match/RULES.md#step-15-no-database).
func IsDefaultSchema(schema string) bool {
	return slices.ContainsFunc(table().schemas, func(d string) bool { return strings.EqualFold(schema, d) })
}
