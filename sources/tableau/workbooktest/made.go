// Package workbooktest makes workbooks at random and knows what is true of them: which
// columns the fields of each sheet are made of, worked out in the plainest way. It has them
// as files and as the snapshot of a site.
package workbooktest

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// Tables are what made workbooks read, in schema marts of database shop on Postgres.
func Tables() []string { return []string{"fct", "dim", "rpt"} }

// columnsOfTable is how many columns each table has: column_0 and so on.
const columnsOfTable = 4

// Made is a workbook with the data sources that it uses.
type Made struct {
	sources    []*source
	sheets     []*sheet
	dashboards []*dashboard
}

// Truth is what is true of a dashboard.
type Truth struct {
	// Columns are those of tables that its fields are made of, as "fct.column_1", sorted.
	Columns []string
	// Unknown are tables that it reads, and of whose columns it may use more, sorted.
	Unknown []string
}

// kind is how a data source has its tables.
type kind uint8

const (
	single kind = iota
	joined
	logical
	proxied // the tables are in a file of their own
	gone    // the same, and the file is not there
	union
	customSQL
)

type source struct {
	kind   kind
	tables []string
	fields []*field
}

// field is a column, or made of others.
type field struct {
	source *source
	name   string
	table  int // of the source; -1 is made of others
	column string
	of     []*field
	flaw   flaw
	asSet  bool
}

// flaw is what keeps a field from being traced.
type flaw uint8

const (
	none    flaw = iota
	lost         // it is nowhere described
	passing      // it hands SQL over
)

type sheet struct {
	sources []*source // that it lists
	fields  []used
}

// used is a field of a sheet, and where the file names it.
type used struct {
	*field
	by uint8 // see render
}

type dashboard struct{ sheets []int }

// New makes a workbook. An exact one has nothing in it that cannot be traced.
func New(random *rand.Rand, exact bool) *Made {
	m := &Made{}
	kinds := []kind{single, joined, logical, proxied, gone, union, customSQL}
	if exact {
		kinds = kinds[:4]
	}
	for range 1 + random.IntN(3) {
		s := &source{kind: kinds[random.IntN(len(kinds))]}
		for _, i := range random.Perm(len(Tables()))[:1+random.IntN(2)] {
			s.tables = append(s.tables, Tables()[i])
		}
		if s.kind == single || s.kind == customSQL {
			s.tables = s.tables[:1]
		}
		m.sources = append(m.sources, s)
		for n := range 3 + random.IntN(6) {
			s.add(random, n, exact)
		}
	}
	for range 1 + random.IntN(4) {
		m.sheets = append(m.sheets, m.sheet(random, exact))
	}
	for range 1 + random.IntN(3) {
		d := &dashboard{}
		for i := range m.sheets {
			if random.IntN(2) == 0 {
				d.sheets = append(d.sheets, i)
			}
		}
		m.dashboards = append(m.dashboards, d)
	}
	return m
}

func (s *source) add(random *rand.Rand, n int, exact bool) {
	f := &field{source: s, name: fmt.Sprint("f ", n), table: -1}
	if n < 2 || random.IntN(2) == 0 {
		f.table, f.column = random.IntN(len(s.tables)), fmt.Sprint("column_", random.IntN(columnsOfTable))
	} else {
		for range random.IntN(3) {
			f.of = append(f.of, s.fields[random.IntN(n)])
		}
		f.asSet = len(f.of) > 0 && random.IntN(4) == 0
	}
	if f.flaw = flaw(max(0, random.IntN(12)-9)); exact || f.table >= 0 && f.flaw == passing {
		f.flaw = none
	}
	s.fields = append(s.fields, f)
}

func (m *Made) sheet(random *rand.Rand, exact bool) *sheet {
	x := &sheet{}
	for _, s := range m.sources {
		if random.IntN(2) == 0 {
			continue
		}
		x.sources = append(x.sources, s)
		for _, f := range s.fields {
			if random.IntN(4) == 0 {
				x.fields = append(x.fields, used{f, uint8(random.IntN(5))})
			}
		}
		if exact { // the snapshot shows a server only fields with columns
			x.fields = append(x.fields, used{s.fields[0], 0})
		}
	}
	return x
}

// Dashboards is what is true of each, by name.
func (m *Made) Dashboards() map[string]Truth {
	out := map[string]Truth{}
	for i, d := range m.dashboards {
		var t Truth
		reads, unknown := map[string]bool{}, len(d.sheets) == 0
		for _, at := range d.sheets {
			columns, all := m.sheets[at].truth()
			t.Columns, unknown = append(t.Columns, columns...), unknown || !all
			for _, s := range m.sheets[at].sources {
				for _, table := range s.tables {
					if s.kind != gone {
						reads[table] = reads[table] || s.kind == customSQL
					}
				}
			}
		}
		for table, throughSQL := range reads {
			if unknown || throughSQL {
				t.Unknown = append(t.Unknown, table)
			}
		}
		slices.Sort(t.Columns)
		slices.Sort(t.Unknown)
		t.Columns = slices.Compact(t.Columns)
		out[dashboardName(i)] = t
	}
	return out
}

// truth are the columns of a sheet, and whether these are all.
func (x *sheet) truth() (columns []string, all bool) {
	all = true
	for _, s := range x.sources {
		all = all && slices.ContainsFunc(x.fields, func(u used) bool { return u.source == s })
	}
	for _, u := range x.fields {
		c, whole := u.truth()
		columns, all = append(columns, c...), all && whole
	}
	return columns, all
}

func (f *field) truth() (columns []string, all bool) {
	switch {
	case f.flaw == lost, f.table >= 0 && (f.source.kind == union || f.source.kind == gone):
		return nil, false
	case f.table >= 0 && f.source.kind == customSQL:
		return nil, true // of the query, which is not a table
	case f.table >= 0:
		return []string{f.source.tables[f.table] + "." + f.column}, true
	}
	all = f.flaw != passing
	for _, other := range f.of {
		c, whole := other.truth()
		columns, all = append(columns, c...), all && whole
	}
	return columns, all
}

func dashboardName(i int) string { return fmt.Sprint("Dashboard ", i) }
func sheetName(i int) string     { return fmt.Sprint("Sheet ", i) }
