package joinfiles

import (
	"slices"

	"darkroom/model"
)

// knownTables is what the metadata says of the tables that the views of a workbook use.
type knownTables struct{ any, sql bool }

// tablesKnown answers for every workbook, before anything is changed.
func (j *joiner) tablesKnown() map[string]knownTables {
	out := map[string]knownTables{}
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

// listUsed lists the tables of files that each sheet uses, where that says something: a
// file narrows them, or the metadata lists used tables already, so that a table that no
// sheet lists would count as unused (model/walk/RULES.md#used-and-unused-tables).
func (j *joiner) listUsed(all map[string]knownTables) {
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
				d.TableIDs = model.Distinct(append(slices.Clip(d.TableIDs), j.usedOf(source, "", known)...))
			}
		}
	}
}

// concerned reports whether one of the sheets reads from a file, and whether a file
// knows the tables of each sheet.
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
func (j *joiner) useOn(sheets []*model.Sheet, known knownTables) {
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
		s.TableIDs = model.Distinct(s.TableIDs)
	}
}

// usedOf lists what a sheet uses behind one data source. Beside the files the
// metadata's own lists say that, unless it has none.
func (j *joiner) usedOf(d *model.Datasource, sheet string, known knownTables) []string {
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
			case !known.any, !known.sql && t.Kind == model.CustomSQLTable && len(t.UpstreamTableIDs()) == 0:
				// Nothing is known, or nothing about custom SQL: that counts as used.
				out = append(out, id)
			}
		}
	}
	return out
}

// usedBy are the tables of a data source that a sheet uses; all, where the file
// does not say.
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
