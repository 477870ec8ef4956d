package main

import "slices"

// answer is what GraphiQL saves after one query.
type answer struct {
	name string
	data any
}

type object = map[string]any

// answers are three of them, about the workbooks of one project of a snapshot:
// flat connections, nested workbooks, and the query that dbt's documentation gives
// for finding out why lineage is missing
// (sources/tableau/API.md#the-query-that-dbt-suggests).
func answers(s *snapshot, project string) []answer {
	p := &picker{s: s}
	for _, wb := range s.Metadata.Workbooks {
		if deref(wb.ProjectName) == project {
			p.workbooks = append(p.workbooks, wb)
		}
	}
	return []answer{
		{"connections", wrap(p.connections())},
		{"nested_workbooks", wrap(object{"workbooks": p.nested()})},
		{"dbt_troubleshooting", wrap(object{"workbooks": p.troubleshooting()})},
	}
}

func wrap(data object) object { return object{"data": data} }

// picker selects the part of a snapshot that belongs to some workbooks.
type picker struct {
	s         *snapshot
	workbooks []*workbook
}

// connections has the full objects, linked by id, one connection per type.
func (p *picker) connections() object {
	tables := map[string]bool{}
	published := map[string]bool{}
	for _, ds := range p.embedded() {
		for _, l := range ds.ParentPublishedDatasources {
			published[l.ID] = true
		}
		for _, l := range ds.UpstreamTables {
			tables[l.ID] = true
		}
	}
	inBook := func(id string) bool {
		return slices.ContainsFunc(p.workbooks, func(wb *workbook) bool { return wb.ID == id })
	}
	m := &p.s.Metadata
	return object{
		"workbooksConnection":            page("Workbook", p.workbooks),
		"dashboardsConnection":           page("Dashboard", pick(m.Dashboards, func(d *dashboard) bool { return inBook(d.Workbook.ID) })),
		"sheetsConnection":               page("Sheet", pick(m.Sheets, func(s *sheet) bool { return inBook(s.Workbook.ID) })),
		"embeddedDatasourcesConnection":  page("EmbeddedDatasource", p.embedded()),
		"publishedDatasourcesConnection": page("PublishedDatasource", pick(m.PublishedDatasources, func(d *datasource) bool { return published[d.ID] })),
		"databaseTablesConnection":       page("DatabaseTable", pick(m.DatabaseTables, func(t databaseTable) bool { return tables[t.ID] })),
	}
}

// page is a connection's last page; its cursor is not null there either.
func page[T any](kind string, nodes []T) object {
	return object{
		"totalCount": len(nodes),
		"pageInfo":   object{"hasNextPage": false, "endCursor": metaID("cursor", kind)},
		"nodes":      nodes,
	}
}

func pick[T any](list []T, keep func(T) bool) []T {
	out := []T{}
	for _, v := range list {
		if keep(v) {
			out = append(out, v)
		}
	}
	return out
}

func (p *picker) embedded() []*datasource {
	return pick(p.s.Metadata.EmbeddedDatasources, func(d *datasource) bool {
		return slices.ContainsFunc(p.workbooks, func(wb *workbook) bool { return wb.ID == d.Workbook.ID })
	})
}

// nested has everything inside its workbook, as one deep query gives it.
func (p *picker) nested() []object {
	out := []object{}
	for _, wb := range p.workbooks {
		boards := []object{}
		for _, d := range pick(p.s.Metadata.Dashboards, func(d *dashboard) bool { return d.Workbook.ID == wb.ID }) {
			sheets := []object{}
			for _, l := range d.Sheets {
				i := slices.IndexFunc(p.s.Metadata.Sheets, func(s *sheet) bool { return s.ID == l.ID })
				s := p.s.Metadata.Sheets[i]
				sheets = append(sheets, object{"id": s.ID, "name": s.Name, "parentEmbeddedDatasources": s.ParentEmbeddedDatasources})
			}
			boards = append(boards, object{"id": d.ID, "luid": d.LUID, "name": d.Name, "path": d.Path, "sheets": sheets})
		}
		out = append(out, object{
			"id": wb.ID, "luid": wb.LUID, "name": wb.Name, "uri": wb.URI, "projectName": wb.ProjectName,
			"owner":      object{"name": wb.Owner.Name, "email": wb.Owner.Email},
			"dashboards": boards, "embeddedDatasources": p.nestedSources(wb),
		})
	}
	return out
}

func (p *picker) nestedSources(wb *workbook) []object {
	out := []object{}
	for _, d := range pick(p.embedded(), func(d *datasource) bool { return d.Workbook.ID == wb.ID }) {
		parents := []object{}
		for _, l := range d.ParentPublishedDatasources {
			i := slices.IndexFunc(p.s.Metadata.PublishedDatasources, func(d *datasource) bool { return d.ID == l.ID })
			pub := p.s.Metadata.PublishedDatasources[i]
			parents = append(parents, object{"id": pub.ID, "luid": pub.LUID, "name": pub.Name})
		}
		tables := []object{}
		for _, t := range p.tables(d) {
			row := p.row(t)
			row["fullName"], row["connectionType"] = t.FullName, t.ConnectionType
			tables = append(tables, row)
		}
		out = append(out, object{"id": d.ID, "name": d.Name, "upstreamTables": tables, "parentPublishedDatasources": parents})
	}
	return out
}

// troubleshooting knows workbooks and tables only: no dashboards, no custom SQL.
func (p *picker) troubleshooting() []object {
	out := []object{}
	for _, wb := range p.workbooks {
		tables := []object{}
		seen := map[string]bool{}
		for _, d := range pick(p.embedded(), func(d *datasource) bool { return d.Workbook.ID == wb.ID }) {
			for _, t := range p.tables(d) {
				if !seen[t.ID] {
					seen[t.ID] = true
					tables = append(tables, p.row(t))
				}
			}
		}
		out = append(out, object{
			"name": wb.Name, "uri": wb.URI, "id": wb.ID, "luid": wb.LUID,
			"projectLuid": wb.ProjectLUID, "projectName": wb.ProjectName, "upstreamTables": tables,
		})
	}
	return out
}

func (p *picker) tables(d *datasource) []databaseTable {
	return pick(p.s.Metadata.DatabaseTables, func(t databaseTable) bool {
		return slices.ContainsFunc(d.UpstreamTables, func(l link) bool { return l.ID == t.ID })
	})
}

func (p *picker) row(t databaseTable) object {
	return object{
		"id": t.ID, "name": t.Name, "schema": t.Schema,
		"database": object{"name": t.Database.Name, "connectionType": t.Database.ConnectionType},
	}
}
