package warehouse

import (
	"slices"
	"strings"
)

// Aliases is what connection_aliases says: a connection class in lower case, and the
// family of its dbt adapter. NewAliases makes them.
type Aliases map[string]string

// NewAliases reads pairs of a connection class and a dbt adapter as darkroom.yml has
// them, "postgres_jdbc": "postgresql".
func NewAliases(written map[string]string) Aliases {
	out := make(Aliases, len(written))
	for class, adapter := range written {
		out[lower(class)] = Family(adapter)
	}
	return out
}

// Connection is what a connection class and the server behind it are.
type Connection struct {
	Class   string  // in lower case, after aliases, plug-ins and hosts
	Note    string  // why Class is not the class as written, for messages; "" when it is
	Dialect Dialect // of its SQL
	Hosted  string  // the class before the host proved Class; "" when no host did
	Aliased bool    // connection_aliases say what Class is
}

// Connect reads the class and the server of a connection. Aliases come first.
// Otherwise the driver's suffix of a plug-in is removed, unless a row has the class
// with its suffix: the name of such a plug-in is free. Finally, a host that only one
// warehouse has outweighs the class.
//
// The dialect needs less proof than the class: a related warehouse is enough, and so
// is the host of a plug-in with a free name, because the SQL is the same.
func Connect(class, server string, aliases Aliases) Connection {
	t, c := table(), Connection{Class: lower(class)}
	speaker := t.speaker[c.Class]
	if family, ok := aliases[c.Class]; ok {
		c.Class, c.Aliased, c.Note = family, true, "your connection_aliases say that "+class+" is "+family
		if speaker = t.adapter[family]; speaker == nil {
			speaker = t.speaker[family]
		}
	} else if speaker == nil {
		if bare := strings.TrimSuffix(strings.TrimSuffix(c.Class, "_jdbc"), "_odbc"); bare != c.Class && bare != "" {
			c.Class, c.Note, speaker = bare, class+" is a plug-in for "+bare, t.speaker[bare]
		}
	}
	if speaker == nil {
		return c
	}
	c.Dialect = speaker.Dialect
	if w := hostedAt(t.hosted[c.Class], server); w != nil {
		c.Dialect, c.Hosted = w.Dialect, c.Class
		if c.Class != w.Adapter {
			c.Class, c.Note = w.Adapter, "the host "+server+" belongs to "+w.Adapter
		}
	} else if w := hostedAt(t.hosted[speaker.Adapter], server); w != nil {
		c.Dialect = w.Dialect
	}
	return c
}

// hostedAt is the first of some warehouses that has the server, or nil.
func hostedAt(list []*Warehouse, server string) *Warehouse {
	if len(list) == 0 {
		return nil
	}
	host := Host(server)
	for _, w := range list {
		if w.hasHost(host) {
			return w
		}
	}
	return nil
}

// hasHost reports whether a host, as Host gives it, is one of the warehouse's own.
func (w *Warehouse) hasHost(host string) bool {
	return slices.ContainsFunc(w.Hosts, func(suffix string) bool { return strings.HasSuffix(host, suffix) })
}
