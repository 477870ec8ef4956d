// Package objects gathers the objects of one Tableau site from any number of
// documents and turns them into a model.Site. Each kind of object has a file: what
// is kept of it, what it says of itself (describe), what it links to (link) and
// what it is in the model (toModel). Which objects a document has, and under which
// fields they are, is read by package answer.
package objects

import (
	"iter"

	"darkroom/sources/compact"
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
	Workbooks   List[Workbook]
	Dashboards  List[Dashboard]
	Sheets      List[Sheet]
	Datasources List[Datasource]
	Tables      List[Table]
	databases   List[database]
	connections List[virtualConnection]
	flows       List[flow]
	same        [][2]Ref // objects that turned out to be one, for Settle
	places      compact.Shared[tablePlace]
	luids       compact.Arena // not with the texts, which the site keeps
	short       [17]byte      // the last LUID that was packed
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

// Head is what every object has.
type Head struct {
	ID         string
	luid       string     // packed, for the index alone
	extra      *headExtra // nil for most
	given      bool       // the API's own id, not one made up from names
	inWorkbook bool       // the name within its workbook is its identity, see Settle
	Described  bool       // met with more than its id, so not merely linked to
	Variant    schema.Variant
}

// headExtra is what only some objects have.
type headExtra struct {
	from       Ref    // see metUnder
	incomplete string // see model.Dashboard.Incomplete
}

// metUnder is where an object was met first that is known by its name within its workbook.
func (h *Head) metUnder() Ref {
	if h.extra == nil {
		return Ref{}
	}
	return h.extra.from
}

// Incomplete is why the object may lack something; "" is complete.
func (h *Head) Incomplete() string {
	if h.extra == nil {
		return ""
	}
	return h.extra.incomplete
}

// MarkIncomplete says why an object may lack something, if nothing did before.
func (h *Head) MarkIncomplete(why string) {
	switch {
	case why == "":
	case h.extra == nil:
		h.extra = &headExtra{incomplete: why}
	case h.extra.incomplete == "":
		h.extra.incomplete = why
	}
}

// name is what the object is found by, to read or to set.
func (h *Head) name(by key) *string {
	if by == byLUID {
		return &h.luid
	}
	return &h.ID
}

func (all *Objects) Head(r Ref) *Head { return all.index[r.Kind].head(r.At) }

// Heads gives those of all objects of a kind.
func (all *Objects) Heads(k schema.Kind) iter.Seq2[int32, *Head] { return all.index[k].heads.All() }

// ByID finds an object by an id of the Metadata API.
func (all *Objects) ByID(k schema.Kind, id string) (Ref, bool) {
	return all.find(k, byID, id)
}

// ByLUID finds an object by its LUID in lower case.
func (all *Objects) ByLUID(k schema.Kind, luid string) (Ref, bool) {
	return all.find(k, byLUID, luid)
}

func (all *Objects) find(k schema.Kind, by key, text string) (Ref, bool) {
	name := []byte(text)
	if by == byLUID {
		name = all.packed(name)
	}
	at, _, ok := all.index[k].find(by, name)
	return Ref{k, at}, ok
}

// add appends an empty object of a kind.
func (all *Objects) add(k schema.Kind) {
	switch k {
	case schema.Workbook:
		all.Workbooks.Add()
	case schema.Dashboard:
		d := all.Dashboards.Add()
		d.Views, d.workbook = -1, Nowhere
	case schema.Sheet:
		all.Sheets.Add().workbook = Nowhere
	case schema.Datasource:
		all.Datasources.Add().Workbook = Nowhere
	case schema.Table:
		t := all.Tables.Add()
		t.database, t.connection = Nowhere, Nowhere
	case schema.Database:
		all.databases.Add()
	case schema.VirtualConnection:
		all.connections.Add()
	case schema.Flow:
		all.flows.Add()
	}
}

// Describe copies what o says about itself into r, where that is still empty.
func (all *Objects) Describe(in *document.Walker, r Ref, o document.Value) {
	if r.Kind == schema.Table {
		all.describeTable(all.Tables.At(r.At), in, o)
	} else if node := all.node(r); node != nil {
		node.describe(in, o)
	}
}

// node is the object r, nil when its kind is not kept or not described as the others are.
func (all *Objects) node(r Ref) interface {
	describe(*document.Walker, document.Value)
} {
	switch r.Kind {
	case schema.Workbook:
		return all.Workbooks.At(r.At)
	case schema.Dashboard:
		return all.Dashboards.At(r.At)
	case schema.Sheet:
		return all.Sheets.At(r.At)
	case schema.Datasource:
		return all.Datasources.At(r.At)
	case schema.Database:
		return all.databases.At(r.At)
	case schema.VirtualConnection:
		return all.connections.At(r.At)
	case schema.Flow:
		return all.flows.At(r.At)
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
			setOnce(&all.Tables.At(to.At).database, from.At)
		}
	case schema.VirtualConnection:
		if to.Kind == schema.Table && name == "tables" {
			setOnce(&all.Tables.At(to.At).connection, from.At)
		}
	}
}
