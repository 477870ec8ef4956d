package warehouse

// Warehouse is one row: what is known of the warehouse behind a dbt adapter. Its
// lists are shared and never changed.
type Warehouse struct {
	Adapter string   // metadata.adapter_type in lower case; also the name of the family
	Aliases []string // other adapters that speak to the same warehouse

	// Native are the connection classes that prove the warehouse, if there are any
	// besides the adapter's own name. If two rows have the same class, the first one
	// counts where only one can.
	Native []string
	// Speaks are the classes of neighbours whose protocol the warehouse speaks, so
	// that BI tools reach it through them. One leads here or to the neighbour: the
	// host says which, or otherwise which projects are loaded.
	Speaks []string
	// Related are classes that may lead to the same names, because one warehouse is
	// copied from the other or because the class proves nothing.
	Related []string
	// SQLOnly are classes that say how SQL is read but prove nothing.
	SQLOnly []string
	// Hosts are suffixes of hosts, each with its leading dot, that prove the
	// warehouse although the connection's class is a neighbour's, one of Through.
	Hosts, Through []string

	Names
	Dialect Dialect // of its SQL

	// ProjectPaths: one written part may hold several ("[project.dataset]"), and
	// the connection's project is the database, before its catalog (BigQuery).
	ProjectPaths bool
	// WildcardSources: a source "events_*" means all tables with that prefix.
	WildcardSources bool
	// SourceDatabaseIsSchema: a source whose schema is only its own name has the
	// schema as its database, because the adapter reads it that way.
	SourceDatabaseIsSchema bool
	// DatabaseIsSchema: the adapter's database is where relations are, and its schema
	// is in no name.
	DatabaseIsSchema bool
}

// Names is what a warehouse does to the names of its relations.
type Names struct {
	Levels int // parts that identify a relation: 3, or 2 without a database
	Fold   Fold
	Case   [3]Case // database, schema, identifier
	Quotes Quotes
	// DefaultSchema is where a name without schema is looked up, "" if there is no
	// such schema.
	DefaultSchema string
	// DatabaseWhereKnown: two levels, but a database that both sides know has to be
	// the same.
	DatabaseWhereKnown bool
	// OnlyDatabase is where relations are whose database dbt leaves out, "" if that
	// is not known.
	OnlyDatabase string
	// SchemaIsDatabase: what Tableau calls a database is dbt's schema.
	SchemaIsDatabase bool
	DatabaseText     DatabaseText
	// NoDatabase are database names that the adapter treats as no database.
	NoDatabase []string
	// Assumed: none of this is documented for the warehouse. The project then shows
	// whether it has databases.
	Assumed bool
}

// Case says what it means when two names differ in case only.
type Case uint8

// The meanings (WAREHOUSES.md#levels-case-and-quoting).
const (
	CaseSame           Case = iota + 1 // nothing
	CaseSameIfUnquoted                 // nothing, unless dbt quotes the part
	CaseOther                          // perhaps another object
)

// Quotes says which parts of a name dbt quotes by default.
type Quotes uint8

const (
	QuotesAll Quotes = iota + 1
	QuotesNone
)

// Of gives the row of a dbt adapter (metadata.adapter_type). An adapter without a row
// is assumed to keep every name as written.
func Of(adapter string) Warehouse {
	adapter = lower(adapter)
	if w := table().adapter[adapter]; w != nil {
		return *w
	}
	return Warehouse{Adapter: adapter, Names: assumed()}
}

// Family gives the same name for adapters of the same warehouse.
func Family(adapter string) string {
	adapter = lower(adapter)
	if w := table().adapter[adapter]; w != nil {
		return w.Adapter
	}
	return adapter
}

// assumed are the names of a warehouse without documentation.
func assumed() Names {
	return Names{
		Levels: 3, Fold: FoldNone, Case: everyPart(CaseSameIfUnquoted), Quotes: QuotesAll, DatabaseText: DatabaseName, Assumed: true,
	}
}

func everyPart(c Case) [3]Case { return [3]Case{c, c, c} }
