package objects

import (
	"cmp"
	"reflect"
	"strings"

	"darkroom/model"
	"darkroom/sources/tableau/answer/schema"
)

// compact leaves one of the objects that are one, with what all of them have, and lets
// every link lead to it.
func (all *Objects) compact(s *settling) {
	for k := range s.parent {
		s.moved[k] = all.keepFirsts(s, schema.Kind(k))
	}
	absorb(s, schema.Workbook, &all.Workbooks)
	absorb(s, schema.Dashboard, &all.Dashboards)
	absorb(s, schema.Sheet, &all.Sheets)
	absorb(s, schema.Datasource, &all.Datasources)
	absorb(s, schema.Table, &all.Tables)
	absorb(s, schema.Database, &all.databases)
	absorb(s, schema.VirtualConnection, &all.connections)
	absorb(s, schema.Flow, &all.flows)
	all.relink(s.moved)
}

// keepFirsts says where each object of a kind goes, and joins the heads and the index.
func (all *Objects) keepFirsts(s *settling, k schema.Kind) []int32 {
	ix := &all.index[k]
	moved := make([]int32, ix.heads.Len())
	if !s.joined[k] {
		for i := range moved {
			moved[i] = int32(i)
		}
		return moved
	}
	var heads List[Head]
	for at, h := range all.Heads(k) {
		root := s.find(k, at)
		if root == at {
			moved[at] = int32(heads.Len())
			*heads.Add() = *h
			continue
		}
		moved[at] = moved[root]
		into := heads.At(moved[root])
		ix.join(into, h, root)
		into.absorb(h)
	}
	ix.heads = heads
	ix.move(moved)
	return moved
}

func (h *Head) absorb(o *Head) {
	if o.given && (!h.given || o.ID < h.ID) || o.given == h.given && strings.HasPrefix(o.ID, "luid:") {
		h.ID, h.given, h.inWorkbook = o.ID, o.given, o.inWorkbook
	}
	h.luid = cmp.Or(h.luid, o.luid)
	h.Described = h.Described || o.Described
	h.Variant = max(h.Variant, o.Variant)
	h.MarkIncomplete(o.Incomplete())
}

// absorber is an object that takes in what another one has.
type absorber[T any] interface {
	*T
	absorb(*T)
}

// absorb gives the first of those that are one what the others have.
func absorb[T any, P absorber[T]](s *settling, k schema.Kind, list *List[T]) {
	if !s.joined[k] {
		return
	}
	var out List[T]
	for i, o := range list.All() {
		if at := s.moved[k][i]; int(at) == out.Len() {
			*out.Add() = *o
		} else {
			P(out.At(at)).absorb(o)
		}
	}
	*list = out
}

func (w *Workbook) absorb(o *Workbook) {
	fill(&w.Workbook, &o.Workbook)
	w.Tables, w.Datasources = append(w.Tables, o.Tables...), append(w.Datasources, o.Datasources...)
}

func (d *Dashboard) absorb(o *Dashboard) {
	fill(&d.dashboardFields, &o.dashboardFields)
	setOnce(&d.workbook, o.workbook)
	d.Sheets, d.Datasources, d.Tables = append(d.Sheets, o.Sheets...), append(d.Datasources, o.Datasources...), append(d.Tables, o.Tables...)
	d.ListsSheets = d.ListsSheets || o.ListsSheets
}

func (x *Sheet) absorb(o *Sheet) {
	fill(&x.sheetFields, &o.sheetFields)
	setOnce(&x.workbook, o.workbook)
	x.datasources, x.tables = append(x.datasources, o.datasources...), append(x.tables, o.tables...)
	x.NamesDatasource = x.NamesDatasource || o.NamesDatasource
}

func (d *Datasource) absorb(o *Datasource) {
	refreshed := d.ExtractRefreshedAt
	if o.ExtractRefreshedAt.After(refreshed) {
		refreshed = o.ExtractRefreshedAt
	}
	fill(&d.Datasource, &o.Datasource)
	d.ExtractRefreshedAt = refreshed
	setOnce(&d.Workbook, o.Workbook)
	d.Parents, d.Tables, d.Flows = append(d.Parents, o.Parents...), append(d.Tables, o.Tables...), append(d.Flows, o.Flows...)
	d.FieldsNameTables = d.FieldsNameTables || o.FieldsNameTables
}

func (t *Table) absorb(o *Table) {
	t.name, t.fullName = cmp.Or(t.name, o.name), cmp.Or(t.fullName, o.fullName)
	if a, b := t.placed(), o.placed(); a != b {
		t.place = &tablePlace{cmp.Or(a.schema, b.schema), cmp.Or(a.connectionType, b.connectionType)}
	}
	t.namesAsked, t.unsupportedSQL = t.namesAsked || o.namesAsked, t.unsupportedSQL || o.unsupportedSQL
	setOnce(&t.database, o.database)
	setOnce(&t.connection, o.connection)
	if more := o.extra; more != nil {
		l := t.own()
		l.query = cmp.Or(l.query, more.query)
		l.datasources, l.sheets = append(l.datasources, more.datasources...), append(l.sheets, more.sheets...)
		l.upstream, l.flows = append(l.upstream, more.upstream...), append(l.flows, more.flows...)
	}
}

