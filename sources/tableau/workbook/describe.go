package workbook

import (
	"errors"

	"darkroom/sources/tableau/formula"
)

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
