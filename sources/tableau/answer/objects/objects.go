// Package objects gathers the objects of one Tableau site from any number of
// documents and turns them into a model.Site. Each kind of object has a file: what
// is kept of it, what it says of itself (describe), what it links to (link) and
// what it is in the model (toModel). Which objects a document has, and under which
// fields they are, is read by package answer.
package objects

import (
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// Objects point at each other by position in their list, so that an id that turns
// up late changes nothing; Site translates positions into ids.
//
// Merging: an object that is met again, in whatever place, fills what is still
// empty and adds links, and never overwrites (model/walk/RULES.md#fetch-flat-join-locally).
type Objects struct {
	index       [schema.KindCount]index
	Workbooks   []*Workbook
	Dashboards  []*Dashboard
	Sheets      []*Sheet
	Datasources []*Datasource
	Tables      []*Table
	databases   []*database
	connections []*virtualConnection
	flows       []*flow
	same        [][2]Ref // objects that turned out to be one, for Settle
}

// Ref points at an object; the zero Ref points nowhere.
type Ref struct {
	Kind schema.Kind
	At   int32
}

// OK reports that r points at an object.
func (r Ref) OK() bool { return r.Kind != schema.None }

// Nowhere is the position of an object that is not known.
const Nowhere = -1

// index finds the objects of one kind.
type index struct {
	heads        []Head
	byID, byLUID names
}

// Head is what every object has.
type Head struct {
	ID         string
	given      bool // the API's own id, not one made up from names
	inWorkbook bool // the name within its workbook is its identity, see Settle
	from       Ref  // where it was met first
	Described  bool // met with more than its id, so not merely linked to
	Variant    schema.Variant
	Incomplete string // see model.Dashboard.Incomplete
}

// MarkIncomplete says why an object may lack something, if nothing did before.
func (h *Head) MarkIncomplete(why string) {
	if h.Incomplete == "" {
		h.Incomplete = why
	}
}

// Head is that of the object r.
func (all *Objects) Head(r Ref) *Head { return &all.index[r.Kind].heads[r.At] }

// Heads are those of all objects of a kind, by position.
func (all *Objects) Heads(k schema.Kind) []Head { return all.index[k].heads }

// ByID finds an object by an id of the Metadata API.
func (all *Objects) ByID(k schema.Kind, id string) (Ref, bool) {
	return find(k, &all.index[k].byID, id)
}

// ByLUID finds an object by its LUID in lower case.
func (all *Objects) ByLUID(k schema.Kind, luid string) (Ref, bool) {
	return find(k, &all.index[k].byLUID, luid)
}

func find(k schema.Kind, in *names, text string) (Ref, bool) {
	at, _, ok := in.find([]byte(text))
	return Ref{k, at}, ok
}

// add appends an empty object of a kind.
func (all *Objects) add(k schema.Kind) int32 {
	at := int32(len(all.index[k].heads))
	switch k {
	case schema.Workbook:
		all.Workbooks = append(all.Workbooks, &Workbook{})
	case schema.Dashboard:
		all.Dashboards = append(all.Dashboards, newDashboard())
	case schema.Sheet:
		all.Sheets = append(all.Sheets, &Sheet{workbook: Nowhere})
	case schema.Datasource:
		all.Datasources = append(all.Datasources, &Datasource{Workbook: Nowhere})
	case schema.Table:
		all.Tables = append(all.Tables, &Table{database: Nowhere, connection: Nowhere})
	case schema.Database:
		all.databases = append(all.databases, &database{})
	case schema.VirtualConnection:
		all.connections = append(all.connections, &virtualConnection{})
	case schema.Flow:
		all.flows = append(all.flows, &flow{})
	}
	return at
}

// Describe copies what o says about itself into r, where that is still empty.
func (all *Objects) Describe(in *document.Walker, r Ref, o document.Value) {
	if node := all.node(r); node != nil {
		node.describe(in, o)
	}
}

// node is the object r, nil when its kind is not kept.
func (all *Objects) node(r Ref) interface {
	describe(*document.Walker, document.Value)
} {
	switch r.Kind {
	case schema.Workbook:
		return all.Workbooks[r.At]
	case schema.Dashboard:
		return all.Dashboards[r.At]
	case schema.Sheet:
		return all.Sheets[r.At]
	case schema.Datasource:
		return all.Datasources[r.At]
	case schema.Table:
		return all.Tables[r.At]
	case schema.Database:
		return all.databases[r.At]
	case schema.VirtualConnection:
		return all.connections[r.At]
	case schema.Flow:
		return all.flows[r.At]
	}
	return nil
}

// Link notes that to is under the field name of from. Most pairs of kinds have one
// meaning, whatever the field; the direction comes from the name where both are
// possible. Unknown pairs, links from nowhere and to itself are nothing.
func (all *Objects) Link(from Ref, name string, to Ref) {
	if !from.OK() || !to.OK() || from == to {
		return
	}
	switch from.Kind {
	case schema.Workbook:
		all.linkWorkbook(from.At, name, to)
	case schema.Dashboard:
		all.linkDashboard(from.At, to)
	case schema.Sheet:
		all.linkSheet(from.At, to)
	case schema.Datasource:
		all.linkDatasource(from.At, name, to)
	case schema.Table:
		all.linkTable(from.At, name, to)
	case schema.Flow:
		all.linkFlow(from.At, name, to)
	case schema.Database:
		if to.Kind == schema.Table {
			setOnce(&all.Tables[to.At].database, from.At)
		}
	case schema.VirtualConnection:
		if to.Kind == schema.Table && name == "tables" {
			setOnce(&all.Tables[to.At].connection, from.At)
		}
	}
}
