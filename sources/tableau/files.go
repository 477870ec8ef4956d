package tableau

import (
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model"
)

// Files are the facts that sync read from the files of workbooks and published
// data sources, by LUID in lower case: the "files" of a snapshot (SnapshotFormat).
type Files struct {
	Workbooks   map[string]File `json:"workbooks,omitempty"`
	Datasources map[string]File `json:"datasources,omitempty"`
}

// Empty reports that there is no file.
func (f Files) Empty() bool { return len(f.Workbooks)+len(f.Datasources) == 0 }

// File is what one file says. Data sources and sheets name tables by their place
// in Tables.
type File struct {
	UpdatedAt   string       `json:"updatedAt,omitempty"` // see Want
	Datasources []FileSource `json:"datasources,omitempty"`
	Tables      []FileTable  `json:"tables,omitempty"`
	Sheets      []FileSheet  `json:"sheets,omitempty"`
	// Layout is what a workbook shows; kept where the Metadata API does not tell it.
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

// NewFileTable keeps of a table what a file can tell.
func NewFileTable(t *model.Table) FileTable {
	return FileTable{
		Kind: t.Kind.String(), Name: t.Name, FullName: t.FullName, ConnectionType: t.ConnectionType,
		Connection: FileConnection(t.Connection), Procedure: t.Procedure, Query: t.Query, UnsupportedSQL: t.UnsupportedSQL,
		VirtualConnection: t.VirtualConnection,
	}
}

// table is the other way round.
func (t *FileTable) table(id string) model.Table {
	out := model.Table{
		ID: id, Name: t.Name, FullName: t.FullName, ConnectionType: t.ConnectionType, Connection: model.ConnectionInfo(t.Connection),
		Procedure: t.Procedure, Query: t.Query, UnsupportedSQL: t.UnsupportedSQL, VirtualConnection: t.VirtualConnection, FromFile: true,
	}
	for _, kind := range []model.TableKind{model.CustomSQLTable, model.VirtualConnectionTable} {
		if t.Kind == kind.String() {
			out.Kind = kind
		}
	}
	return out
}

// readFiles reads the "files" of a snapshot.
func (b *builder) readFiles(files gjson.Result) (err error) {
	switch {
	case !files.Exists() || files.Type == gjson.Null:
		return nil
	case !files.IsObject():
		return b.fault(files, "expected an object, found "+typeName(files))
	}
	if b.files.Workbooks, err = b.filesByLUID(files, "workbooks"); err != nil {
		return err
	}
	b.files.Datasources, err = b.filesByLUID(files, "datasources")
	return err
}

func (b *builder) filesByLUID(files gjson.Result, name string) (out map[string]File, err error) {
	depth := len(b.path)
	defer func() { b.path = b.path[:depth] }()
	b.path = append(b.path, step{name: name})
	all := files.Get(name)
	switch {
	case !all.Exists() || all.Type == gjson.Null:
		return nil, nil
	case !all.IsObject():
		return nil, b.fault(all, "expected an object of files by LUID, found "+typeName(all))
	}
	out = map[string]File{}
	all.ForEach(func(luid, v gjson.Result) bool {
		b.path = append(b.path[:depth+1], step{name: luid.Raw})
		switch {
		case v.IsObject():
			out[strings.ToLower(b.keep(luid.Str))], err = b.file(v)
		case v.Type != gjson.Null:
			err = b.fault(v, "expected an object, found "+typeName(v))
		}
		return err == nil
	})
	return out, err
}

func (b *builder) file(v gjson.Result) (f File, err error) {
	b.set(&f.UpdatedAt, v.Get("updatedAt"))
	err = b.restList(v, "tables", "table", func(o gjson.Result) error {
		for at := b.path[len(b.path)-1].at; len(f.Tables) < at; { // null keeps its place
			f.Tables = append(f.Tables, FileTable{})
		}
		f.Tables = append(f.Tables, b.fileTable(o))
		return nil
	})
	if err != nil {
		return f, err
	}
	err = b.restList(v, "datasources", "datasource", func(o gjson.Result) error {
		s := FileSource{HasExtract: truth(o.Get("hasExtract")), Tables: places(o.Get("tables"), len(f.Tables))}
		b.set(&s.Name, o.Get("name"))
		err := b.restList(o, "parents", "parent", func(o gjson.Result) error {
			var p FileParent
			b.set(&p.ContentURL, o.Get("contentUrl"))
			b.set(&p.Name, o.Get("name"))
			s.Parents = append(s.Parents, p)
			return nil
		})
		f.Datasources = append(f.Datasources, s)
		return err
	})
	if err != nil {
		return f, err
	}
	err = b.restList(v, "sheets", "sheet", func(o gjson.Result) error {
		s := FileSheet{Tables: places(o.Get("tables"), len(f.Tables))}
		b.set(&s.Name, o.Get("name"))
		f.Sheets = append(f.Sheets, s)
		return nil
	})
	if layout := v.Get("layout"); err == nil && layout.IsObject() {
		f.Layout = &FileLayout{}
		if f.Layout.Dashboards, err = b.links(layout, "dashboards"); err == nil {
			f.Layout.Sheets, err = b.links(layout, "sheets")
		}
	}
	return f, err
}

func (b *builder) links(layout gjson.Result, name string) (out []FileLinks, err error) {
	err = b.restList(layout, name, name, func(o gjson.Result) error {
		out = append(out, FileLinks{b.keep(text(o.Get("name"))), b.textList(o.Get("to"))})
		return nil
	})
	return out, err
}

// textList reads a list of texts; what is none is left out.
func (b *builder) textList(list gjson.Result) (out []string) {
	if !list.IsArray() {
		return nil
	}
	list.ForEach(func(_, v gjson.Result) bool {
		if s := text(v); s != "" {
			out = append(out, b.keep(s))
		}
		return true
	})
	return out
}

func (b *builder) fileTable(o gjson.Result) (t FileTable) {
	b.set(&t.Kind, o.Get("kind"))
	b.set(&t.Name, o.Get("name"))
	b.set(&t.FullName, o.Get("fullName"))
	b.set(&t.ConnectionType, o.Get("connectionType"))
	c := o.Get("connection")
	b.set(&t.Connection.Server, c.Get("server"))
	b.set(&t.Connection.DBName, c.Get("dbname"))
	b.set(&t.Connection.Schema, c.Get("schema"))
	b.set(&t.Connection.Project, c.Get("project"))
	b.set(&t.Connection.InitialSQL, c.Get("initialSql"))
	t.Procedure = truth(o.Get("procedure"))
	b.set(&t.Query, o.Get("query"))
	t.UnsupportedSQL = truth(o.Get("isUnsupportedCustomSql"))
	b.set(&t.VirtualConnection, o.Get("virtualConnection"))
	return t
}

// places reads positions in a list of n; those behind its end are nothing.
func places(list gjson.Result, n int) (out []int) {
	if !list.IsArray() {
		return nil
	}
	list.ForEach(func(_, v gjson.Result) bool {
		if at := v.Int(); v.Type == gjson.Number && at >= 0 && at < int64(n) {
			out = append(out, int(at))
		}
		return true
	})
	return out
}
