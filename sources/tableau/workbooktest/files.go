package workbooktest

import (
	"fmt"
	"strings"
	"testing/fstest"
)

// Files are the workbook and its published data sources, in the folder "site".
func (m *Made) Files() fstest.MapFS {
	out := fstest.MapFS{}
	var sources, sheets, dashboards strings.Builder
	for i, s := range m.sources {
		name := sourceName(i)
		switch s.kind {
		case proxied, gone:
			if s.kind == proxied {
				out["site/"+name+".tds"] = &fstest.MapFile{Data: []byte("<datasource formatted-name='f'>" + s.connection() + s.definitions() + "</datasource>")}
			}
			fmt.Fprintf(&sources, "<datasource caption='%s' name='%s'><connection class='sqlproxy' dbname='%[1]s' server-ds-friendly-name='%[1]s'>"+
				"<relation name='sqlproxy' table='[sqlproxy]' type='table' /><metadata-records>", name, m.id(s))
			for _, f := range s.fields {
				if f.flaw != lost {
					fmt.Fprintf(&sources, "<metadata-record class='column'><remote-name>%s</remote-name><local-name>[%[1]s]</local-name><parent-name>[sqlproxy]</parent-name></metadata-record>", f.name)
				}
			}
			sources.WriteString("</metadata-records></connection></datasource>")
		default:
			fmt.Fprintf(&sources, "<datasource caption='%s' name='%s'>%s%s</datasource>", name, m.id(s), s.connection(), s.definitions())
		}
	}
	for i, x := range m.sheets {
		fmt.Fprintf(&sheets, "<worksheet name='%s'>%s</worksheet>", sheetName(i), m.sheetXML(x))
	}
	for i, d := range m.dashboards {
		fmt.Fprintf(&dashboards, "<dashboard name='%s'><zones>", dashboardName(i))
		for _, at := range d.sheets {
			fmt.Fprintf(&dashboards, "<zone name='%s' />", sheetName(at))
		}
		dashboards.WriteString("</zones></dashboard>")
	}
	out["site/Book.twb"] = &fstest.MapFile{Data: []byte("<workbook><datasources><datasource name='Parameters'><column name='[p]' /></datasource>" + sources.String() +
		"</datasources><worksheets>" + sheets.String() + "</worksheets><dashboards>" + dashboards.String() + "</dashboards></workbook>")}
	return out
}

func sourceName(i int) string { return fmt.Sprint("Source ", i) }

// id is the data source's name in the workbook.
func (m *Made) id(s *source) string {
	for i, other := range m.sources {
		if other == s {
			return fmt.Sprint("federated.", i)
		}
	}
	return ""
}

// connection is where a data source has its tables, and which field is which column.
func (s *source) connection() string {
	var relations, records, maps string
	for i, table := range s.tables {
		relations += fmt.Sprintf("<relation connection='pg' name='T%d' table='[marts].[%s]' type='table' />", i, table)
	}
	parent := func(f *field) string { return fmt.Sprint("T", f.table) }
	switch s.kind {
	case joined:
		relations = "<relation type='join'>" + relations + "</relation>"
	case logical, proxied, gone:
		relations = "<relation type='collection'>" + relations + "</relation>"
	case union:
		relations = "<relation name='U' type='union'>" + relations + "</relation>"
		parent = func(*field) string { return "U" }
	case customSQL:
		relations = fmt.Sprintf("<relation connection='pg' name='T0' type='text'>select * from marts.%s</relation>", s.tables[0])
	}
	for i, f := range s.fields {
		if f.table < 0 || f.flaw == lost {
			continue
		}
		if i%3 != 0 {
			records += fmt.Sprintf("<metadata-record class='column'><remote-name>%s</remote-name><local-name>[%s]</local-name><parent-name>[%s]</parent-name></metadata-record>", f.column, f.name, parent(f))
		}
		if i%3 != 1 {
			maps += fmt.Sprintf("<map key='[%s]' value='[%s].[%s]' />", f.name, parent(f), f.column)
		}
	}
	return "<connection class='federated'><named-connections><named-connection name='pg'><connection class='postgres' dbname='shop' server='db' /></named-connection></named-connections>" +
		relations + "<cols>" + maps + "</cols><metadata-records>" + records + "</metadata-records></connection>"
}

// definitions are the fields that are made of others.
func (s *source) definitions() (out string) {
	for _, f := range s.fields {
		if f.table < 0 && f.flaw != lost {
			out += f.definition()
		}
	}
	return out
}

func (f *field) definition() string {
	if f.asSet && f.flaw == none {
		text := fmt.Sprintf("<group name='[%s]'><groupfilter function='crossjoin'>", f.name)
		for _, other := range f.of {
			text += fmt.Sprintf("<groupfilter function='level-members' level='[%s]' />", other.name)
		}
		return text + "</groupfilter></group>"
	}
	formula := "[Parameters].[p] + '[no field]'"
	for _, other := range f.of {
		formula += " + SUM([" + other.name + "])"
	}
	if f.flaw == passing {
		formula += " + RAWSQL_INT('1')"
	}
	return fmt.Sprintf("<column name='[%s]'><calculation class='tableau' formula=\"%s // [neither]\" /></column>", f.name, formula)
}

// sheetXML names each field in one of the places where Tableau does.
func (m *Made) sheetXML(x *sheet) string {
	var view, around string
	for _, s := range x.sources {
		id := m.id(s)
		view += fmt.Sprintf("<datasources><datasource name='%s' /></datasources><datasource-dependencies datasource='%[1]s'>", id)
		for i, u := range x.fields {
			if u.source != s {
				continue
			}
			mention := fmt.Sprintf("[%s].[%s]", id, u.name)
			switch u.by {
			case 0:
				view += fmt.Sprintf("<column name='[%s]' />", u.name)
				if u.table < 0 && u.flaw != lost && s.kind != gone && s.kind != proxied {
					view += u.definition()
				}
			case 1:
				view += fmt.Sprintf("<column-instance column='[%s]' name='[sum:%d:qk]' />", u.name, i)
				around += fmt.Sprintf("<rows>[%s].[sum:%d:qk]</rows>", id, i)
			case 2:
				around += "<cols>(" + mention + " / [" + id + "].[:Measure Names])</cols>"
			case 3:
				around += "<view><filter column='" + mention + "' /></view>"
			case 4:
				around += "<pane><encodings><color column='" + mention + "' /></encodings></pane>"
			}
		}
		view += "</datasource-dependencies>"
	}
	return "<table><view>" + view + "</view>" + around + "</table>"
}
