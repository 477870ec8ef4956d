package objects

import (
	"time"

	"darkroom/model"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// Dashboard is a dashboard or a story with its links.
type Dashboard struct {
	dashboardFields
	workbook                    int32
	Sheets, Datasources, Tables Links
	ListsSheets                 bool // it lists its sheets itself, even an empty list
}

// dashboardFields are what a dashboard says of itself, and what REST knows of it.
type dashboardFields struct {
	LUID, DocumentViewID, Name, Path string
	Hidden                           bool
	Tags                             []string
	Views                            int
	CreatedAt, UpdatedAt             time.Time
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
	d := all.Dashboards.At(at)
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
	out := make([]model.Dashboard, 0, t.all.Dashboards.Len())
	for i, d := range t.all.Dashboards.All() {
		if !t.all.index[schema.Dashboard].head(i).Described {
			continue
		}
		id, incomplete := t.identity(schema.Dashboard, i)
		out = append(out, model.Dashboard{
			ID: id, Incomplete: incomplete, LUID: d.LUID, DocumentViewID: d.DocumentViewID, Name: d.Name, Path: d.Path,
			Hidden:     d.Hidden && d.LUID == "" && d.Path == "",
			WorkbookID: t.ID(schema.Workbook, d.workbook), Tags: model.Distinct(d.Tags), Views: d.Views, CreatedAt: d.CreatedAt, UpdatedAt: d.UpdatedAt,
			SheetIDs: t.IDs(schema.Sheet, d.Sheets), DatasourceIDs: t.IDs(schema.Datasource, d.Datasources), TableIDs: t.IDs(schema.Table, d.Tables),
		})
	}
	return out
}
