package sql

import (
	"strings"

	"darkroom/model/warehouse"
)

// folding says when two spellings are the same name.
type folding uint8

const (
	foldAll   folding = iota // case never counts, quoted or not
	foldUpper                // unquoted means upper case
	foldLower                // unquoted means lower case
	foldNone                 // as written
)

// dialect is the set of lexical and grammatical habits that the reader needs to
// know of a warehouse.Dialect (RULES.md#tokens-by-dialect).
type dialect struct {
	doubleIsString bool   // "x" is a literal
	backslash      bool   // '\'' is one literal
	rawBackslash   bool   // r'\'' is one literal, too (BigQuery); otherwise r'\' is
	tripleQuote    bool   // '''x''' and """x"""
	dollarQuote    bool   // $$x$$
	dollarTag      bool   // $tag$x$tag$
	quoteQ         bool   // Oracle q'[x]'
	bracketIdent   bool   // [x] is an identifier
	bracketGuess   bool   // [x] is one where it cannot be a subscript
	backtickPath   bool   // `a.b.c` has three parts
	legacyBracket  bool   // BigQuery [project:dataset.table] after FROM
	dashes         bool   // a-b.c.d after FROM
	hashComment    bool   // # starts a comment
	hashSpace      bool   // "# " and "#!" start a comment (ClickHouse)
	slashComment   bool   // // starts a comment
	dashSpace      bool   // -- needs white space after it
	nested         bool   // /* /* */ */ is one comment
	wordExtra      string // more characters of words than letters, digits, _ and $
	stage          bool   // @name is a stage
	tsql           bool   // hints, EXEC anywhere, statements without semicolons, @t is a table variable
	hashTemp       bool   // #name is a temporary table
	selectInto     bool   // SELECT … INTO name makes a table
	aliasTarget    bool   // UPDATE o … FROM orders o
	only           bool   // FROM ONLY t
	link           bool   // t@link is in another database
	arrayPaths     bool   // FROM t, t.items unnests
	objectUnpivot  bool   // FROM t, UNPIVOT t.obj
	selfRecursive  bool   // recursive CTEs without the word RECURSIVE
	forward        bool   // later names are visible in WITH RECURSIVE, too
	inTable        bool   // x IN db.t reads a table
	withExpr       bool   // WITH expr AS name
	usingBare      bool   // USING a, b without parentheses
	streams        bool   // FROM STREAM t
	pivotStart     bool   // PIVOT t ON … as a query
	asName         bool   // CREATE TABLE x AS y WITH DATA
	abbreviations  bool   // SEL, DEL, INS, UPD
	readsByCall    bool   // a function in an expression reads a relation or changes the session
	names          folding
	aliases        folding // of CTEs, aliases and temporary tables
}

// habitsOf gives the habits of a dialect. Those of DialectUnknown fit most
// warehouses.
func habitsOf(d warehouse.Dialect) *dialect {
	tsql := dialect{
		bracketIdent: true, nested: true, wordExtra: "#@", tsql: true, hashTemp: true, selectInto: true,
		aliasTarget: true, selfRecursive: true,
	}
	fabric := tsql
	fabric.names = foldNone
	habits := [warehouse.Dialects]dialect{
		warehouse.DialectUnknown: {bracketGuess: true, wordExtra: "#", hashTemp: true, aliasTarget: true, names: foldNone},
		warehouse.DialectPostgres: {
			dollarQuote: true, dollarTag: true, nested: true, selectInto: true, only: true, forward: true, readsByCall: true,
			names: foldLower, aliases: foldLower,
		},
		warehouse.DialectRedshift: {
			backslash: true, dollarQuote: true, dollarTag: true, nested: true, wordExtra: "#", hashTemp: true,
			selectInto: true, arrayPaths: true, objectUnpivot: true, readsByCall: true,
		},
		warehouse.DialectSnowflake: {
			backslash: true, dollarQuote: true, slashComment: true, stage: true, selfRecursive: true,
			names: foldUpper, aliases: foldUpper,
		},
		warehouse.DialectBigQuery: {
			doubleIsString: true, backslash: true, rawBackslash: true, tripleQuote: true, backtickPath: true,
			legacyBracket: true, dashes: true, hashComment: true, arrayPaths: true, forward: true, names: foldNone,
		},
		warehouse.DialectSpark:  {doubleIsString: true, backslash: true, nested: true, streams: true},
		warehouse.DialectTSQL:   tsql,
		warehouse.DialectFabric: fabric,
		warehouse.DialectMySQL: {
			doubleIsString: true, backslash: true, hashComment: true, dashSpace: true, aliasTarget: true, names: foldNone,
		},
		warehouse.DialectClickHouse: {
			backslash: true, hashSpace: true, dollarQuote: true, dollarTag: true, inTable: true, withExpr: true,
			usingBare: true, readsByCall: true, names: foldNone, aliases: foldNone,
		},
		warehouse.DialectOracle:        {quoteQ: true, wordExtra: "#", link: true, selfRecursive: true, names: foldUpper, aliases: foldUpper},
		warehouse.DialectDuckDB:        {dollarQuote: true, dollarTag: true, nested: true, pivotStart: true},
		warehouse.DialectTeradata:      {wordExtra: "#", aliasTarget: true, asName: true, abbreviations: true},
		warehouse.DialectVertica:       {nested: true, selectInto: true},
		warehouse.DialectStandard:      {},
		warehouse.DialectStandardUpper: {wordExtra: "#@", names: foldUpper, aliases: foldUpper},
	}
	if int(d) >= len(habits) {
		d = warehouse.DialectUnknown
	}
	out := habits[d]
	return &out
}

// fold is the canonical spelling of one part.
func (f folding) fold(text string, quoted bool) string {
	switch {
	case f == foldAll, f == foldLower && !quoted:
		return strings.ToLower(text)
	case f == foldUpper && !quoted:
		return strings.ToUpper(text)
	}
	return text
}

// key identifies a relation within one text.
func (d *dialect) key(n name) string { return joinKey(n, d.names) }

// alias identifies a CTE, an alias or a temporary table.
func (d *dialect) alias(n name) string { return joinKey(n, d.aliases) }

func joinKey(n name, f folding) string {
	if len(n) == 1 {
		return f.fold(n[0].text, n[0].quoted)
	}
	var b strings.Builder
	for i, p := range n {
		if i > 0 {
			b.WriteByte(0)
		}
		b.WriteString(f.fold(p.text, p.quoted))
	}
	return b.String()
}
