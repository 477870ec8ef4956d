package joinfiles

import (
	"slices"

	"darkroom/model"
)

// trail is what became of the dropped tables behind a data source.
type trail struct{ gone, still map[string]bool }

// trailOf looks at d and all data sources behind it. A table counts where it is a
// data source's own: a parent's tables are in the lists of its children again.
func (j *joiner) trailOf(d *model.Datasource) *trail {
	if f := j.trails[d]; f != nil {
		return f
	}
	f := &trail{gone: map[string]bool{}, still: map[string]bool{}}
	for _, p := range j.behind(d) {
		for _, id := range j.ownTables(p) {
			switch {
			case !j.dropped[id]:
			case j.replacedIn[p][id]:
				f.gone[id] = true
			default:
				f.still[id] = true
			}
		}
	}
	j.trails[d] = f
	return f
}

// trim takes hidden tables that a file has replaced out of every other list that
// leads to them, where no data source of that place still has them.
func (j *joiner) trim() {
	if len(j.dropped) == 0 {
		return
	}
	strip := func(ids []string, sources []*model.Datasource) []string {
		return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return j.dropped[id] && j.replaced(id, sources) })
	}
	for i := range j.site.Datasources {
		d := &j.site.Datasources[i]
		d.TableIDs = strip(d.TableIDs, []*model.Datasource{d})
	}
	for i := range j.site.Sheets {
		s := &j.site.Sheets[i]
		s.TableIDs = strip(s.TableIDs, j.sources(s.DatasourceIDs))
	}
	for i := range j.site.Dashboards {
		d := &j.site.Dashboards[i]
		d.TableIDs = strip(d.TableIDs, j.allSources(d))
	}
	for id := range j.dropped {
		t := j.index.Table[id]
		if t == nil || t.Extra == nil {
			continue
		}
		t.Extra.DatasourceIDs = slices.DeleteFunc(slices.Clone(t.DatasourceIDs()), func(source string) bool {
			d := j.index.Datasource[source]
			return d != nil && j.replaced(id, []*model.Datasource{d})
		})
		t.Extra.SheetIDs = slices.DeleteFunc(slices.Clone(t.SheetIDs()), func(sheet string) bool {
			s := j.index.Sheet[sheet]
			return s != nil && j.replaced(id, j.sources(s.DatasourceIDs))
		})
	}
}

// replaced reports that the file of one of the sources has the table, and that
// none of them is left with the id alone.
func (j *joiner) replaced(id string, sources []*model.Datasource) bool {
	gone := false
	for _, d := range sources {
		f := j.trailOf(d)
		if f.still[id] {
			return false
		}
		gone = gone || f.gone[id]
	}
	return gone
}

func (j *joiner) sources(ids []string) []*model.Datasource {
	var out []*model.Datasource
	for _, id := range ids {
		if d := j.index.Datasource[id]; d != nil {
			out = append(out, d)
		}
	}
	return out
}

// allSources are those of a dashboard and of its sheets.
func (j *joiner) allSources(d *model.Dashboard) []*model.Datasource {
	out := j.sources(d.DatasourceIDs)
	for _, id := range d.SheetIDs {
		if s := j.index.Sheet[id]; s != nil {
			out = append(out, j.sources(s.DatasourceIDs)...)
		}
	}
	return out
}
