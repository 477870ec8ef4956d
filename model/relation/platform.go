package relation

import "strings"

// The levels of a name, as indexes of its three parts.
const (
	Database = iota
	Schema
	Identifier
)

// Case says what it means when two names differ in case only.
type Case uint8

// The meanings (facts/matching.md §2.3, column "Case").
const (
	CaseSame           Case = iota // nothing
	CaseSameIfUnquoted             // nothing, unless dbt quotes the part
	CaseOther                      // perhaps another object
)

// Platform holds the traits of one dbt adapter's names. It is a value; nobody
// changes one.
type Platform struct {
	Name   string // adapter family: "postgres" for postgresql, "trino" for starburst
	Listed bool   // has a row of its own in §2.3; others are read cautiously
	Levels int    // parts that identify a relation: 3, or 2 without a database
	Fold   Fold
	Case   [3]Case
	Quoted bool // whether dbt quotes by default
	// DefaultSchema is where a name without schema is looked up, "" when there
	// is no such place.
	DefaultSchema string
	// SchemaIsDatabase: what Tableau calls a database is dbt's schema.
	SchemaIsDatabase bool
}

// Family gives one name to adapters that speak to the same warehouse.
func Family(adapter string) string {
	adapter = strings.ToLower(strings.TrimSpace(adapter))
	switch adapter {
	case "postgresql":
		return "postgres"
	case "starburst", "presto":
		return "trino"
	case "mariadb":
		return "mysql"
	case "motherduck":
		return "duckdb"
	}
	return adapter
}

// Of gives the traits of a dbt adapter (metadata.adapter_type). An adapter that
// is not known is taken to keep every name as written.
func Of(adapter string) Platform { //nolint:cyclop // one case per platform
	name := Family(adapter)
	same, unquoted, other := [3]Case{}, [3]Case{CaseSameIfUnquoted, CaseSameIfUnquoted, CaseSameIfUnquoted}, [3]Case{CaseOther, CaseOther, CaseOther}
	p := Platform{Name: name, Listed: true, Levels: 3, Quoted: true}
	switch name {
	case "snowflake":
		p.Fold, p.Case, p.Quoted, p.DefaultSchema = FoldUpper, unquoted, false, "PUBLIC"
	case "bigquery":
		p.Case = [3]Case{CaseSame, CaseOther, CaseOther}
	case "redshift":
		p.Fold, p.Case, p.DefaultSchema = FoldLower, same, "public"
	case "postgres", "greenplum":
		p.Fold, p.Case, p.DefaultSchema = FoldLower, unquoted, "public"
	case "databricks":
		p.Fold, p.Case, p.DefaultSchema = FoldLower, same, "default"
	case "spark":
		p.Levels, p.Fold, p.Case, p.Quoted, p.DefaultSchema = 2, FoldLower, same, false, "default"
	case "sqlserver", "synapse":
		p.Case, p.DefaultSchema = same, "dbo"
	case "fabric":
		p.Case, p.DefaultSchema = other, "dbo"
	case "trino":
		p.Fold, p.Case = FoldLower, same
	case "athena":
		p.Fold, p.Case, p.DefaultSchema = FoldLower, same, "default"
	case "duckdb":
		p.Case, p.DefaultSchema = same, "main"
	case "mysql", "clickhouse":
		p.Levels, p.Case, p.SchemaIsDatabase = 2, other, true
	case "teradata":
		p.Levels, p.Case, p.SchemaIsDatabase = 2, same, true
	case "oracle":
		p.Levels, p.Fold, p.Case, p.Quoted = 2, FoldUpper, unquoted, false
	default:
		p.Listed, p.Case = false, unquoted
	}
	return p
}

// GenericSchema reports a schema that every database has, so that finding it
// proves nothing about the database (§3.3 step 15).
func GenericSchema(schema string) bool {
	for _, s := range [...]string{"public", "dbo", "main", "default"} {
		if strings.EqualFold(schema, s) {
			return true
		}
	}
	return false
}

// CleanDatabase gives the database that a text of Tableau names; "" when the
// text is a placeholder or something else than a database (§2.3, §2.4).
func (p *Platform) CleanDatabase(s string) string {
	s = strings.TrimSpace(s)
	switch {
	case strings.EqualFold(s, "Name Unavailable"), strings.EqualFold(s, "EmptyProject"):
		return ""
	case p.Name == "databricks" && strings.Contains(s, "/"):
		return "" // the HTTP path of the warehouse
	case p.Name == "duckdb":
		return duckDatabase(s)
	}
	return s
}

// duckDatabase takes "md:shop?opts", "/data/shop.duckdb" and ":memory:" to
// "shop", "shop" and "memory".
func duckDatabase(s string) string {
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

// IsNoDatabase reports a database that the adapter treats as none: Databricks'
// hive_metastore, DuckDB's main and memory (§2.3).
func (p *Platform) IsNoDatabase(s string) bool {
	switch p.Name {
	case "databricks":
		return s == "" || strings.EqualFold(s, "hive_metastore")
	case "duckdb":
		return s == "" || strings.EqualFold(s, "main") || strings.EqualFold(s, "memory")
	}
	return s == ""
}
