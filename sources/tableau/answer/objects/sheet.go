package objects

import (
	"darkroom/model"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// Sheet is a sheet with its links.
type Sheet struct {
	sheetFields
	workbook            int32
	datasources, tables Links
	NamesDatasource     bool // itself
}

// sheetFields are what a sheet says of itself.
type sheetFields struct{ LUID, Name string }

func (s *Sheet) describe(in *document.Walker, o document.Value) {
	in.Fill(&s.LUID, o.Get("luid"))
	in.Fill(&s.Name, o.Get("name"))
}

func (all *Objects) linkSheet(at int32, to Ref) {
	s := all.Sheets.At(at)
	switch to.Kind {
	case schema.Workbook:
		setOnce(&s.workbook, to.At)
	case schema.Dashboard: // containedInDashboards
		all.Dashboards.At(to.At).Sheets.Add(at)
	case schema.Datasource:
		s.NamesDatasource = true
		s.datasources.Add(to.At)
	case schema.Table:
		s.tables.Add(to.At)
	}
}

func (t *Translator) sheets() []model.Sheet {
	out := make([]model.Sheet, t.all.Sheets.Len())
	for i, o := range t.all.Sheets.All() {
		s := &out[i]
		s.ID, s.Incomplete = t.identity(schema.Sheet, i)
		s.LUID, s.Name = o.LUID, o.Name
		s.WorkbookID = t.ID(schema.Workbook, o.workbook)
		s.DatasourceIDs = t.IDs(schema.Datasource, o.datasources)
		s.TableIDs = t.IDs(schema.Table, o.tables)
	}
	return out
}
