package warehouse

import (
	"slices"
	"strings"
)

// Aliases is what people say a connection class is: the class in lower case, and
// the family of a dbt adapter. NewAliases makes them.
type Aliases map[string]string

// NewAliases reads pairs of a connection class and a dbt adapter as people write
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
	Note    string  // why Class is not the class as written, for people; "" when it is
	Dialect Dialect // by which its SQL is read
}

// Connect reads the class and the server of a connection. What people say of the
// class comes first. Otherwise the driver's suffix of a plug-in is cut off, unless
// a row has the class with it: such a plug-in is named freely. Last, a host that
// only one warehouse has outweighs the class.
//
// The dialect asks for less than the class: a related warehouse is good enough,
// and so is the host behind a freely named plug-in, for its SQL is the same.
func Connect(class, server string, aliases Aliases) Connection {
	t, c := table(), Connection{Class: lower(class)}
	speaker := t.speaker[c.Class]
	if family, ok := aliases[c.Class]; ok {
		c.Class, c.Note = family, "your connection_aliases say that "+class+" is "+family
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
	for _, w := range t.hosted {
		proves := slices.Contains(w.Through, c.Class)
		if (proves || slices.Contains(w.Through, speaker.Adapter)) && w.hasHost(server) {
			c.Dialect = w.Dialect
			if proves {
				c.Class, c.Note = w.Adapter, "the host "+server+" belongs to "+w.Adapter
			}
			break
		}
	}
	return c
}

// hasHost reports whether a server is one of the warehouse's own.
func (w *Warehouse) hasHost(server string) bool {
	host := Host(server)
	return slices.ContainsFunc(w.Hosts, func(suffix string) bool { return strings.HasSuffix(host, suffix) })
}
