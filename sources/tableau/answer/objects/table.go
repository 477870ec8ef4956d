package objects

import (
	"cmp"

	"darkroom/model"
	"darkroom/sources/compact"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// Table is a table, a custom SQL query or a table of a virtual connection, with its
// links.
type Table struct {
	tableFields
	namesAsked           bool
	database, connection int32
	links                *tableLinks // nil without any, as most are
}

// tableFields are what a table says of itself.
type tableFields struct {
	Name, Schema, FullName, ConnectionType, Query string
	UnsupportedSQL                                bool
}

type tableLinks struct{ datasources, sheets, upstream, flows Links }

// linked are the links of t, to add to.
func (t *Table) linked() *tableLinks {
	if t.links == nil {
		t.links = &tableLinks{}
	}
	return t.links
}

// NamesNotAsked is a table whose names the query did not ask for: that is not
// redaction.
func (t *Table) NamesNotAsked() bool { return !t.namesAsked && t.Query == "" }

func (t *Table) describe(in *document.Walker, o document.Value) {
	t.namesAsked = t.namesAsked || o.Has("name") || o.Has("fullName") || o.Has("schema")
	in.Fill(&t.Name, o.Get("name"))
	in.Fill(&t.Schema, o.Get("schema"))
	in.Fill(&t.FullName, o.Get("fullName"))
	in.Fill(&t.ConnectionType, o.Get("connectionType"))
	in.Fill(&t.Query, o.Get("query"))
	t.UnsupportedSQL = t.UnsupportedSQL || o.Get("isUnsupportedCustomSql").Is()
}

func (all *Objects) linkTable(at int32, name string, to Ref) {
	t := all.Tables.At(at)
	switch to.Kind {
	case schema.Workbook:
		all.Workbooks.At(to.At).Tables.Add(at)
	case schema.Dashboard:
		all.Dashboards.At(to.At).Tables.Add(at)
	case schema.Sheet:
		t.linked().sheets.Add(to.At)
	case schema.Datasource:
		// A table's upstreamDatasources feed it through a flow; they do not read it.
		if schema.IsDownstream(name) {
			t.linked().datasources.Add(to.At)
			all.Datasources.At(to.At).Tables.Add(at)
		}
	case schema.Table:
		if schema.IsDownstream(name) {
			all.Tables.At(to.At).linked().upstream.Add(at)
		} else {
			t.linked().upstream.Add(to.At)
		}
	case schema.Database:
		if name == "database" {
			setOnce(&t.database, to.At)
		}
	case schema.VirtualConnection:
		if name == "virtualConnection" {
			setOnce(&t.connection, to.At)
		}
	case schema.Flow:
		if schema.IsDownstream(name) {
			all.flows.At(to.At).tables.Add(at)
		} else {
			t.linked().flows.Add(to.At)
		}
	}
}

func (t *Translator) tables() []model.Table {
	out := make([]model.Table, t.all.Tables.Len())
	var places compact.Shared[model.Place]
	var extras compact.Chunks[model.TableExtra]
	for i, o := range t.all.Tables.All() {
		n := &out[i]
		extra := model.TableExtra{Query: o.Query}
		n.ID, extra.Incomplete = t.identity(schema.Table, i)
		n.Name, n.FullName, n.UnsupportedSQL = o.Name, o.FullName, o.UnsupportedSQL
		switch t.all.index[schema.Table].head(i).Variant {
		case schema.CustomSQLTable:
			n.Kind = model.CustomSQLTable
		case schema.VirtualTable:
			n.Kind = model.VirtualConnectionTable
		}
		n.Redacted = extra.Incomplete == "" && o.namesAsked && n.Name == "" && n.FullName == "" && o.Query == ""
		place := model.Place{Schema: o.Schema, ConnectionType: o.ConnectionType}
		if o.database >= 0 {
			d := t.all.databases.At(o.database)
			place.Database, place.Connection.Server = d.name, d.host
			place.ConnectionType = cmp.Or(place.ConnectionType, d.connectionType)
		}
		if o.connection >= 0 {
			c := t.all.connections.At(o.connection)
			extra.VirtualConnection = c.name
			place.ConnectionType = cmp.Or(place.ConnectionType, c.connectionType)
		}
		if o.links != nil {
			extra.UpstreamTableIDs, extra.FlowIDs = t.IDs(schema.Table, o.links.upstream), t.IDs(schema.Flow, o.links.flows)
		}
		if o.links != nil && n.Kind == model.CustomSQLTable {
			extra.DatasourceIDs, extra.SheetIDs = t.IDs(schema.Datasource, o.links.datasources), t.IDs(schema.Sheet, o.links.sheets)
		}
		n.Place = places.Of(place)
		if !extra.Empty() {
			n.Extra = extras.Add()
			*n.Extra = extra
		}
	}
	return out
}
