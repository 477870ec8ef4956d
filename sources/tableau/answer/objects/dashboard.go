package objects

import (
	"darkroom/model"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// Dashboard is a dashboard or a story with its links.
type Dashboard struct {
	model.Dashboard
	workbook                    int32
	Sheets, Datasources, Tables Links
	ListsSheets                 bool // it lists its sheets itself, even an empty list
}

func newDashboard() *Dashboard {
	return &Dashboard{Dashboard: model.Dashboard{Views: -1}, workbook: Nowhere}
}

func (d *Dashboard) describe(in *document.Walker, o document.Value) {
	in.Fill(&d.LUID, o.Get("luid"))
	luid := o.Get("luid") // null is a limit or a permission
	d.Hidden = d.Hidden || luid.IsEmptyText()
	in.Fill(&d.DocumentViewID, o.Get("documentViewId"))
	in.Fill(&d.Name, o.Get("name"))
	in.Fill(&d.Path, o.Get("path"))
	addTags(in, &d.Tags, o.Get("tags"))
	setTime(&d.CreatedAt, o.Get("createdAt"))
	setTime(&d.UpdatedAt, o.Get("updatedAt"))
}

func (all *Objects) linkDashboard(at int32, to Ref) {
	d := all.Dashboards[at]
	switch to.Kind {
	case schema.Workbook:
		setOnce(&d.workbook, to.At)
	case schema.Sheet:
		d.Sheets.Add(to.At)
	case schema.Datasource:
		d.Datasources.Add(to.At)
	case schema.Table:
		d.Tables.Add(to.At)
	}
}

// dashboards leaves out those that are only linked to: nothing points at a
// dashboard, and without a name it cannot be decided on.
func (t *Translator) dashboards() []model.Dashboard {
	out := make([]model.Dashboard, 0, len(t.all.Dashboards))
	for i := range t.all.Dashboards {
		if !t.all.index[schema.Dashboard].heads[i].Described {
			continue
		}
		d := t.all.Dashboards[i]
		d.ID, d.Incomplete = t.identity(schema.Dashboard, i)
		d.Hidden = d.Hidden && d.LUID == "" && d.Path == ""
		d.WorkbookID = t.ID(schema.Workbook, d.workbook)
		d.Tags = model.Distinct(d.Tags)
		d.SheetIDs = t.IDs(schema.Sheet, d.Sheets)
		d.DatasourceIDs = t.IDs(schema.Datasource, d.Datasources)
		d.TableIDs = t.IDs(schema.Table, d.Tables)
		out = append(out, d.Dashboard)
	}
	return out
}
