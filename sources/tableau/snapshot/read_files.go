package snapshot

import (
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/document"
)

func (r *reader) readFiles(files gjson.Result) (err error) {
	switch {
	case !files.Exists() || files.Type == gjson.Null:
		return nil
	case !files.IsObject():
		return r.in.Fault(files, "expected an object, found "+document.TypeName(files))
	}
	if r.Files.Workbooks, err = r.filesByLUID(files, "workbooks"); err != nil {
		return err
	}
	r.Files.Datasources, err = r.filesByLUID(files, "datasources")
	return err
}

func (r *reader) filesByLUID(files gjson.Result, name string) (out map[string]File, err error) {
	defer r.in.Leave(r.in.Enter(name))
	all := files.Get(name)
	switch {
	case !all.Exists() || all.Type == gjson.Null:
		return nil, nil
	case !all.IsObject():
		return nil, r.in.Fault(all, "expected an object of files by LUID, found "+document.TypeName(all))
	}
	out = map[string]File{}
	all.ForEach(func(luid, v gjson.Result) bool {
		mark := r.in.Enter(luid.Raw)
		switch {
		case v.IsObject():
			out[strings.ToLower(r.in.Keep(luid.Str))], err = r.file(v)
		case v.Type != gjson.Null:
			err = r.in.Fault(v, "expected an object, found "+document.TypeName(v))
		}
		r.in.Leave(mark)
		return err == nil
	})
	return out, err
}

func (r *reader) file(v gjson.Result) (f File, err error) {
	r.in.Set(&f.UpdatedAt, v.Get("updatedAt"))
	err = r.in.EntriesOf(v, "tables", "table", func(o gjson.Result) error {
		for at := r.in.Position(); len(f.Tables) < at; { // null keeps its place
			f.Tables = append(f.Tables, FileTable{})
		}
		f.Tables = append(f.Tables, r.fileTable(o))
		return nil
	})
	if err != nil {
		return f, err
	}
	err = r.in.EntriesOf(v, "datasources", "datasource", func(o gjson.Result) error {
		s := FileSource{HasExtract: document.Truth(o.Get("hasExtract")), Tables: places(o.Get("tables"), len(f.Tables))}
		r.in.Set(&s.Name, o.Get("name"))
		err := r.in.EntriesOf(o, "parents", "parent", func(o gjson.Result) error {
			var p FileParent
			r.in.Set(&p.ContentURL, o.Get("contentUrl"))
			r.in.Set(&p.Name, o.Get("name"))
			s.Parents = append(s.Parents, p)
			return nil
		})
		f.Datasources = append(f.Datasources, s)
		return err
	})
	if err != nil {
		return f, err
	}
	err = r.in.EntriesOf(v, "sheets", "sheet", func(o gjson.Result) error {
		s := FileSheet{Tables: places(o.Get("tables"), len(f.Tables))}
		r.in.Set(&s.Name, o.Get("name"))
		f.Sheets = append(f.Sheets, s)
		return nil
	})
	if err == nil {
		f.Columns, err = r.fileColumns(v.Get("columns"), len(f.Tables))
	}
	if layout := v.Get("layout"); err == nil && layout.IsObject() {
		f.Layout = &FileLayout{}
		if f.Layout.Dashboards, err = r.links(layout, "dashboards"); err == nil {
			f.Layout.Sheets, err = r.links(layout, "sheets")
		}
	}
	return f, err
}

func (r *reader) links(layout gjson.Result, name string) (out []FileLinks, err error) {
	err = r.in.EntriesOf(layout, name, name, func(o gjson.Result) error {
		out = append(out, FileLinks{r.in.Keep(document.Text(o.Get("name"))), r.textList(o.Get("to"))})
		return nil
	})
	return out, err
}

// textList reads a list of texts; anything that is not a text is left out.
func (r *reader) textList(list gjson.Result) (out []string) {
	if !list.IsArray() {
		return nil
	}
	list.ForEach(func(_, v gjson.Result) bool {
		if s := document.Text(v); s != "" {
			out = append(out, r.in.Keep(s))
		}
		return true
	})
	return out
}

func (r *reader) fileTable(o gjson.Result) (t FileTable) {
	r.in.Set(&t.Kind, o.Get("kind"))
	r.in.Set(&t.Name, o.Get("name"))
	r.in.Set(&t.FullName, o.Get("fullName"))
	r.in.Set(&t.ConnectionType, o.Get("connectionType"))
	c := o.Get("connection")
	r.in.Set(&t.Connection.Server, c.Get("server"))
	r.in.Set(&t.Connection.DBName, c.Get("dbname"))
	r.in.Set(&t.Connection.Schema, c.Get("schema"))
	r.in.Set(&t.Connection.Project, c.Get("project"))
	r.in.Set(&t.Connection.InitialSQL, c.Get("initialSql"))
	t.Procedure = document.Truth(o.Get("procedure"))
	r.in.Set(&t.Query, o.Get("query"))
	t.UnsupportedSQL = document.Truth(o.Get("isUnsupportedCustomSql"))
	r.in.Set(&t.VirtualConnection, o.Get("virtualConnection"))
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
