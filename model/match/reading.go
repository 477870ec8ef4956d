package match

import (
	"strings"

	"darkroom/model"
	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

// Source says where a part of a table's name came from.
type Source uint8

// The sources of a part.
const (
	Missing Source = iota
	FromFullName
	FromName
	FromCaption
	FromSQLText
	FromSchemaField
	FromDatabaseField
	FromConnectionAttr
	FromMap
	FromSession
	FromPlatform // the platform's default schema
)

// String is the source in a sentence, "the full name".
func (s Source) String() string {
	return [...]string{
		"nowhere", "the full name", "the name", "the caption", "the SQL text", "the schema field", "the database field",
		"the connection", "your map", "the session", "the platform's default",
	}[min(s, FromPlatform)]
}

// Part is one part of a table's name as it was understood.
type Part struct {
	Text   string // "" when missing
	From   Source
	Field  string // the value of Tableau's own field, where it differs
	quoted bool   // by the author of a SQL text
}

func (p Part) side() relation.Side { return relation.Side{Text: p.Text, Quoted: p.quoted} }

// reading is a table's name for one platform (model/relation/RULES.md#reading-a-name).
type reading struct {
	parts                [3]Part
	linked               bool   // the name was prefixed with that of a server
	caption              bool   // only a caption was there
	schemaOmitted        bool   // the schema was left out on purpose, "db..t"
	schemaFromConnection bool   // the schema is that of the connection (step 13)
	reported             string // Tableau's database, also where the platform has none

	hashes [3]uint64 // of the parts, see candidate.keyFrom
	hashed bool
}

// with is r with another part.
func (r *reading) with(level int, part Part) reading {
	out := *r
	out.parts[level], out.hashed = part, false
	return out
}

// read takes the name of t apart by the rules of platform p; r is empty before. Parts
// are as writtenParts gives them.
func (r *reading) read(p *warehouse.Warehouse, t *Table, parts []relation.Part, from Source) {
	at := t.Where()
	r.caption, r.reported = from == FromCaption, fieldPart(at.Database)
	var path [4]relation.Part
	if p.ProjectPaths {
		if schema := fieldPart(at.Schema); len(parts) == 1 && strings.ContainsAny(schema, ".:") {
			parts = append(path[:0], relation.Part{Text: schema, Quoted: true}, parts[0])
		}
		parts, r.linked = relation.BigQueryPath(path[:0], parts)
	}
	if n := len(parts); n > 3 {
		parts, r.linked = parts[n-3:], true
	}
	for i, part := range parts {
		level := 3 - len(parts) + i
		r.parts[level] = Part{Text: part.Text, From: from}
		if from == FromSQLText {
			side := relation.SideOf(p, part)
			r.parts[level].Text, r.parts[level].quoted = side.Text, side.Quoted
			if written := len(t.Parts) - t.session().Filled; i < len(parts)-written {
				r.parts[level].From = FromSession
			}
		}
	}
	r.schemaOmitted = len(parts) == 3 && parts[relation.Schema].Text == ""
	r.fillSchema(p, at)
	r.fillDatabase(p, at)
}

// writtenParts puts the parts of the name itself into dst, which is empty, and says where
// they were: fullName beats name, and a name is split only when it names its schema
// (model/relation/RULES.md#reading-a-name).
func writtenParts(dst []relation.Part, t *Table) ([]relation.Part, Source) {
	if t.Origin == CustomSQL {
		return sqlParts(dst, t), FromSQLText
	}
	if full := relation.AppendParts(dst, t.FullName); len(full) > 0 {
		if inner, ok := relation.Caption(t.FullName); ok && fieldPart(t.Where().Schema) == "" {
			return relation.AppendParts(dst, inner), FromCaption
		}
		return full, FromFullName
	}
	if inner, ok := relation.Caption(t.RawName); ok {
		return relation.AppendParts(dst, inner), FromCaption
	}
	parts := relation.AppendParts(dst, t.RawName)
	if schema := fieldPart(t.Where().Schema); len(parts) > 1 && schema != "" && !strings.EqualFold(parts[len(parts)-2].Text, schema) {
		return append(dst, relation.Part{Text: relation.NFC(strings.TrimSpace(t.RawName))}), FromName
	}
	return parts, FromName
}

// sqlParts puts the parts of a name in custom SQL into dst, which is empty.
func sqlParts(dst []relation.Part, t *Table) []relation.Part {
	if t.Parts == nil {
		if parts := relation.AppendParts(dst, t.FullName); len(parts) > 0 {
			return parts
		}
		return relation.AppendParts(dst, t.RawName)
	}
	for i, text := range t.Parts {
		dst = append(dst, relation.Part{Text: relation.NFC(text), Quoted: i < len(t.Quoted) && t.Quoted[i]})
	}
	return dst
}

// fieldPart reads a field that holds one part, with or without brackets.
func fieldPart(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || s[0] != '[' && s[0] != '"' && s[0] != '`' {
		return relation.NFC(s)
	}
	if part, ok := relation.Unquote(s); ok {
		return part
	}
	if parts := relation.Read(s); len(parts) == 1 && parts[0].Quoted {
		return parts[0].Text
	}
	return relation.NFC(s)
}

// fillSchema takes a missing schema from the field, on platforms where a schema is
// a database from that field, and last from the connection
// (model/relation/RULES.md#reading-a-name).
func (r *reading) fillSchema(p *warehouse.Warehouse, at *model.Place) {
	schema := &r.parts[relation.Schema]
	named := fieldPart(at.Schema)
	if schema.Text != "" {
		if named != "" && !strings.EqualFold(named, schema.Text) {
			schema.Field = named
		}
		return
	}
	*schema = Part{}
	switch {
	case r.schemaOmitted:
	case named != "":
		*schema = Part{Text: named, From: FromSchemaField}
	case p.SchemaIsDatabase && p.CleanDatabase(r.reported) != "":
		*schema = Part{Text: p.CleanDatabase(r.reported), From: FromDatabaseField}
	case p.SchemaIsDatabase && at.Connection.DBName != "":
		*schema = Part{Text: fieldPart(at.Connection.DBName), From: FromConnectionAttr}
	case fieldPart(at.Connection.Schema) != "":
		*schema = Part{Text: fieldPart(at.Connection.Schema), From: FromConnectionAttr}
		r.schemaFromConnection = true
	}
}

// fillDatabase takes a missing database from the field, otherwise from the
// connection, and drops it where the platform has none.
func (r *reading) fillDatabase(p *warehouse.Warehouse, at *model.Place) {
	database := &r.parts[relation.Database]
	switch {
	case p.Levels == 2 && !p.DatabaseWhereKnown:
		*database = Part{}
		return
	case p.DatabaseWhereKnown && p.SchemaIsDatabase: // the fields have the schema
		if database.Text = p.CleanDatabase(database.Text); database.Text == "" {
			*database = Part{}
		}
		return
	}
	named := p.CleanDatabase(r.reported)
	if database.Text = p.CleanDatabase(database.Text); database.Text != "" {
		if named != "" && !strings.EqualFold(named, database.Text) {
			database.Field = named
		}
		return
	}
	*database = Part{}
	if named != "" {
		*database = Part{Text: named, From: FromDatabaseField}
		return
	}
	attrs := [...]string{at.Connection.DBName, at.Connection.Project}
	if p.ProjectPaths {
		attrs = [...]string{at.Connection.Project, at.Connection.DBName}
	}
	for _, attr := range attrs {
		if text := p.CleanDatabase(fieldPart(attr)); text != "" {
			*database = Part{Text: text, From: FromConnectionAttr}
			return
		}
	}
	if p.DatabaseText == warehouse.DatabaseService {
		if text := p.CleanDatabase(warehouse.Service(at.Connection.Server)); text != "" {
			*database = Part{Text: text, From: FromConnectionAttr}
		}
	}
}

// known reports whether a part is there.
func (r *reading) known(level int) bool { return r.parts[level].Text != "" }