func (d *database) absorb(o *database) {
	d.name, d.connectionType, d.host = cmp.Or(d.name, o.name), cmp.Or(d.connectionType, o.connectionType), cmp.Or(d.host, o.host)
}

func (c *virtualConnection) absorb(o *virtualConnection) {
	c.name, c.connectionType = cmp.Or(c.name, o.name), cmp.Or(c.connectionType, o.connectionType)
}

func (f *flow) absorb(o *flow) {
	fill(&f.Flow, &o.Flow)
	f.tables, f.datasources, f.parents = append(f.tables, o.tables...), append(f.datasources, o.datasources...), append(f.parents, o.parents...)
}

// fill copies what is empty in to from the same field of from; lists are put together.
func fill[T any](to, from *T) {
	a, b := reflect.ValueOf(to).Elem(), reflect.ValueOf(from).Elem()
	for i := range a.NumField() {
		switch f := a.Field(i); {
		case f.Kind() == reflect.Slice:
			f.Set(reflect.AppendSlice(f, b.Field(i)))
		case f.IsZero():
			f.Set(b.Field(i))
		case f.Type() == reflect.TypeFor[model.User]():
			fill(f.Addr().Interface().(*model.User), b.Field(i).Addr().Interface().(*model.User))
		}
	}
}

// relink lets every link lead to where its object is now.
func (all *Objects) relink(moved [schema.KindCount][]int32) {
	one := func(k schema.Kind, at *int32) {
		if *at >= 0 {
			*at = moved[k][*at]
		}
	}
	// not is the object itself, which nothing links to, or Nowhere.
	many := func(k schema.Kind, not int32, links *Links) {
		out := (*links)[:0]
		for _, at := range *links {
			if at = moved[k][at]; at != not {
				out.Add(at)
			}
		}
		*links = out
	}
	for _, w := range all.Workbooks.All() {
		many(schema.Table, Nowhere, &w.Tables)
		many(schema.Datasource, Nowhere, &w.Datasources)
	}
	for _, d := range all.Dashboards.All() {
		one(schema.Workbook, &d.workbook)
		many(schema.Sheet, Nowhere, &d.Sheets)
		many(schema.Datasource, Nowhere, &d.Datasources)
		many(schema.Table, Nowhere, &d.Tables)
	}
	for _, x := range all.Sheets.All() {
		one(schema.Workbook, &x.workbook)
		many(schema.Datasource, Nowhere, &x.datasources)
		many(schema.Table, Nowhere, &x.tables)
	}
	for i, d := range all.Datasources.All() {
		one(schema.Workbook, &d.Workbook)
		many(schema.Datasource, i, &d.Parents)
		many(schema.Table, Nowhere, &d.Tables)
		many(schema.Flow, Nowhere, &d.Flows)
	}
	for i, t := range all.Tables.All() {
		one(schema.Database, &t.database)
		one(schema.VirtualConnection, &t.connection)
		if l := t.extra; l != nil {
			many(schema.Datasource, Nowhere, &l.datasources)
			many(schema.Sheet, Nowhere, &l.sheets)
			many(schema.Table, i, &l.upstream)
			many(schema.Flow, Nowhere, &l.flows)
		}
	}
	for i, f := range all.flows.All() {
		many(schema.Table, Nowhere, &f.tables)
		many(schema.Datasource, Nowhere, &f.datasources)
		many(schema.Flow, i, &f.parents)
	}
}

// nameInWorkbooks gives an id to what has none and is known by its name in its workbook.
func (all *Objects) nameInWorkbooks() {
	for _, k := range inWorkbooks() {
		unnamed := false
		for _, h := range all.Heads(k) {
			unnamed = unnamed || h.inWorkbook
		}
		if !unnamed {
			continue
		}
		taken := map[string]bool{}
		for _, h := range all.Heads(k) {
			taken[h.ID] = !h.inWorkbook
		}
		for at, h := range all.Heads(k) {
			if !h.inWorkbook {
				continue
			}
			workbook, name := all.member(k, at)
			if k == schema.Dashboard {
				name = cmp.Or(name, all.Dashboards.At(at).Path)
			}
			h.ID = "name:"
			if *workbook >= 0 {
				h.ID += all.index[schema.Workbook].head(*workbook).ID
			}
			for h.ID += "/" + name; taken[h.ID]; h.ID += "'" {
			}
			taken[h.ID] = true
		}
	}
}
