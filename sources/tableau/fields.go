package tableau

import "github.com/tidwall/gjson"

// carrier is on whose behalf fields and columns are read: they are not kept, but
// they carry links to tables and data sources that the shortcuts of the API may
// lack (facts/matching.md §1.4 G3, G4).
type carrier struct {
	user   ref  // the dashboard, sheet, workbook or flow that uses the field
	holder ref  // the data source that the field belongs to
	table  ref  // the table that the column belongs to
	own    bool // the holder itself lists the field
}

func carrierOf(r ref) carrier {
	switch r.kind {
	case datasource:
		return carrier{holder: r, own: true}
	case table:
		return carrier{table: r}
	}
	return carrier{user: r}
}

// whose is the object on whose behalf c is.
func (c carrier) whose() ref {
	for _, r := range [...]ref{c.user, c.holder} {
		if r.ok() {
			return r
		}
	}
	return c.table
}

// tellsOf notes that the fields of a data source name what it reads.
func (b *builder) tellsOf(c carrier, what ref) {
	if c.own && c.holder.kind == datasource && what.ok() {
		b.datasources[c.holder.at].own = true
	}
}

// reads notes a table behind the field.
func (b *builder) reads(c carrier, t ref) {
	b.link(c.user, "upstreamTables", t)
	b.link(c.holder, "upstreamTables", t)
	b.tellsOf(c, t)
	b.link(c.table, "upstreamTables", t)
}

// field reads a Field. Its own data source becomes the holder of everything
// below; a remoteField belongs to the published parent of that data source.
func (b *builder) field(c carrier, name string, v gjson.Result) error {
	o, mark, err := b.open(v)
	if err != nil {
		return err
	}
	defer b.close(mark)

	if d := o.get("datasource"); d.IsObject() {
		b.path = append(b.path, step{name: "datasource"})
		source, err := b.absorb(datasource, d, ref{}, "datasource")
		b.path = b.path[:len(b.path)-1]
		if err != nil {
			return err
		}
		if source.ok() {
			b.belongs(c, name, source)
			c.own = c.own && c.holder == source
			c.holder = source
		}
	}
	for _, m := range o {
		if m.name == "datasource" {
			continue
		}
		if err := b.fieldMember(c, m); err != nil {
			return err
		}
	}
	return nil
}

// belongs notes the data source of a field that was met on behalf of c.
func (b *builder) belongs(c carrier, name string, source ref) {
	if h := b.head(source); name == "remoteField" && h.variant == unsure {
		h.variant = isPublished
	}
	if name == "remoteField" && c.holder.ok() {
		b.link(c.holder, "parentPublishedDatasources", source)
		b.tellsOf(c, source)
	} else {
		b.link(c.user, "upstreamDatasources", source)
	}
	b.link(c.table, "downstreamDatasources", source)
}

func (b *builder) fieldMember(c carrier, m member) error {
	name := connectionName(m.name)
	k := kindAt(name)
	if k == none {
		return nil
	}
	return b.each(c.whose(), m, name, func(v gjson.Result) error {
		switch k {
		case field:
			if name == "referencedByFields" {
				c := c
				c.user = ref{} // those who refer to a field are not its user
				return b.field(c, name, v)
			}
			return b.field(c, name, v)
		case column:
			return b.column(c, name, v)
		}
		r, err := b.absorb(k, v, ref{}, name)
		if err != nil {
			return err
		}
		switch k {
		case table:
			b.reads(c, r)
		case datasource:
			b.link(c.holder, name, r)
			if !c.holder.ok() {
				b.link(c.user, name, r)
			}
		case sheet:
			if c.holder.ok() {
				b.link(r, "upstreamDatasources", c.holder)
			}
			b.link(r, "upstreamTables", c.table)
		}
		return nil
	})
}

// column reads a Column, under "upstreamColumns" of a reader or "columns" of its
// own table. The table of a column is what its reader reads; columns and tables
// further up belong to that table.
func (b *builder) column(c carrier, name string, v gjson.Result) error {
	o, mark, err := b.open(v)
	if err != nil {
		return err
	}
	defer b.close(mark)

	up := c
	own := name == "columns" && c.table.ok()
	if t := o.get("table"); t.IsObject() && !own {
		b.path = append(b.path, step{name: "table"})
		source, err := b.absorb(table, t, ref{}, "table")
		b.path = b.path[:len(b.path)-1]
		if err != nil {
			return err
		}
		b.reads(c, source)
		up = carrier{table: source}
	}
	for _, m := range o {
		if m.name == "table" {
			continue
		}
		if err := b.fieldMember(up, m); err != nil {
			return err
		}
	}
	return nil
}
