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
	name, fullName             string
	place                      *tablePlace // shared with other tables; nil where nothing is known
	extra                      *tableExtra // nil for most
	database, connection       int32
	namesAsked, unsupportedSQL bool
}

// tablePlace is what a table says of where it is.
type tablePlace struct{ schema, connectionType string }

// tableExtra is what only some tables have.
type tableExtra struct {
	query                                string
	datasources, sheets, upstream, flows Links
}

// own is what only some tables have, to be changed.
func (t *Table) own() *tableExtra {
	if t.extra == nil {
		t.extra = &tableExtra{}
	}
	return t.extra
}

func (t *Table) query() string {
	if t.extra == nil {
		return ""
	}
	return t.extra.query
}

// placed is what is known of the table's place.
func (t *Table) placed() tablePlace {
	if t.place == nil {
		return tablePlace{}
	}
	return *t.place
}

// NamesNotAsked is a table whose names the query did not ask for: that is not
// redaction.
func (t *Table) NamesNotAsked() bool { return !t.namesAsked && t.query() == "" }

func (all *Objects) describeTable(t *Table, in *document.Walker, o document.Value) {
	place, query := t.placed(), t.query()
	t.namesAsked = t.namesAsked || o.Has("name") || o.Has("fullName") || o.Has("schema")
	in.Fill(&t.name, o.Get("name"))
	in.Fill(&place.schema, o.Get("schema"))
	in.Fill(&t.fullName, o.Get("fullName"))
	in.Fill(&place.connectionType, o.Get("connectionType"))
	in.Fill(&query, o.Get("query"))
	t.place = all.places.Of(place)
	if query != "" {
		t.own().query = query
	}
	t.unsupportedSQL = t.unsupportedSQL || o.Get("isUnsupportedCustomSql").Is()
}

func (all *Objects) linkTable(at int32, name string, to Ref) {
	t := all.Tables.At(at)
	switch to.Kind {
	case schema.Workbook:
		all.Workbooks.At(to.At).Tables.Add(at)
	case schema.Dashboard:
		all.Dashboards.At(to.At).Tables.Add(at)
	case schema.Sheet:
		t.own().sheets.Add(to.At)
	case schema.Datasource:
		// A table's upstreamDatasources feed it through a flow; they do not read it.
		if schema.IsDownstream(name) {
			t.own().datasources.Add(to.At)
			all.Datasources.At(to.At).Tables.Add(at)
		}
	case schema.Table:
		if schema.IsDownstream(name) {
			all.Tables.At(to.At).own().upstream.Add(at)
		} else {
			t.own().upstream.Add(to.At)
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
			t.own().flows.Add(to.At)
		}
	}
}

func (t *Translator) tables() []model.Table {
	out := make([]model.Table, t.all.Tables.Len())
	var places compact.Shared[model.Place]
	var extras compact.Chunks[model.TableExtra]
	for i, o := range t.all.Tables.All() {
		n := &out[i]
		extra := model.TableExtra{Query: o.query()}
		n.ID, extra.Incomplete = t.identity(schema.Table, i)
		n.Name, n.FullName, n.UnsupportedSQL = o.name, o.fullName, o.unsupportedSQL
		switch t.all.index[schema.Table].head(i).Variant {
		case schema.CustomSQLTable:
			n.Kind = model.CustomSQLTable
		case schema.VirtualTable:
			n.Kind = model.VirtualConnectionTable
		}
		n.Redacted = extra.Incomplete == "" && o.namesAsked && n.Name == "" && n.FullName == "" && extra.Query == ""
		place := model.Place{Schema: o.placed().schema, ConnectionType: o.placed().connectionType}
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
		if o.extra != nil {
			extra.UpstreamTableIDs, extra.FlowIDs = t.IDs(schema.Table, o.extra.upstream), t.IDs(schema.Flow, o.extra.flows)
		}
		if o.extra != nil && n.Kind == model.CustomSQLTable {
			extra.DatasourceIDs, extra.SheetIDs = t.IDs(schema.Datasource, o.extra.datasources), t.IDs(schema.Sheet, o.extra.sheets)
		}
		n.Place = places.Of(place)
		if !extra.Empty() {
			n.Extra = extras.Add()
			*n.Extra = extra
		}
	}
	return out
}
