package walk

import (
	"cmp"
	"strings"

	"darkroom/model"
	"darkroom/model/warehouse"
)

// connected is t, or a copy of a custom SQL table without a connection that has
// the one of the tables Tableau lists for its text, if they agree on it.
func (w *Walker) connected(t *model.Table) *model.Table {
	if t.Kind != model.CustomSQLTable || t.ConnectionType != "" {
		return t
	}
	if c := w.borrowed[t]; c != nil {
		return c
	}
	w.borrowed[t] = t
	c := *t
	first := true
	for _, id := range t.UpstreamTableIDs {
		up := w.index.Table[id]
		if up == nil || up.Kind != model.DatabaseTable || up.ConnectionType == "" {
			continue
		}
		from := up.Connection
		from.InitialSQL = t.Connection.InitialSQL
		switch {
		case first:
			c.ConnectionType, c.Connection, first = up.ConnectionType, from, false
			c.Database = cmp.Or(t.Database, up.Database)
		case !strings.EqualFold(c.ConnectionType, up.ConnectionType) || c.Connection != from:
			return t // two connections: which one is the text's is not known
		case t.Database == "" && c.Database != up.Database:
			c.Database = ""
		}
	}
	if first {
		return t
	}
	w.borrowed[t] = &c
	return &c
}

// dialect is the one in which a custom SQL text is read. Where the connection does
// not determine it, that of a table in the text is used.
func (w *Walker) dialect(t *model.Table) warehouse.Dialect {
	d := w.connection(t).Dialect
	for _, id := range t.UpstreamTableIDs {
		if d != warehouse.DialectUnknown {
			break
		}
		if up := w.index.Table[id]; up != nil {
			d = w.connection(up).Dialect
		}
	}
	return d
}

// connection reads the type and the server of t's connection.
func (w *Walker) connection(t *model.Table) warehouse.Connection {
	return warehouse.Connect(t.ConnectionType, t.Connection.Server, w.aliases)
}
