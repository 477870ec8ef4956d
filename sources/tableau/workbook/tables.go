package workbook

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"darkroom/model"
	names "darkroom/model/relation"
)

// tablesOf adds the leaves of a source's relations to the site and links them to
// the data source at index at.
func (b *builder) tablesOf(at int, src *source) {
	have := map[int]bool{}
	for i := range src.groups {
		for _, leaf := range src.groups[i].leaves {
			n := b.table(at, src, leaf)
			leaf.at = n
			if n < 0 || have[n] {
				continue
			}
			have[n] = true
			ds := &b.site.Datasources[at]
			ds.TableIDs = append(ds.TableIDs, b.site.Tables[n].ID)
			b.site.Tables[n].AddDatasource(ds.ID)
		}
	}
}

// table finds or makes the table of a leaf and gives its index; -1 for none. The
// same table under several aliases is one, and so is the same table of several
// data sources with the same connection (FILES.md#data-sources).
func (b *builder) table(at int, src *source, leaf *relation) int {
	c := src.connectionFor(leaf.connection)
	t := model.Table{
		Place: b.places.Of(model.Place{ConnectionType: c.class, Connection: model.ConnectionInfo{
			Server: c.server, DBName: c.dbname, Schema: c.schema, Project: c.project, InitialSQL: c.initialSQL,
		}}),
	}
	switch {
	case c.class == classPublished, leaf.table == "[sqlproxy]":
		return -1 // see parents
	case leaf.kind == "text":
		return b.customSQL(at, leaf, t)
	case leaf.kind == "stored-proc":
		t.Procedure, t.FullName = true, cmp.Or(leaf.procedure, leaf.table)
		t.Name = cmp.Or(lastPart(t.FullName), leaf.label)
	case leaf.table == "" && leaf.kind != "table" && !c.isFile:
		// A union by pattern, or a kind that is not known: what it reads is unknown.
		if leaf.label == "" {
			return -1 // an empty join
		}
		t.Kind, t.Name, t.UnsupportedSQL = model.CustomSQLTable, leaf.label, true
		return b.own(at, t)
	case c.class == classVirtual:
		t.Kind, t.Own().VirtualConnection = model.VirtualConnectionTable, c.resource
		t.Name = cmp.Or(lastPart(leaf.table), leaf.label)
	default:
		t.FullName = leaf.table
		t.Name = cmp.Or(lastPart(leaf.table), leaf.label)
	}
	if t.Name == "" && t.FullName == "" {
		return -1
	}
	return b.shared(t)
}

// lastPart is the table's own name: ORDERS of [MARTS].[ORDERS].
func lastPart(name string) string {
	parts := names.Read(name)
	if len(parts) == 0 {
		return ""
	}
	return parts[len(parts)-1].Text
}

// customSQL belongs to one data source; one text counts once however many equivalents
// and aliases repeat it.
func (b *builder) customSQL(at int, leaf *relation, t model.Table) int {
	t.Kind, t.Name = model.CustomSQLTable, cmp.Or(leaf.label, "Custom SQL Query")
	if strings.TrimSpace(leaf.text) != "" {
		t.Own().Query = leaf.text
	}
	return b.own(at, t)
}

// own finds or makes a table that belongs to one data source.
func (b *builder) own(at int, t model.Table) int {
	ds := b.site.Datasources[at].ID
	key := tableKey{t: keyOf(&t), owner: ds}
	if n, known := b.tables[key]; known {
		return n
	}
	t.ID = b.id("t", ds+"/"+escape(t.Name))
	return b.add(key, t)
}

// shared finds or makes a table that every data source with the same connection
// has.
func (b *builder) shared(t model.Table) int {
	key := tableKey{t: keyOf(&t)}
	if n, known := b.tables[key]; known {
		return n
	}
	t.ID = b.id("t", tableID(&t))
	return b.add(key, t)
}

func (b *builder) add(key tableKey, t model.Table) int {
	n := len(b.site.Tables)
	b.tables[key] = n
	b.site.Tables = append(b.site.Tables, t)
	return n
}

// tableKey is what makes a table the same as another.
type tableKey struct {
	t     tableFacts
	owner string
}

type tableFacts struct {
	kind                             model.TableKind
	name, full, class, query, behind string
	connection                       model.ConnectionInfo
	procedure                        bool
}

func keyOf(t *model.Table) tableFacts {
	f := tableFacts{
		kind: t.Kind, name: t.Name, full: t.FullName, class: t.ConnectionType(), query: t.Query(), behind: t.VirtualConnection(),
		connection: t.Connection(), procedure: t.Procedure,
	}
	if t.FullName != "" || t.Query() != "" {
		f.name = "" // an alias
	}
	return f
}

// tableID is readable, with a short hash of what is not in it.
func tableID(t *model.Table) string {
	c := t.Connection()
	where := cmp.Or(t.VirtualConnection(), strings.TrimSuffix(c.Server+"/"+c.DBName, "/"))
	id := cmp.Or(t.ConnectionType(), "unknown") + "://" + where + "/" + cmp.Or(t.FullName, t.Name)
	rest := c.Schema + "\x00" + c.Project + "\x00" + c.InitialSQL
	if t.Procedure {
		rest += "\x00procedure"
	}
	if strings.Trim(rest, "\x00") == "" {
		return id
	}
	sum := sha256.Sum256([]byte(rest))
	return id + "#" + hex.EncodeToString(sum[:4])
}
