package walk

import (
	"cmp"
	"context"
	"slices"

	"darkroom/model"
)

// Sources are the data sources that a dashboard reads, embedded and published, directly
// and through others, each once, by id.
func (w *Walker) Sources(ctx context.Context, d *model.Dashboard) []*model.Datasource {
	met := map[*model.Datasource]bool{}
	add := func(id string) {
		if ds := w.index.Datasource[id]; ds != nil && !met[ds] {
			for object := range w.closureOf(ctx, ds, []Step{stepOf(ds)}).objects {
				if o, ok := object.(*model.Datasource); ok {
					met[o] = true
				}
			}
		}
	}
	for _, id := range d.SheetIDs {
		if s := w.index.Sheet[id]; s != nil {
			for _, id := range s.DatasourceIDs {
				add(id)
			}
		}
	}
	for _, id := range d.DatasourceIDs {
		add(id)
	}
	return byID(met, func(d *model.Datasource) string { return d.ID })
}

// Between is what lies between a data source and its tables.
type Between struct {
	Published []*model.Datasource // without the data source itself
	Flows     []*model.Flow
	Virtual   []string // names of virtual connections
}

// Between lists it, each once and by id.
func (w *Walker) Between(ctx context.Context, d *model.Datasource) Between {
	sources, flows, virtual := map[*model.Datasource]bool{}, map[*model.Flow]bool{}, map[string]bool{}
	for object := range w.closureOf(ctx, d, []Step{stepOf(d)}).objects {
		switch o := object.(type) {
		case *model.Datasource:
			if o != d && o.Published {
				sources[o] = true
			}
		case *model.Flow:
			flows[o] = true
		case *model.Table:
			if o.Kind == model.VirtualConnectionTable {
				virtual[cmp.Or(o.VirtualConnection(), o.Name)] = true
			}
		}
	}
	return Between{
		Published: byID(sources, func(d *model.Datasource) string { return d.ID }),
		Flows:     byID(flows, func(f *model.Flow) string { return f.ID }),
		Virtual:   byID(virtual, func(name string) string { return name }),
	}
}

func byID[T comparable](met map[T]bool, id func(T) string) []T {
	list := make([]T, 0, len(met))
	for o := range met {
		list = append(list, o)
	}
	slices.SortFunc(list, func(a, b T) int { return cmp.Compare(id(a), id(b)) })
	return list
}
