package objects

import (
	"darkroom/model"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// Sheet is a sheet with its links.
type Sheet struct {
	model.Sheet
	workbook            int32
	datasources, tables Links
	NamesDatasource     bool // itself
}

func (s *Sheet) describe(in *document.Walker, o document.Value) {
	in.Fill(&s.LUID, o.Get("luid"))
	in.Fill(&s.Name, o.Get("name"))
}

func (all *Objects) linkSheet(at int32, to Ref) {
	s := all.Sheets[at]
	switch to.Kind {
	case schema.Workbook:
		setOnce(&s.workbook, to.At)
	case schema.Dashboard: // containedInDashboards
		all.Dashboards[to.At].Sheets.Add(at)
	case schema.Datasource:
		s.NamesDatasource = true
		s.datasources.Add(to.At)
	case schema.Table:
		s.tables.Add(to.At)
	}
}

func (t *Translator) sheets() []model.Sheet {
	out := make([]model.Sheet, len(t.all.Sheets))
	for i := range t.all.Sheets {
		s := t.all.Sheets[i]
		s.ID, s.Incomplete = t.identity(schema.Sheet, i)
		s.WorkbookID = t.ID(schema.Workbook, s.workbook)
		s.DatasourceIDs = t.IDs(schema.Datasource, s.datasources)
		s.TableIDs = t.IDs(schema.Table, s.tables)
		out[i] = s.Sheet
	}
	return out
}
