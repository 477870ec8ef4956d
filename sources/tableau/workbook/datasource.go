package workbook

import (
	"cmp"
	"errors"
	"strings"

	"darkroom/sources/tableau/formula"
)

// source is a data source as its file has it.
type source struct {
	name, caption string
	location      location
	connection    connection            // the outer one
	named         map[string]connection // those inside a federated one
	order         []string              // their names
	relations     []*relation           // after the choice between equivalents
	extract       bool
	groups        []group
	fields        fields
}

// connection is how a data source reaches something.
type connection struct {
	class, server, dbname, schema, project string
	initialSQL                             string
	friendly                               string // sqlproxy: the published source's name as shown
	resource                               string // publishedConnection: the virtual connection's name
	isFile                                 bool   // it names a file or a folder
}

// Classes that are no connection to a warehouse but lead elsewhere.
const (
	classFederated = "federated"
	classPublished = "sqlproxy"
	classVirtual   = "publishedConnection"
)

func connectionOf(e *element) connection {
	c := connection{
		class: e.get("class"), server: e.get("server"), dbname: e.get("dbname"), schema: e.get("schema"),
		project:    cmp.Or(e.getFold("catalog"), e.get("project")), // EXECCATALOG only pays for the query
		initialSQL: e.get("one-time-sql"),
		friendly:   e.get("server-ds-friendly-name"),
		resource:   e.get("resourceName"),
	}
	file := strings.Trim(e.get("directory")+"/"+e.get("filename"), "/")
	if c.isFile = file != "" && c.server == ""; c.isFile {
		c.dbname = cmp.Or(c.dbname, file)
	}
	return c
}

// relation is a node of the tree of tables, joins, unions and collections.
type relation struct {
	featureName
	kind       string // table, text, stored-proc, join, union, collection …
	label      string // the name attribute: an alias, not the truth
	table      string
	connection string
	text       string // custom SQL
	procedure  string
	children   []*relation
	at         int // index of its table in the site, -1 for none; set when the site is built
}

// source reads a <datasource>.
func (s *stream) source(e *element) (*source, error) {
	src := &source{name: e.get("name"), caption: e.get("caption"), named: map[string]connection{}}
	if err := s.keep(1); err != nil {
		return nil, err
	}
	err := s.children(func(e *element) error {
		switch e.name {
		case "document-format-change-manifest": // of a .tds
			return s.manifest()
		case "repository-location":
			src.location = locationOf(e)
		case "connection":
			if src.connection.class == "" {
				src.connection = connectionOf(e)
				return s.connection(src)
			}
		case "extract": // a copy of what is above it, with names of its own
			src.extract = e.get("enabled") != "false"
		case "metadata-records":
			return s.metadata(src)
		case "column", "column-instance", "group":
			return s.field(&src.fields.described, e)
		}
		return nil
	}, nil)
	src.finish()
	return src, err
}

// connection reads what is inside the outer connection.
func (s *stream) connection(src *source) error {
	var found []*relation
	err := s.children(func(e *element) error {
		switch e.name {
		case "named-connections":
			return s.each("named-connection", func(e *element) error { return s.namedConnection(src, e) })
		case "relation":
			r, err := s.relation(e)
			found = append(found, r)
			return err
		case "cols":
			return s.each("map", func(e *element) error {
				src.fields.mapped(e.get("key"), e.get("value"))
				return s.keep(1)
			})
		case "metadata-records":
			return s.metadata(src)
		}
		return nil
	}, nil)
	src.relations = s.flags.choose(found, true)
	return err
}

func (s *stream) namedConnection(src *source, e *element) error {
	name := e.get("name")
	return s.each("connection", func(e *element) error {
		if _, twice := src.named[name]; !twice {
			src.named[name] = connectionOf(e)
			src.order = append(src.order, name)
		}
		return s.keep(1)
	})
}

// relation reads a <relation> with all that is nested in it; depth is bounded by
// the stream.
func (s *stream) relation(e *element) (*relation, error) {
	r := &relation{
		featureName: e.featureName, kind: e.get("type"), label: e.get("name"), table: e.get("table"), connection: e.get("connection"),
		procedure: cmp.Or(e.get("procedure"), e.get("stored-proc"), e.get("actual-name")),
	}
	if err := s.keep(1); err != nil {
		return r, err
	}
	var text textBuilder
	err := s.children(func(e *element) error {
		switch e.name {
		case "relation":
			child, err := s.relation(e)
			r.children = append(r.children, child)
			return err
		case "actual-name":
			name, err := s.inner()
			r.procedure = cmp.Or(r.procedure, strings.TrimSpace(name))
			return err
		}
		return nil
	}, func(t []byte) {
		if r.kind == "text" {
			text.add(t)
		}
	})
	r.text = text.String()
	r.children = s.flags.choose(r.children, false)
	return r, errors.Join(err, text.err)
}

// metadata reads which relation every field comes from.
func (s *stream) metadata(src *source) error {
	return s.each("metadata-record", func(e *element) error {
		if e.get("class") != "column" {
			return nil
		}
		var local, remote, parent, object string
		err := s.children(func(e *element) (err error) {
			switch e.name {
			case "local-name":
				local, err = s.inner()
			case "remote-name":
				remote, err = s.inner()
			case "parent-name":
				parent, err = s.inner()
			case "object-id":
				object, err = s.inner()
			}
			return err
		}, nil)
		if err != nil {
			return err
		}
		relation, _ := formula.Name(parent)
		src.fields.recorded(local, origin{relation: relation, column: remote})
		src.fields.holds(object, relation)
		return s.keep(1)
	})
}

// connectionFor is the connection of a relation: the one it names, otherwise the only one
// there is (model/walk/RULES.md#p10-several-connections). An unknown one stays empty.
func (src *source) connectionFor(name string) connection {
	if src.connection.class != classFederated {
		return src.connection
	}
	if c, ok := src.named[name]; ok {
		return c
	}
	if len(src.order) == 1 {
		return src.named[src.order[0]]
	}
	return connection{}
}

// proxies are the connections to published data sources, in file order.
func (src *source) proxies() []connection {
	if src.connection.class == classPublished {
		return []connection{src.connection}
	}
	var out []connection
	for _, name := range src.order {
		if c := src.named[name]; c.class == classPublished {
			out = append(out, c)
		}
	}
	return out
}
