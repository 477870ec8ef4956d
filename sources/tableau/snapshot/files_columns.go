package snapshot

import (
	"cmp"

	"github.com/tidwall/gjson"

	"darkroom/model"
)

// FileColumns are the columns that the fields of a workbook's sheets come from. Sheets name
// columns by their place in All.
type FileColumns struct {
	All    []FileColumn       `json:"all,omitempty"`
	Sheets []FileSheetColumns `json:"sheets,omitempty"`
}

// FileColumn is a column of a table, which it names by its place in File.Tables.
type FileColumn struct {
	Table int    `json:"table"`
	Name  string `json:"name"`
}

// FileSheetColumns are the columns of a sheet; why is why they may not be all.
type FileSheetColumns struct {
	Name string `json:"name"`
	At   []int  `json:"columns,omitempty"`
	Why  string `json:"why,omitempty"`
}

// NewFileColumns keeps the columns of a workbook's sheets; place finds tables by id.
func NewFileColumns(site *model.Site, place map[string]int) *FileColumns {
	out := &FileColumns{}
	for _, c := range site.Columns {
		out.All = append(out.All, FileColumn{place[c.TableID], c.Name})
	}
	for i := range site.Sheets {
		s := &site.Sheets[i]
		row := FileSheetColumns{Name: s.Name, Why: s.Columns.Why}
		for _, at := range s.Columns.At {
			row.At = append(row.At, int(at))
		}
		out.Sheets = append(out.Sheets, row)
	}
	return out
}

// Forget drops all columns, and says why.
func (c *FileColumns) Forget(why string) {
	c.All = nil
	for i := range c.Sheets {
		c.Sheets[i].At, c.Sheets[i].Why = nil, why
	}
}

// fileColumns reads the columns of a file with so many tables. A sheet with a link to nowhere
// is not known.
func (r *reader) fileColumns(v gjson.Result, tables int) (*FileColumns, error) {
	if !v.IsObject() {
		return nil, nil
	}
	c := &FileColumns{}
	err := r.in.EntriesOf(v, "all", "column", func(o gjson.Result) error {
		for at := r.in.Position(); len(c.All) < at; { // null keeps its place
			c.All = append(c.All, FileColumn{Table: -1})
		}
		x := FileColumn{Table: -1}
		if table := o.Get("table"); isPlace(table, tables) {
			x.Table = int(table.Num)
		}
		r.in.Set(&x.Name, o.Get("name"))
		c.All = append(c.All, x)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c, r.in.EntriesOf(v, "sheets", "sheet", func(o gjson.Result) error {
		var s FileSheetColumns
		r.in.Set(&s.Name, o.Get("name"))
		r.in.Set(&s.Why, o.Get("why"))
		list := o.Get("columns")
		whole := !list.Exists() || list.IsArray()
		for _, n := range list.Array() {
			if isPlace(n, len(c.All)) && c.All[int(n.Num)].Table >= 0 && c.All[int(n.Num)].Name != "" {
				s.At = append(s.At, int(n.Num))
			} else {
				whole = false
			}
		}
		if !whole {
			s.Why = cmp.Or(s.Why, unreadable)
		}
		c.Sheets = append(c.Sheets, s)
		return nil
	})
}
