package objects

import (
	"darkroom/model"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// flow is a Tableau Prep flow with its links.
type flow struct {
	model.Flow
	tables, datasources, parents Links
}

func (f *flow) describe(in *document.Walker, o document.Value) {
	in.Fill(&f.LUID, o.Get("luid"))
	in.Fill(&f.Name, o.Get("name"))
	in.Fill(&f.ContainerName, o.Get("projectName"))
}

func (all *Objects) linkFlow(at int32, name string, to Ref) {
	f := all.flows.At(at)
	down := schema.IsDownstream(name)
	switch to.Kind {
	case schema.Table:
		if down {
			all.Tables.At(to.At).own().flows.Add(at)
		} else {
			f.tables.Add(to.At)
		}
	case schema.Datasource:
		if down {
			all.Datasources.At(to.At).Flows.Add(at)
		} else {
			f.datasources.Add(to.At)
		}
	case schema.Flow:
		if down {
			all.flows.At(to.At).parents.Add(at)
		} else {
			f.parents.Add(to.At)
		}
	}
}

func (t *Translator) flows() []model.Flow {
	out := make([]model.Flow, t.all.flows.Len())
	for i, f := range t.all.flows.All() {
		f.ID, f.Incomplete = t.identity(schema.Flow, i)
		f.TableIDs = t.IDs(schema.Table, f.tables)
		f.DatasourceIDs = t.IDs(schema.Datasource, f.datasources)
		f.ParentIDs = t.IDs(schema.Flow, f.parents)
		out[i] = f.Flow
	}
	return out
}
