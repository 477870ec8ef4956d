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
	if t.Kind != model.CustomSQLTable || t.ConnectionType() != "" {
		return t
	}
	if c := w.borrowed[t]; c != nil {
		return c
	}
	w.borrowed[t] = t
	var place *model.Place
	for _, id := range t.UpstreamTableIDs() {
		up := w.index.Table[id]
		if up == nil || up.Kind != model.DatabaseTable || up.ConnectionType() == "" {
			continue
		}
		there := model.Place{
			Database: cmp.Or(t.Database(), up.Database()), Schema: t.Schema(), ConnectionType: up.ConnectionType(), Connection: up.Connection(),
		}
		there.Connection.InitialSQL = t.Connection().InitialSQL
		switch {
		case place == nil:
			place = &there
		case !strings.EqualFold(place.ConnectionType, there.ConnectionType) || place.Connection != there.Connection:
			return t // two connections: which one is the text's is not known
		case place.Database != there.Database:
			place.Database = ""
		}
	}
	if place == nil {
		return t
	}
	c := *t
	c.Place = place
	w.borrowed[t] = &c
	return &c
}

// dialect is the one in which a custom SQL text is read. Where the connection does
// not determine it, that of a table in the text is used.
func (w *Walker) dialect(t *model.Table) warehouse.Dialect {
	d := w.connection(t).Dialect
	for _, id := range t.UpstreamTableIDs() {
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
	return warehouse.Connect(t.ConnectionType(), t.Connection().Server, w.aliases)
}
