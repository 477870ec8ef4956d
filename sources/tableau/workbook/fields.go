package workbook

import (
	"cmp"
	"errors"
	"strings"

	"darkroom/sources/tableau/formula"
)

// group is a logical table: relations that are always queried together. A join
// or a union runs complete; the parts of a collection are left out when no field of them
// is used (model/walk/RULES.md#used-and-unused-tables).
type group struct{ leaves []*relation }

// fields knows where the fields of a data source come from.
type fields struct {
	origin    map[string]origin    // "[Sales]" → column of a relation
	object    map[string]string    // "[ORDERS_4F1A]" → "ORDERS"
	group     map[string]int       // "ORDERS" → index; -1 when two groups have it
	relation  map[string]*relation // "ORDERS" → nil when it means two
	described described
}

// origin is the column of a relation that a field is.
type origin struct {
	relation, column string // column is "" when it is not known
	clash            bool   // the file says two things of it
}

// recorded takes in what a metadata record or a map says of a field.
func (f *fields) recorded(local string, o origin) {
	if o.relation == "" || local == "" {
		return
	}
	if f.origin == nil {
		f.origin = map[string]origin{}
	}
	if was, known := f.origin[local]; known {
		o.clash = was.clash || was.relation != o.relation || was.column != "" && o.column != "" && was.column != o.column
		o.column = cmp.Or(o.column, was.column)
	}
	f.origin[local] = o
}

// holds takes in the relation of a logical table.
func (f *fields) holds(object, relation string) {
	if object == "" || relation == "" {
		return
	}
	if f.object == nil {
		f.object = map[string]string{}
	}
	f.object[object] = relation
}

// mapped takes in a <map key='[id (customers)]' value='[customers].[id]'/>.
func (f *fields) mapped(key, value string) {
	relation, rest := formula.Name(value)
	column, rest := formula.Name(strings.TrimPrefix(rest, "."))
	if rest != "" {
		column = ""
	}
	f.recorded(key, origin{relation: relation, column: column})
}

// finish sorts the relations into groups.
func (src *source) finish() {
	names := map[string]int{}
	for _, r := range src.relations {
		src.split(r, names)
	}
	src.fields.group = names
}

// split opens collections; everything else is one group.
func (src *source) split(r *relation, names map[string]int) {
	if r.kind == "collection" {
		for _, child := range r.children {
			src.split(child, names)
		}
		return
	}
	at := len(src.groups)
	src.groups = append(src.groups, group{})
	src.gather(r, at, names)
}

// gather adds the leaves of r to a group. A relation with children is a
// container whatever its type says.
func (src *source) gather(r *relation, at int, names map[string]int) {
	if r.label != "" {
		if other, taken := names[r.label]; taken && other != at {
			names[r.label] = -1
		} else {
			names[r.label] = at
		}
		src.fields.label(r)
	}
	if len(r.children) == 0 {
		src.groups[at].leaves = append(src.groups[at].leaves, r)
	}
	for _, child := range r.children {
		src.gather(child, at, names)
	}
}

// label notes what a relation is called; two of one name say nothing, unless they are the
// same.
func (f *fields) label(r *relation) {
	label := r.label
	if f.relation == nil {
		f.relation = map[string]*relation{}
	}
	if other, taken := f.relation[label]; taken && (other == nil || len(other.children)+len(r.children) > 0 ||
		other.table != r.table || other.connection != r.connection || other.kind != r.kind || other.text != r.text) {
		r = nil
	}
	f.relation[label] = r
}

// described are fields as a data source, or a sheet of it, describes them.
type described struct {
	names     []string               // in file order
	made      map[string]*definition // of those that are made of others
	instances map[string]string      // "[sum:Sales:qk]" → "[Sales]"
	captions  map[string][]string    // "Net sales" → "[Sales]"
}

// definition is what a field is made of.
type definition struct {
	fields []formula.Field
	why    string // why these may not be all, "" when they are
}

// field reads a <column>, a <column-instance>, or a <group>, which is a set as well.
func (s *stream) field(d *described, e *element) error {
	name := e.get("name")
	if name == "" {
		return nil
	}
	if err := s.keep(1); err != nil {
		return err
	}
	switch e.name {
	case "column-instance":
		if d.instances == nil {
			d.instances = map[string]string{}
		}
		column := e.get("column")
		d.instances[name] = column
		d.names = append(d.names, column)
		return nil
	case "group":
		d.names = append(d.names, name)
		return s.define(d, name, "groupfilter", s.groupFilter)
	}
	d.names = append(d.names, name)
	if caption := e.get("caption"); caption != "" {
		if d.captions == nil {
			d.captions = map[string][]string{}
		}
		d.captions[caption] = append(d.captions[caption], name)
	}
	return s.define(d, name, "calculation", s.calculation)
}

// define reads the elements of one kind below a field as its definition.
func (s *stream) define(d *described, name, kind string, read func(*definition, *element) error) error {
	var made *definition
	err := s.each(kind, func(e *element) error {
		if made == nil {
			made = &definition{}
		}
		before := len(made.fields)
		return errors.Join(read(made, e), s.keep(len(made.fields)-before))
	})
	if made != nil {
		if d.made == nil {
			d.made = map[string]*definition{}
		}
		d.made[name] = made
	}
	return err
}

// calculation takes in a formula, or the column of a bin.
func (s *stream) calculation(made *definition, e *element) error {
	text, column := e.get("formula"), e.get("column")
	switch e.get("class") {
	case "", "tableau", "bin", "categorical-bin":
	default:
		made.why = "is calculated in a way that is not known"
	}
	if text+column == "" {
		made.why = "is calculated in a way that the file does not say"
	}
	made.formula(text)
	made.formula(column)
	return nil
}

// groupFilter takes in what the members of a group or a set are chosen by.
func (s *stream) groupFilter(made *definition, e *element) error {
	made.formula(e.get("level"))
	made.formula(e.get("expression"))
	return s.each("groupfilter", func(e *element) error { return s.groupFilter(made, e) })
}

func (made *definition) formula(text string) {
	f := formula.Read(text)
	made.fields = append(made.fields, f.Fields...)
	switch {
	case f.PassesSQL:
		made.why = "hands SQL over to the database"
	case f.Broken:
		made.why = "has a formula that cannot be read"
	}
}
