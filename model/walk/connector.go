package walk

import (
	"darkroom/model"
	"darkroom/model/warehouse"
)

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
