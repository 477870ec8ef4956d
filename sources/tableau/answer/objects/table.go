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
	tableTexts
	namesAsked                           bool
	database, connection                 int32
	datasources, sheets, upstream, flows Links
}

// tableTexts are as those of model.Table.
type tableTexts struct {
	Name, Schema, FullName, ConnectionType, Query string
	UnsupportedSQL                                bool
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
	t := all.Tables[at]
	switch to.Kind {
	case schema.Workbook:
		all.Workbooks[to.At].Tables.Add(at)
	case schema.Dashboard:
		all.Dashboards[to.At].Tables.Add(at)
	case schema.Sheet:
		t.sheets.Add(to.At)
	case schema.Datasource:
		// A table's upstreamDatasources feed it through a flow; they do not read it.
		if schema.IsDownstream(name) {
			t.datasources.Add(to.At)
			all.Datasources[to.At].Tables.Add(at)
		}
	case schema.Table:
		if schema.IsDownstream(name) {
			all.Tables[to.At].upstream.Add(at)
		} else {
			t.upstream.Add(to.At)
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
			all.flows[to.At].tables.Add(at)
		} else {
			t.flows.Add(to.At)
		}
	}
}

func (t *Translator) tables() []model.Table {
	out := make([]model.Table, len(t.all.Tables))
	var places compact.Shared[model.Place]
	var extras compact.Chunks[model.TableExtra]
	for i, n := range t.all.Tables {
		x := &out[i]
		extra := model.TableExtra{Query: n.Query, UpstreamTableIDs: t.IDs(schema.Table, n.upstream), FlowIDs: t.IDs(schema.Flow, n.flows)}
		x.ID, extra.Incomplete = t.identity(schema.Table, i)
		x.Name, x.FullName, x.UnsupportedSQL = n.Name, n.FullName, n.UnsupportedSQL
		switch t.all.index[schema.Table].heads[i].Variant {
		case schema.CustomSQLTable:
			x.Kind = model.CustomSQLTable
			extra.DatasourceIDs, extra.SheetIDs = t.IDs(schema.Datasource, n.datasources), t.IDs(schema.Sheet, n.sheets)
		case schema.VirtualTable:
			x.Kind = model.VirtualConnectionTable
		}
		x.Redacted = extra.Incomplete == "" && n.namesAsked && n.Name == "" && n.FullName == "" && n.Query == ""
		place := model.Place{Schema: n.Schema, ConnectionType: n.ConnectionType}
		if n.database >= 0 {
			d := t.all.databases[n.database]
			place.Database, place.Connection.Server = d.name, d.host
			place.ConnectionType = cmp.Or(place.ConnectionType, d.connectionType)
		}
		if n.connection >= 0 {
			c := t.all.connections[n.connection]
			extra.VirtualConnection = c.name
			place.ConnectionType = cmp.Or(place.ConnectionType, c.connectionType)
		}
		x.Place = places.Of(place)
		if !extra.Empty() {
			x.Extra = extras.Add()
			*x.Extra = extra
		}
	}
	return out
}
