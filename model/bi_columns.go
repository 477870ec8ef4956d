package model

// TableColumn is one column of one table of a site.
type TableColumn struct {
	TableID string // as in Site.Tables
	Name    string // as the database has it
}

// ColumnPlaces are the places in Site.Columns that columns have.
type ColumnPlaces map[TableColumn]int32

// Of is the place of a column, which the site gets if it has not got it.
func (p ColumnPlaces) Of(s *Site, c TableColumn) int32 {
	at, known := p[c]
	if !known {
		at = int32(len(s.Columns))
		p[c] = at
		s.Columns = append(s.Columns, c)
	}
	return at
}

// SheetColumns are the columns that the fields of a sheet come from; a calculated field
// comes from all columns that it is made of.
type SheetColumns struct {
	At    []int32 // places in Site.Columns, ascending
	Known bool    // these are all
	// Why says why they may not be all, as the end of a sentence; "" where they were not
	// asked for.
	Why string
}
