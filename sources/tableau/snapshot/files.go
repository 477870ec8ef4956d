package snapshot

import (
	"darkroom/model"
)

// Files are the facts that sync read from the files of workbooks and published
// data sources, by LUID in lower case: the "files" of a snapshot (Format).
type Files struct {
	Workbooks   map[string]File `json:"workbooks,omitempty"`
	Datasources map[string]File `json:"datasources,omitempty"`
}

// Empty reports that there is no file.
func (f Files) Empty() bool { return len(f.Workbooks)+len(f.Datasources) == 0 }

// File is what one file says. Data sources and sheets name tables by their place
// in Tables.
type File struct {
	UpdatedAt   string       `json:"updatedAt,omitempty"` // see joinfiles.Want
	Datasources []FileSource `json:"datasources,omitempty"`
	Tables      []FileTable  `json:"tables,omitempty"`
	Sheets      []FileSheet  `json:"sheets,omitempty"`
	// Columns are those of a workbook's sheets; nil where they were not asked for.
	Columns *FileColumns `json:"columns,omitempty"`
	// Layout is what a workbook shows; kept where the Metadata API is off.
	Layout *FileLayout `json:"layout,omitempty"`
}

// FileSource is a data source; the file of a published one has exactly one.
type FileSource struct {
	Name       string       `json:"name"`
	HasExtract bool         `json:"hasExtract,omitempty"`
	Tables     []int        `json:"tables,omitempty"`
	Parents    []FileParent `json:"parents,omitempty"`
}

// FileParent is a published data source that another one connects to.
type FileParent struct {
	ContentURL string `json:"contentUrl,omitempty"`
	Name       string `json:"name,omitempty"`
}

// FileTable is a table of a file, under the names of model.Table.
type FileTable struct {
	Kind              string         `json:"kind"` // model.TableKind in words
	Name              string         `json:"name,omitempty"`
	FullName          string         `json:"fullName,omitempty"`
	ConnectionType    string         `json:"connectionType,omitempty"`
	Connection        FileConnection `json:"connection"`
	Procedure         bool           `json:"procedure,omitempty"`
	Query             string         `json:"query,omitempty"`
	UnsupportedSQL    bool           `json:"isUnsupportedCustomSql,omitempty"`
	VirtualConnection string         `json:"virtualConnection,omitempty"`
}

// FileConnection is model.ConnectionInfo.
type FileConnection struct {
	Server     string `json:"server,omitempty"`
	DBName     string `json:"dbname,omitempty"`
	Schema     string `json:"schema,omitempty"`
	Project    string `json:"project,omitempty"`
	InitialSQL string `json:"initialSql,omitempty"`
}

// FileSheet lists the tables that a sheet really uses.
type FileSheet struct {
	Name   string `json:"name"`
	Tables []int  `json:"tables,omitempty"`
}

// FileLayout links dashboards and stories to sheets, and sheets to data sources.
type FileLayout struct {
	Dashboards []FileLinks `json:"dashboards,omitempty"`
	Sheets     []FileLinks `json:"sheets,omitempty"`
}

// FileLinks is one of them with what it leads to, all by name.
type FileLinks struct {
	Name string   `json:"name"`
	To   []string `json:"to,omitempty"`
}

// NewFileTable keeps of a table what can be known from a file.
func NewFileTable(t *model.Table) FileTable {
	return FileTable{
		Kind: t.Kind.String(), Name: t.Name, FullName: t.FullName, ConnectionType: t.ConnectionType(),
		Connection: FileConnection(t.Connection()), Procedure: t.Procedure, Query: t.Query(), UnsupportedSQL: t.UnsupportedSQL,
		VirtualConnection: t.VirtualConnection(),
	}
}

// Table is the other way round.
func (t *FileTable) Table(id string) model.Table {
	out := model.Table{
		ID: id, Name: t.Name, FullName: t.FullName, Procedure: t.Procedure, UnsupportedSQL: t.UnsupportedSQL, FromFile: true,
		Place: &model.Place{ConnectionType: t.ConnectionType, Connection: model.ConnectionInfo(t.Connection)},
	}
	if extra := (model.TableExtra{Query: t.Query, VirtualConnection: t.VirtualConnection}); !extra.Empty() {
		out.Extra = &extra
	}
	for _, kind := range []model.TableKind{model.CustomSQLTable, model.VirtualConnectionTable} {
		if t.Kind == kind.String() {
			out.Kind = kind
		}
	}
	return out
}
