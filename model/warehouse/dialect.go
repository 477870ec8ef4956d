package warehouse

// Dialect names a set of lexical and grammatical habits of SQL; package sql has the
// habits. Warehouses with the same habits share one.
type Dialect uint8

// The dialects. DialectUnknown is read by habits that fit most warehouses.
const (
	DialectUnknown Dialect = iota
	DialectPostgres
	DialectRedshift
	DialectSnowflake
	DialectBigQuery
	DialectSpark
	DialectTSQL
	DialectFabric // T-SQL, but case counts
	DialectMySQL
	DialectClickHouse
	DialectOracle
	DialectDuckDB
	DialectTeradata
	DialectVertica
	DialectStandard      // close to the standard, case never counts: Trino
	DialectStandardUpper // close to the standard, unquoted names in upper case: Db2

	Dialects // how many there are
)

// DialectOf is the dialect of a dbt adapter or of a connection class.
func DialectOf(name string) Dialect {
	name = lower(name)
	if w := table().adapter[name]; w != nil {
		return w.Dialect
	}
	if w := table().speaker[name]; w != nil {
		return w.Dialect
	}
	return DialectUnknown
}
