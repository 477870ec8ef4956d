package joinfiles

import (
	"cmp"
	"slices"

	"darkroom/model"
	"darkroom/sources/tableau/snapshot"
)

// columnJoiner gives sheets the columns that their workbook's file has of them.
type columnJoiner struct {
	*joiner
	at model.ColumnPlaces
}

// listColumns does that where the metadata's answer is missing or not whole. A column counts
// where its table is known for certain.
func (j *joiner) listColumns() {
	if !slices.ContainsFunc(j.site.Workbooks, func(w model.Workbook) bool { return j.columnsOf(w.ID) != nil }) {
		return
	}
	c := &columnJoiner{j, model.ColumnPlaces{}}
	if j.site.Columns == nil {
		j.site.Columns = []model.TableColumn{}
	}
	for i, x := range j.site.Columns {
		c.at[x] = int32(i)
	}
	type key struct{ book, name string }
	sheets := map[key]int{}
	for i := range j.site.Sheets {
		sheets[key{j.site.Sheets[i].WorkbookID, j.site.Sheets[i].Name}]++
	}
	for i := range j.site.Sheets {
		s := &j.site.Sheets[i]
		f, sources := j.columnsOf(s.WorkbookID), j.sources(s.DatasourceIDs)
		isGone := func(at int32) bool { return c.isGone(at, sources) }
		if f == nil || s.Columns.Known && !slices.ContainsFunc(s.Columns.At, isGone) {
			continue
		}
		row := f.columns[s.Name]
		switch {
		case row != nil && sheets[key{s.WorkbookID, s.Name}] == 1:
			s.Columns.At = slices.DeleteFunc(slices.Clone(s.Columns.At), isGone)
			c.fill(s, f, row, sources)
		case !s.Columns.Known:
			s.Columns.Why = cmp.Or(s.Columns.Why, "its workbook's file has no one sheet of that name")
		}
	}
}

// columnsOf is the file of a workbook, if it has columns.
func (j *joiner) columnsOf(workbook string) *opened {
	w := j.index.Workbook[workbook]
	if w == nil {
		return nil
	}
	if f := j.open("workbooks", j.files.Workbooks, w.LUID); f != nil && f.Columns != nil {
		return f
	}
	return nil
}

func (o *opened) openColumns() {
	if o.Columns == nil {
		return
	}
	o.columns = map[string]*snapshot.FileSheetColumns{}
	for i := range o.Columns.Sheets {
		s := &o.Columns.Sheets[i]
		if _, twice := o.columns[s.Name]; twice {
			s = nil
		}
		o.columns[o.Columns.Sheets[i].Name] = s
	}
}

// isGone reports a column of a table that a file has replaced among these data sources.
func (c *columnJoiner) isGone(at int32, sources []*model.Datasource) bool {
	id := c.site.Columns[at].TableID
	return c.dropped[id] && c.replaced(id, sources)
}

// fill adds what the file says of a sheet to what the metadata says.
func (c *columnJoiner) fill(s *model.Sheet, f *opened, row *snapshot.FileSheetColumns, sources []*model.Datasource) {
	at, why, found := s.Columns.At, row.Why, map[int]string{}
	for _, n := range row.At {
		x := f.Columns.All[n]
		table, known := found[x.Table]
		if !known {
			table = c.tableOf(f, x.Table, sources)
			found[x.Table] = table
		}
		if table == "" {
			t := &f.Tables[x.Table]
			why = cmp.Or(why, "it is not certain which of Tableau's tables "+model.QuotedName(cmp.Or(t.FullName, t.Name))+" in its workbook's file is")
			continue
		}
		at = append(at, c.at.Of(c.site, model.TableColumn{TableID: table, Name: x.Name}))
	}
	slices.Sort(at)
	s.Columns = model.SheetColumns{At: slices.Clip(slices.Compact(at)), Known: why == "", Why: why}
}

// tableOf is the site's table that a table of the file is: one that the file gave a data source
// of the sheet, or the metadata's of that full name, if there is only one on either side.
func (c *columnJoiner) tableOf(f *opened, at int, sources []*model.Datasource) string {
	for _, d := range sources {
		if fl := c.filled[d]; fl != nil && fl.opened == f && fl.ids[at] != "" {
			return fl.ids[at]
		}
	}
	name, same := f.Tables[at].FullName, 0
	for i := range f.Tables {
		if f.Tables[i].FullName == name {
			same++
		}
	}
	if name == "" || same != 1 || f.Tables[at].Kind != model.DatabaseTable.String() {
		return ""
	}
	return c.called(name, sources)
}

// called is the one database table of the data sources with that full name.
func (c *columnJoiner) called(name string, sources []*model.Datasource) (found string) {
	for _, d := range sources {
		for _, id := range d.TableIDs {
			t := c.index.Table[id]
			if t == nil || t.Kind != model.DatabaseTable || t.FullName != name || id == found {
				continue
			}
			if found != "" {
				return ""
			}
			found = id
		}
	}
	return found
}
