package model

// TableKind distinguishes the three things Tableau calls a table.
type TableKind uint8

// The kinds of table.
const (
	DatabaseTable TableKind = iota
	CustomSQLTable
	VirtualConnectionTable
)

// String is the Metadata API's type name.
func (k TableKind) String() string {
	return [...]string{"DatabaseTable", "CustomSQLTable", "VirtualConnectionTable"}[k]
}

// Table is something a data source reads from. A site has a hundred thousand of them; see
// [Resource] for what that means for its fields.
type Table struct {
	ID string
	// Name and FullName are raw names. FullName beats Schema beats Name
	// (model/relation/RULES.md#full-name-before-schema-before-name).
	Name, FullName string
	// Place is shared with other tables, and nil where nothing of it is known.
	Place *Place
	// Extra is nil for most tables.
	Extra *TableExtra
	Kind  TableKind
	// Redacted: the row came with an id and no names (sources/tableau/API.md#redacted-names).
	Redacted bool
	// Procedure marks a stored procedure, which only workbook files report; what it
	// reads is not known (model/walk/RULES.md#p12-stored-procedures).
	Procedure      bool
	UnsupportedSQL bool // Tableau could not parse the query
	// FromFile: not Tableau's metadata but the file of the workbook or of the
	// published data source has it, which sync downloaded.
	FromFile bool
}

// Place is where tables are. It is never changed: a table elsewhere has another one.
type Place struct {
	Database, Schema string // the database's name may be a placeholder
	ConnectionType   string // "snowflake", "excel-direct", …
	Connection       ConnectionInfo
}

// ConnectionInfo is the connection a table is read through. Any field may be empty.
type ConnectionInfo struct {
	Server, DBName, Schema, Project string
	// InitialSQL runs when the connection is opened, before any query: what it
	// reads counts too. Only workbook files report it (model/walk/RULES.md#p11-initial-sql). It
	// has Tableau's << and >> as Table.Query has.
	InitialSQL string
}

// TableExtra is what only some tables have.
type TableExtra struct {
	Query             string   // custom SQL, still with Tableau's << and >>
	DatasourceIDs     []string // of a custom SQL table
	SheetIDs          []string // downstreamSheets of a custom SQL table
	UpstreamTableIDs  []string // custom SQL: tables and virtual connection tables it reads; virtual connection: upstreamTables
	FlowIDs           []string // flows that write this table
	VirtualConnection string   // name of the virtual connection
	Incomplete        string   // see Dashboard.Incomplete
}

// Empty reports that there is nothing in x.
func (x *TableExtra) Empty() bool {
	return x.Query == "" && x.VirtualConnection == "" && x.Incomplete == "" &&
		len(x.DatasourceIDs)+len(x.SheetIDs)+len(x.UpstreamTableIDs)+len(x.FlowIDs) == 0
}

// Own is what only some tables have, to be changed.
func (t *Table) Own() *TableExtra {
	if t.Extra == nil {
		t.Extra = &TableExtra{}
	}
	return t.Extra
}

// AddDatasource says that a data source has t. Only of custom SQL it is kept: nothing asks
// other tables.
func (t *Table) AddDatasource(id string) {
	if t.Kind == CustomSQLTable {
		own := t.Own()
		own.DatasourceIDs = append(own.DatasourceIDs, id)
	}
}

// place is never nil, and not to be changed.
func (t *Table) place() *Place { return orEmpty(t.Place) }

// extra is never nil, and not to be changed.
func (t *Table) extra() *TableExtra { return orEmpty(t.Extra) }

// Database is the database's name, which may be a placeholder.
func (t *Table) Database() string { return t.place().Database }

// Schema is the schema's raw name.
func (t *Table) Schema() string { return t.place().Schema }

// ConnectionType is "snowflake", "excel-direct", …
func (t *Table) ConnectionType() string { return t.place().ConnectionType }

// Connection is what is known of the connection itself.
func (t *Table) Connection() ConnectionInfo { return t.place().Connection }

// Query is custom SQL, still with Tableau's << and >>.
func (t *Table) Query() string { return t.extra().Query }

// DatasourceIDs are the data sources that have a custom SQL table.
func (t *Table) DatasourceIDs() []string { return t.extra().DatasourceIDs }

// SheetIDs are the sheets that read a custom SQL table.
func (t *Table) SheetIDs() []string { return t.extra().SheetIDs }

// UpstreamTableIDs are the tables that custom SQL or a virtual connection reads.
func (t *Table) UpstreamTableIDs() []string { return t.extra().UpstreamTableIDs }

// FlowIDs are the flows that write the table.
func (t *Table) FlowIDs() []string { return t.extra().FlowIDs }

// VirtualConnection is the name of the virtual connection.
func (t *Table) VirtualConnection() string { return t.extra().VirtualConnection }

// Incomplete is as that of a dashboard.
func (t *Table) Incomplete() string { return t.extra().Incomplete }
