package match

import (
	"strings"

	"darkroom/model"
	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

// Origin says where a table was seen, which decides how its name is read.
type Origin uint8

const (
	MetadataAPI       Origin = iota // a DatabaseTable
	WorkbookFile                    // a relation in a .twb or .tds
	CustomSQL                       // a name found by our reader; unquoted parts fold
	VirtualConnection               // a VirtualConnectionTable: its name is a hint only
)

// String is the word of the case files, "metadata_api".
func (o Origin) String() string {
	names := [...]string{"metadata_api", "workbook_file", "custom_sql", "virtual_connection"}
	if int(o) < len(names) {
		return names[o]
	}
	return "unknown"
}

// Table is one table as Tableau gives it, before any cleaning. Any text may be
// empty, which is also how null arrives.
type Table struct {
	ID                string // what pins and ignores may name; need not be set
	RawName, FullName string
	// Place is where it is, which many tables share; nil where nothing of it is known.
	Place  *model.Place
	Origin Origin
	// Procedure marks a stored procedure.
	Procedure bool
	// Hidden marks a row whose names Tableau withheld.
	Hidden bool
	// Parts is the name in custom SQL, database first, an empty part being one
	// left out; Quoted says per part whether the author quoted it. Without
	// Parts the FullName is read instead.
	Parts  []string
	Quoted []bool
	// Session is what a statement before has to do with the name, nil for most tables.
	Session *Session
}

// Where is its Place, never nil, and not to be changed.
func (t *Table) Where() *model.Place {
	if t.Place == nil {
		return &model.Place{}
	}
	return t.Place
}

// session is its Session, never nil, and not to be changed.
func (t *Table) session() *Session {
	if t.Session == nil {
		return &Session{}
	}
	return t.Session
}

// Session is what the statements before a query do to a name in it
// (model/sql/RULES.md#what-a-session-does-to-names).
type Session struct {
	By     string // the statements and their place, "" when there are none
	Filled int    // how many of Parts, from the first, come from it
	Unsure bool   // the name may as well mean another table
	// Others are schemas of a search path behind the one in Parts.
	Others []relation.Part
}

// FromModel is a database table or a virtual connection table.
func FromModel(t *model.Table) Table {
	if t == nil {
		return Table{Hidden: true}
	}
	out := Table{ID: t.ID, RawName: t.Name, FullName: t.FullName, Place: t.Place, Hidden: t.Redacted, Procedure: t.Procedure}
	if t.Kind == model.VirtualConnectionTable {
		out.Origin = VirtualConnection
	}
	return out
}

// FromSQL is a name that was found in the text of the custom SQL table conn. What
// the name leaves out is filled from conn's connection
// (model/sql/RULES.md#missing-parts-of-a-name). The id is empty: conn's own id is
// that of the query, not of this table.
func FromSQL(parts []string, quoted []bool, conn *model.Table) Table {
	t := Table{Origin: CustomSQL, Parts: parts, Quoted: quoted}
	if len(parts) > 0 {
		t.RawName = parts[len(parts)-1]
	}
	if conn == nil || conn.Place == nil {
		return t
	}
	t.Place = conn.Place
	if t.Place.Schema != "" {
		place := *t.Place
		place.Schema = "" // is that of the query, not of what it reads
		t.Place = &place
	}
	return t
}

// Name is the best name to print, "ANALYTICS.MARTS.ORDERS", as far as it is
// known. It is for display and not an identity: see Matcher.Canonical.
func (t Table) Name() string {
	p := warehouse.OfClass(t.Where().ConnectionType)
	var buf [4]relation.Part
	parts, from := writtenParts(buf[:0], &t)
	var r reading
	r.read(&p, &t, parts, from)
	var known []string
	for i := 3 - p.Levels; i < 3; i++ {
		switch text := r.parts[i].Text; {
		case text == "":
		case strings.Contains(text, "."):
			known = append(known, `"`+text+`"`)
		default:
			known = append(known, text)
		}
	}
	if !r.known(relation.Identifier) {
		return strings.TrimSpace("hidden table " + t.ID)
	}
	return strings.Join(known, ".")
}
