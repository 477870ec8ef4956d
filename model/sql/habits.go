package sql

import "darkroom/model/warehouse"

// useOne is what USE with one part selects.
type useOne uint8

const (
	useUnclear  useOne = iota // the database or the schema, or no such statement
	useSchema                 // the schema
	useDatabase               // the database
)

// sets is which settings SET has.
type sets uint8

const (
	setsNames     sets = iota // search_path, schema, database, role and others
	setsNothing               // variables and settings that change no names
	setsCatalog               // the catalog
	setsVariables             // variables, and @@dataset_id
)

// sessionHabits say how the statements of one warehouse change what short names
// mean (RULES.md#what-a-session-does-to-names).
type sessionHabits struct {
	use  useOne
	sets sets
	// databaseIsSchema: DATABASE and SCHEMA are two words for one thing.
	databaseIsSchema bool
	// twoLevels: a name has no part before its schema.
	twoLevels bool
	// fresh is the schema after the database was changed. Empty: the one that is
	// current there, which the name may still find; freshUnknown: not known.
	fresh        string
	freshUnknown bool
	// userSchema: the user of the session has a part in names without schema.
	userSchema bool
	// calls: a procedure can leave other names behind.
	calls, callsDatabase bool
	// makes: CREATE SCHEMA and CREATE DATABASE select what they make.
	makes bool
	// listLiteral: a search path is one literal with commas in it.
	listLiteral bool
	// tempInSchema: a temporary table has a schema, and is not found from another.
	tempInSchema bool
}

// sessionHabitsOf gives those of a dialect.
func sessionHabitsOf(d warehouse.Dialect) *sessionHabits {
	table := [warehouse.Dialects]sessionHabits{
		warehouse.DialectUnknown:       {freshUnknown: true, userSchema: true, calls: true},
		warehouse.DialectPostgres:      {use: useDatabase, userSchema: true, calls: true},
		warehouse.DialectRedshift:      {use: useDatabase, userSchema: true, calls: true},
		warehouse.DialectSnowflake:     {sets: setsNothing, use: useDatabase, fresh: "PUBLIC", calls: true, callsDatabase: true, makes: true, listLiteral: true, tempInSchema: true},
		warehouse.DialectBigQuery:      {sets: setsVariables},
		warehouse.DialectSpark:         {sets: setsCatalog, use: useSchema, databaseIsSchema: true, fresh: "default", calls: true},
		warehouse.DialectTSQL:          {sets: setsNothing, use: useDatabase, userSchema: true},
		warehouse.DialectFabric:        {sets: setsNothing, use: useDatabase, userSchema: true},
		warehouse.DialectMySQL:         {sets: setsCatalog, use: useSchema, databaseIsSchema: true, twoLevels: true, freshUnknown: true, tempInSchema: true},
		warehouse.DialectClickHouse:    {sets: setsNothing, use: useSchema, databaseIsSchema: true, twoLevels: true},
		warehouse.DialectOracle:        {twoLevels: true, calls: true},
		warehouse.DialectDuckDB:        {fresh: "main", listLiteral: true},
		warehouse.DialectTeradata:      {use: useSchema, databaseIsSchema: true, twoLevels: true},
		warehouse.DialectVertica:       {userSchema: true, calls: true},
		warehouse.DialectStandard:      {sets: setsNothing, use: useSchema, freshUnknown: true},
		warehouse.DialectStandardUpper: {userSchema: true, calls: true},
	}
	if int(d) >= len(table) {
		d = warehouse.DialectUnknown
	}
	out := table[d]
	return &out
}
