// Package habits has what a reader of SQL needs to know of each warehouse, as data: how
// its texts are cut into tokens, what its statements may do, and what a session does to
// short names.
package habits

import (
	"strings"

	"darkroom/model/warehouse"
)

// Folding says when two spellings are the same name.
type Folding uint8

const (
	FoldAll   Folding = iota // case never counts, quoted or not
	FoldUpper                // unquoted means upper case
	FoldLower                // unquoted means lower case
	FoldNone                 // as written
)

// Dialect is the set of lexical and grammatical habits that the reader needs to
// know of a warehouse.Dialect (model/sql/RULES.md#tokens-by-dialect).
type Dialect struct {
	DoubleIsString bool   // "x" is a literal
	Backslash      bool   // '\'' is one literal
	RawBackslash   bool   // r'\'' is one literal, too (BigQuery); otherwise r'\' is
	TripleQuote    bool   // '''x''' and """x"""
	DollarQuote    bool   // $$x$$
	DollarTag      bool   // $tag$x$tag$
	QuoteQ         bool   // Oracle q'[x]'
	BracketIdent   bool   // [x] is an identifier
	BracketGuess   bool   // [x] is one where it cannot be a subscript
	BacktickPath   bool   // `a.b.c` has three parts
	LegacyBracket  bool   // BigQuery [project:dataset.table] after FROM
	Dashes         bool   // a-b.c.d after FROM
	HashComment    bool   // # starts a comment
	HashSpace      bool   // "# " and "#!" start a comment (ClickHouse)
	SlashComment   bool   // // starts a comment
	DashSpace      bool   // -- needs white space after it
	Nested         bool   // /* /* */ */ is one comment
	RunsComment    bool   // /*! x */ is x, for some servers
	WordExtra      string // more characters of words than letters, digits, _ and $
	Stage          bool   // @name is a stage
	TSQL           bool   // hints, EXEC anywhere, statements without semicolons, @t is a table variable
	HashTemp       bool   // #name is a temporary table
	SelectInto     bool   // SELECT … INTO name makes a table
	AliasTarget    bool   // UPDATE o … FROM orders o
	Only           bool   // FROM ONLY t
	Link           bool   // t@link is in another database
	ArrayPaths     bool   // FROM t, t.items unnests
	ObjectUnpivot  bool   // FROM t, UNPIVOT t.obj
	SelfRecursive  bool   // recursive CTEs without the word RECURSIVE
	Forward        bool   // later names are visible in WITH RECURSIVE, too
	InTable        bool   // x IN db.t reads a table
	WithExpr       bool   // WITH expr AS name
	UsingBare      bool   // USING a, b without parentheses
	Streams        bool   // FROM STREAM t
	PivotStart     bool   // PIVOT t ON … as a query
	AsName         bool   // CREATE TABLE x AS y WITH DATA
	Abbreviations  bool   // SEL, DEL, INS, UPD
	ReadsByCall    bool   // a function in an expression reads a relation or changes the session
	Names          Folding
	Aliases        Folding // of CTEs, aliases and temporary tables
}

// Of gives the habits of a dialect. Those of DialectUnknown fit most
// warehouses.
func Of(d warehouse.Dialect) *Dialect {
	tsql := Dialect{
		BracketIdent: true, Nested: true, WordExtra: "#@", TSQL: true, HashTemp: true, SelectInto: true,
		AliasTarget: true, SelfRecursive: true,
	}
	fabric := tsql
	fabric.Names = FoldNone
	habits := [warehouse.Dialects]Dialect{
		warehouse.DialectUnknown: {BracketGuess: true, WordExtra: "#", HashTemp: true, AliasTarget: true, Names: FoldNone},
		warehouse.DialectPostgres: {
			DollarQuote: true, DollarTag: true, Nested: true, SelectInto: true, Only: true, Forward: true, ReadsByCall: true,
			Names: FoldLower, Aliases: FoldLower,
		},
		warehouse.DialectRedshift: {
			Backslash: true, DollarQuote: true, DollarTag: true, Nested: true, WordExtra: "#", HashTemp: true,
			SelectInto: true, ArrayPaths: true, ObjectUnpivot: true, ReadsByCall: true,
		},
		warehouse.DialectSnowflake: {
			Backslash: true, DollarQuote: true, SlashComment: true, Stage: true, SelfRecursive: true,
			Names: FoldUpper, Aliases: FoldUpper,
		},
		warehouse.DialectBigQuery: {
			DoubleIsString: true, Backslash: true, RawBackslash: true, TripleQuote: true, BacktickPath: true,
			LegacyBracket: true, Dashes: true, HashComment: true, ArrayPaths: true, Forward: true, Names: FoldNone,
		},
		warehouse.DialectSpark:  {DoubleIsString: true, Backslash: true, Nested: true, Streams: true},
		warehouse.DialectTSQL:   tsql,
		warehouse.DialectFabric: fabric,
		warehouse.DialectMySQL: {
			DoubleIsString: true, Backslash: true, HashComment: true, DashSpace: true, RunsComment: true, AliasTarget: true, Names: FoldNone,
		},
		warehouse.DialectClickHouse: {
			Backslash: true, HashSpace: true, DollarQuote: true, DollarTag: true, InTable: true, WithExpr: true,
			UsingBare: true, ReadsByCall: true, Names: FoldNone, Aliases: FoldNone,
		},
		warehouse.DialectOracle:        {QuoteQ: true, WordExtra: "#", Link: true, SelfRecursive: true, Names: FoldUpper, Aliases: FoldUpper},
		warehouse.DialectDuckDB:        {DollarQuote: true, DollarTag: true, Nested: true, PivotStart: true},
		warehouse.DialectTeradata:      {WordExtra: "#", AliasTarget: true, AsName: true, Abbreviations: true},
		warehouse.DialectVertica:       {Nested: true, SelectInto: true},
		warehouse.DialectStandard:      {},
		warehouse.DialectStandardUpper: {WordExtra: "#@", Names: FoldUpper, Aliases: FoldUpper},
	}
	if int(d) >= len(habits) {
		d = warehouse.DialectUnknown
	}
	out := habits[d]
	return &out
}

// Fold is the canonical spelling of one part.
func (f Folding) Fold(text string, quoted bool) string {
	switch {
	case f == FoldAll, f == FoldLower && !quoted:
		return strings.ToLower(text)
	case f == FoldUpper && !quoted:
		return strings.ToUpper(text)
	}
	return text
}
