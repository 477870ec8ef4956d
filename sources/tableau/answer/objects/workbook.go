package objects

import (
	"cmp"
	"strings"

	"darkroom/model"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
	"darkroom/sources/tableau/tool"
)

// Workbook is a workbook with its links.
type Workbook struct {
	model.Workbook
	Tables, Datasources Links
}

func (w *Workbook) describe(in *document.Walker, o document.Value) {
	in.Fill(&w.LUID, o.Get("luid"))
	in.Fill(&w.Name, o.Get("name"))
	in.Fill(&w.Description, o.Get("description"))
	in.Fill(&w.ContainerLUID, o.Get("projectLuid"))
	var uri, number string
	in.Fill(&uri, o.Get("uri"))
	in.Fill(&number, o.Get("vizportalUrlId"))
	w.PageID = cmp.Or(w.PageID, tool.WorkbookPage(uri, number))
	w.PersonalSpace = w.PersonalSpace || isPersonalSpace(string(o.Get("containerType").Text()))
	in.Fill(&w.ContainerName, o.Get("projectName"))
	if !w.PersonalSpace {
		in.Fill(&w.ContainerName, o.Get("containerName"))
	}
	setUser(in, &w.Owner, o.Get("owner"))
	addTags(in, &w.Tags, o.Get("tags"))
	setTime(&w.CreatedAt, o.Get("createdAt"))
	setTime(&w.UpdatedAt, o.Get("updatedAt"))
}

// isPersonalSpace reads containerType, whose spelling the API's reference gives
// in prose only ("Either personal space or project").
func isPersonalSpace(containerType string) bool {
	before, after, _ := strings.Cut(strings.ReplaceAll(containerType, "_", " "), " ")
	return strings.EqualFold(before+after, "personalspace")
}

func (all *Objects) linkWorkbook(at int32, name string, to Ref) {
	switch to.Kind {
	case schema.Dashboard:
		setOnce(&all.Dashboards.At(to.At).workbook, at)
	case schema.Sheet:
		setOnce(&all.Sheets.At(to.At).workbook, at)
	case schema.Datasource:
		if name == "embeddedDatasources" {
			setOnce(&all.Datasources.At(to.At).Workbook, at)
		} else {
			all.Workbooks.At(at).Datasources.Add(to.At)
		}
	case schema.Table:
		all.Workbooks.At(at).Tables.Add(to.At)
	}
}

func (t *Translator) workbooks() []model.Workbook {
	out := make([]model.Workbook, t.all.Workbooks.Len())
	for i, w := range t.all.Workbooks.All() {
		out[i] = w.Workbook
		out[i].ID, out[i].Incomplete = t.identity(schema.Workbook, i)
		out[i].Tags = model.Distinct(out[i].Tags)
	}
	return out
}
