package habits

import "darkroom/model/warehouse"

// UseOne is what USE with one part selects.
type UseOne uint8

const (
	UseUnclear  UseOne = iota // the database or the schema, or no such statement
	UseSchema                 // the schema
	UseDatabase               // the database
)

// Sets is which settings SET has.
type Sets uint8

const (
	SetsNames     Sets = iota // search_path, schema, database, role and others
	SetsNothing               // variables and settings that change no names
	SetsCatalog               // the catalog
	SetsVariables             // variables, and @@dataset_id
)

// Session say how the statements of one warehouse change what short names
// mean (model/sql/RULES.md#what-a-session-does-to-names).
type Session struct {
	Use  UseOne
	Sets Sets
	// DatabaseIsSchema: DATABASE and SCHEMA are two words for one thing.
	DatabaseIsSchema bool
	// TwoLevels: a name has no part before its schema.
	TwoLevels bool
	// fresh is the schema after the database was changed. Empty: the one that is
	// current there, which the name may still find; FreshUnknown: not known.
	Fresh        string
	FreshUnknown bool
	// UserSchema: the user of the session has a part in names without schema.
	UserSchema bool
	// Calls: a procedure can leave other names behind.
	Calls, CallsDatabase bool
	// Makes: CREATE SCHEMA and CREATE DATABASE select what they make.
	Makes bool
	// ListLiteral: a search path is one literal with commas in it.
	ListLiteral bool
	// TempInSchema: a temporary table has a schema, and is not found from another.
	TempInSchema bool
}

// OfSession gives those of a dialect.
func OfSession(d warehouse.Dialect) *Session {
	table := [warehouse.Dialects]Session{
		warehouse.DialectUnknown:       {FreshUnknown: true, UserSchema: true, Calls: true},
		warehouse.DialectPostgres:      {Use: UseDatabase, UserSchema: true, Calls: true},
		warehouse.DialectRedshift:      {Use: UseDatabase, UserSchema: true, Calls: true},
		warehouse.DialectSnowflake:     {Sets: SetsNothing, Use: UseDatabase, Fresh: "PUBLIC", Calls: true, CallsDatabase: true, Makes: true, ListLiteral: true, TempInSchema: true},
		warehouse.DialectBigQuery:      {Sets: SetsVariables},
		warehouse.DialectSpark:         {Sets: SetsCatalog, Use: UseSchema, DatabaseIsSchema: true, Fresh: "default", Calls: true},
		warehouse.DialectTSQL:          {Sets: SetsNothing, Use: UseDatabase, UserSchema: true},
		warehouse.DialectFabric:        {Sets: SetsNothing, Use: UseDatabase, UserSchema: true},
		warehouse.DialectMySQL:         {Sets: SetsCatalog, Use: UseSchema, DatabaseIsSchema: true, TwoLevels: true, FreshUnknown: true, TempInSchema: true},
		warehouse.DialectClickHouse:    {Sets: SetsNothing, Use: UseSchema, DatabaseIsSchema: true, TwoLevels: true},
		warehouse.DialectOracle:        {TwoLevels: true, Calls: true},
		warehouse.DialectDuckDB:        {Fresh: "main", ListLiteral: true},
		warehouse.DialectTeradata:      {Use: UseSchema, DatabaseIsSchema: true, TwoLevels: true},
		warehouse.DialectVertica:       {UserSchema: true, Calls: true},
		warehouse.DialectStandard:      {Sets: SetsNothing, Use: UseSchema, FreshUnknown: true},
		warehouse.DialectStandardUpper: {UserSchema: true, Calls: true},
	}
	if int(d) >= len(table) {
		d = warehouse.DialectUnknown
	}
	out := table[d]
	return &out
}
