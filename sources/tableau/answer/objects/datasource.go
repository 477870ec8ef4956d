package objects

import (
	"time"

	"darkroom/model"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// Datasource is an embedded or a published data source with its links.
type Datasource struct {
	model.Datasource
	Workbook               int32
	Parents, Tables, Flows Links
	FieldsNameTables       bool // its fields name a table, or a source behind it
}

// ReadsNothing reports that nothing is known that it reads.
func (d *Datasource) ReadsNothing() bool { return len(d.Tables)+len(d.Parents)+len(d.Flows) == 0 }

func (d *Datasource) describe(in *document.Walker, o document.Value) {
	in.Fill(&d.LUID, o.Get("luid"))
	in.Fill(&d.Name, o.Get("name"))
	in.Fill(&d.ContainerLUID, o.Get("projectLuid"))
	in.Fill(&d.ContainerName, o.Get("projectName"))
	in.Fill(&d.ContainerName, o.Get("containerName"))
	setUser(in, &d.Owner, o.Get("owner"))
	d.HasExtract = d.HasExtract || o.Get("hasExtracts").Is()
	d.UnsupportedCustomSQL = d.UnsupportedCustomSQL || o.Get("containsUnsupportedCustomSql").Is()
	d.Certified = d.Certified || o.Get("isCertified").Is()
	setTime(&d.UpdatedAt, o.Get("updatedAt"))
	// Full and incremental refreshes have a time each; the data is as new as the last.
	for _, name := range [...]string{"extractLastRefreshTime", "extractLastIncrementalUpdateTime", "extractLastUpdateTime"} {
		var at time.Time
		if setTime(&at, o.Get(name)); at.After(d.ExtractRefreshedAt) {
			d.ExtractRefreshedAt = at
		}
	}
}

func (all *Objects) linkDatasource(at int32, name string, to Ref) {
	d := all.Datasources.At(at)
	switch to.Kind {
	case schema.Workbook:
		if name == "workbook" {
			setOnce(&d.Workbook, to.At)
		}
	case schema.Dashboard:
		all.Dashboards.At(to.At).Datasources.Add(at)
	case schema.Sheet:
		all.Sheets.At(to.At).datasources.Add(at)
	case schema.Datasource:
		switch {
		case name == "parentPublishedDatasources" || name == "upstreamDatasources":
			d.Parents.Add(to.At)
		case schema.IsDownstream(name):
			all.Datasources.At(to.At).Parents.Add(at)
		}
	case schema.Table:
		d.Tables.Add(to.At)
		all.Tables.At(to.At).own().datasources.Add(at)
	case schema.Flow:
		if schema.IsDownstream(name) {
			all.flows.At(to.At).datasources.Add(at)
		} else {
			d.Flows.Add(to.At)
		}
	}
}

func (t *Translator) datasources() []model.Datasource {
	out := make([]model.Datasource, t.all.Datasources.Len())
	for i, d := range t.all.Datasources.All() {
		d.ID, d.Incomplete = t.identity(schema.Datasource, i)
		d.Published = t.all.index[schema.Datasource].head(i).Variant == schema.Published
		d.WorkbookID = t.ID(schema.Workbook, d.Workbook)
		d.ParentIDs = t.IDs(schema.Datasource, d.Parents)
		d.TableIDs = t.IDs(schema.Table, d.Tables)
		d.FlowIDs = t.IDs(schema.Flow, d.Flows)
		out[i] = d.Datasource
	}
	return out
}
