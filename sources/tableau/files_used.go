package tableau

import (
	"slices"

	"darkroom/model"
)

// fate is what became of the dropped tables behind a data source.
type fate struct{ gone, still map[string]bool }

// fateOf looks at d and all data sources behind it. A table counts where it is a
// data source's own: a parent's tables stand in the lists of its children again.
func (j *joiner) fateOf(d *model.Datasource) *fate {
	if f := j.trails[d]; f != nil {
		return f
	}
	f := &fate{gone: map[string]bool{}, still: map[string]bool{}}
	for _, p := range j.behind(d) {
		for _, id := range j.own(p) {
			switch {
			case !j.dropped[id]:
			case j.lost[p][id]:
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
		if t == nil {
			continue
		}
		t.DatasourceIDs = slices.DeleteFunc(slices.Clone(t.DatasourceIDs), func(source string) bool {
			d := j.index.Datasource[source]
			return d != nil && j.replaced(id, []*model.Datasource{d})
		})
		t.SheetIDs = slices.DeleteFunc(slices.Clone(t.SheetIDs), func(sheet string) bool {
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
		f := j.fateOf(d)
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

// told is what the metadata says of the tables that the views of a workbook use.
type told struct{ any, sql bool }

// told answers for every workbook, before anything is changed.
func (j *joiner) told() map[string]told {
	out := map[string]told{}
	note := func(book string, ids []string) {
		t := out[book]
		t.any = t.any || len(ids) > 0
		for _, id := range ids {
			if x := j.index.Table[id]; x != nil && x.Kind != model.DatabaseTable {
				t.sql = true
			}
		}
		out[book] = t
	}
	for i := range j.site.Sheets {
		note(j.site.Sheets[i].WorkbookID, j.site.Sheets[i].TableIDs)
	}
	for i := range j.site.Dashboards {
		note(j.site.Dashboards[i].WorkbookID, j.site.Dashboards[i].TableIDs)
	}
	return out
}

// maxUsed bounds the ids that the sheets of one workbook are given.
const maxUsed = 1_000_000

// use lists the tables of files that each sheet uses, where that says something: a
// file narrows them, or the metadata lists used tables already, beside which a
// table that no sheet lists would pass for unused (facts/matching.md §1.3).
func (j *joiner) use(all map[string]told) {
	books := map[string][]*model.Sheet{}
	for i := range j.site.Sheets {
		s := &j.site.Sheets[i]
		books[s.WorkbookID] = append(books[s.WorkbookID], s)
	}
	for id, sheets := range books {
		if filled, narrow := j.concerned(sheets); filled && (narrow || all[id].any) {
			j.useOn(sheets, all[id])
		}
	}
	for i := range j.site.Dashboards { // stories have no sheets
		d := &j.site.Dashboards[i]
		if known := all[d.WorkbookID]; len(d.SheetIDs) == 0 && known.any {
			for _, source := range j.sources(d.DatasourceIDs) {
				d.TableIDs = unique(append(slices.Clip(d.TableIDs), j.usedOf(source, "", known)...))
			}
		}
	}
}

// concerned reports whether a file stands behind one of the sheets, and whether
// one tells the tables of sheets apart.
func (j *joiner) concerned(sheets []*model.Sheet) (filled, narrow bool) {
	for _, s := range sheets {
		for _, d := range j.sources(s.DatasourceIDs) {
			for _, p := range j.behind(d) {
				if fl := j.filled[p]; fl != nil {
					filled, narrow = true, narrow || len(fl.sheets) > 0
				}
			}
		}
	}
	return filled, narrow
}

// useOn gives the sheets of one workbook their lists.
func (j *joiner) useOn(sheets []*model.Sheet, known told) {
	names := map[string]int{}
	for _, s := range sheets {
		names[s.Name]++
	}
	left := maxUsed
	for _, s := range sheets {
		name := s.Name
		if names[name] > 1 {
			name = "" // it could be the other one
		}
		for _, d := range j.sources(s.DatasourceIDs) {
			ids := j.usedOf(d, name, known)
			if left -= len(ids); left < 0 { // then every table counts as used
				for _, s := range sheets {
					s.TableIDs = nil
				}
				return
			}
			s.TableIDs = append(slices.Clip(s.TableIDs), ids...)
		}
		s.TableIDs = unique(s.TableIDs)
	}
}

// usedOf lists what a sheet uses behind one data source. Beside the files the
// metadata's own lists tell that, unless it has none.
func (j *joiner) usedOf(d *model.Datasource, sheet string, known told) []string {
	var out []string
	for _, p := range j.behind(d) {
		fl := j.filled[p]
		if fl != nil {
			out = append(out, fl.usedBy(sheet)...)
		}
		for _, id := range p.TableIDs {
			t := j.index.Table[id]
			switch {
			case t == nil: // a file's
			case !known.any, !known.sql && t.Kind == model.CustomSQLTable && len(t.UpstreamTableIDs) == 0:
				// Nothing is told, or nothing about custom SQL: that counts as used.
				out = append(out, id)
			}
		}
	}
	return out
}

// usedBy are the tables of a data source that a sheet uses; all, where the file
// does not tell.
func (fl *filling) usedBy(sheet string) []string {
	var out []string
	for _, at := range fl.sheets[sheet] {
		if id := fl.ids[at]; id != "" {
			out = append(out, id)
		}
	}
	if out == nil {
		return fl.all
	}
	return out
}
