package answer

import (
	"darkroom/sources/tableau/answer/objects"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// carrier is on whose behalf fields and columns are read: they are not kept, but
// they carry links to tables and data sources that the shortcuts of the API may
// lack (model/walk/RULES.md#gaps, G3 and G4).
type carrier struct {
	user   objects.Ref // the dashboard, sheet, workbook or flow that uses the field
	holder objects.Ref // the data source that the field belongs to
	table  objects.Ref // the table that the column belongs to
	listed bool        // by the holder itself
}

func carrierOf(r objects.Ref) carrier {
	switch r.Kind {
	case schema.Datasource:
		return carrier{holder: r, listed: true}
	case schema.Table:
		return carrier{table: r}
	}
	return carrier{user: r}
}

// owner is the object on whose behalf c is.
func (c carrier) owner() objects.Ref {
	for _, r := range [...]objects.Ref{c.user, c.holder} {
		if r.OK() {
			return r
		}
	}
	return c.table
}

// holderReads notes that the fields of a data source name what it reads.
func (r *Reader) holderReads(c carrier, what objects.Ref) {
	if c.listed && c.holder.Kind == schema.Datasource && what.OK() {
		r.all.Datasources.At(c.holder.At).FieldsNameTables = true
	}
}

// readsTable notes a table behind the field.
func (r *Reader) readsTable(c carrier, t objects.Ref) {
	r.all.Link(c.user, "upstreamTables", t)
	r.all.Link(c.holder, "upstreamTables", t)
	r.holderReads(c, t)
	r.all.Link(c.table, "upstreamTables", t)
}

// readField reads a Field. Its own data source becomes the holder of everything
// below; a remoteField belongs to the published parent of that data source.
func (r *Reader) readField(c carrier, name string, o document.Value) error {
	if err := r.in.Look(); err != nil {
		return err
	}
	if d := o.Get("datasource"); d.IsObject() {
		place := r.in.Enter("datasource")
		source, err := r.readObject(schema.Datasource, d, objects.Ref{}, "datasource")
		r.in.Leave(place)
		if err != nil {
			return err
		}
		if source.OK() {
			r.belongsTo(c, name, source)
			c.listed = c.listed && c.holder == source
			c.holder = source
		}
	}
	for m := o.First(); m.Exists(); m = m.Next() {
		if m.Name() == "datasource" {
			continue
		}
		if err := r.readFieldMember(c, m); err != nil {
			return err
		}
	}
	return nil
}

// belongsTo notes the data source of a field that was met on behalf of c.
func (r *Reader) belongsTo(c carrier, name string, source objects.Ref) {
	if h := r.all.Head(source); name == "remoteField" && h.Variant == schema.Unsure {
		h.Variant = schema.Published
	}
	if name == "remoteField" && c.holder.OK() {
		r.all.Link(c.holder, "parentPublishedDatasources", source)
		r.holderReads(c, source)
	} else {
		r.all.Link(c.user, "upstreamDatasources", source)
	}
	r.all.Link(c.table, "downstreamDatasources", source)
}

func (r *Reader) readFieldMember(c carrier, m document.Value) error {
	name := schema.ListOfConnection(m.Name())
	k := schema.KindOfField(name)
	if k == schema.None {
		return nil
	}
	return r.eachNested(c.owner(), m, name, func(v document.Value) error {
		switch k {
		case schema.Field:
			if name == "referencedByFields" {
				c := c
				c.user = objects.Ref{} // those who refer to a field are not its user
				return r.readField(c, name, v)
			}
			return r.readField(c, name, v)
		case schema.Column:
			return r.readColumn(c, name, v)
		}
		object, err := r.readObject(k, v, objects.Ref{}, name)
		if err != nil {
			return err
		}
		switch k {
		case schema.Table:
			r.readsTable(c, object)
		case schema.Datasource:
			r.all.Link(c.holder, name, object)
			if !c.holder.OK() {
				r.all.Link(c.user, name, object)
			}
		case schema.Sheet:
			if c.holder.OK() {
				r.all.Link(object, "upstreamDatasources", c.holder)
			}
			r.all.Link(object, "upstreamTables", c.table)
		}
		return nil
	})
}

// readColumn reads a Column, under "upstreamColumns" of a reader or "columns" of its
// own table. The table of a column is what its reader reads; columns and tables
// further up belong to that table.
func (r *Reader) readColumn(c carrier, name string, o document.Value) error {
	if err := r.in.Look(); err != nil {
		return err
	}
	up := c
	own := name == "columns" && c.table.OK()
	if t := o.Get("table"); t.IsObject() && !own {
		place := r.in.Enter("table")
		source, err := r.readObject(schema.Table, t, objects.Ref{}, "table")
		r.in.Leave(place)
		if err != nil {
			return err
		}
		r.readsTable(c, source)
		up = carrier{table: source}
	}
	for m := o.First(); m.Exists(); m = m.Next() {
		if m.Name() == "table" {
			continue
		}
		if err := r.readFieldMember(up, m); err != nil {
			return err
		}
	}
	return nil
}
