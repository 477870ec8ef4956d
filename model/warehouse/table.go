package warehouse

import (
	"slices"
	"sync"
)

// index finds rows. It is built once and never changed.
type index struct {
	rows    []Warehouse
	adapter map[string]*Warehouse   // by adapter and alias
	native  map[string]*Warehouse   // by connection class, the first row that has it
	speaker map[string]*Warehouse   // by any connection class that says how SQL is read
	hosted  map[string][]*Warehouse // those with host rules, by class or adapter that leads there
	kinds   map[string]ClassKind    // of the classes that do not lead to a warehouse
	schemas []string                // the default schemas
}

// table gives the index of all rows.
var table = sync.OnceValue(func() *index {
	t := &index{
		rows:    slices.Concat(cloudRows(), lakeRows(), postgresRows(), microsoftRows(), mysqlRows(), otherRows()),
		adapter: map[string]*Warehouse{}, native: map[string]*Warehouse{}, speaker: map[string]*Warehouse{},
		hosted: map[string][]*Warehouse{}, kinds: map[string]ClassKind{},
	}
	for i := range t.rows {
		w := &t.rows[i]
		claim(t.adapter, w, w.Adapter)
		claim(t.adapter, w, w.Aliases...)
		claim(t.native, w, w.Native...)
		claim(t.speaker, w, w.Native...)
		if len(w.Hosts) > 0 {
			for _, through := range w.Through {
				t.hosted[through] = append(t.hosted[through], w)
			}
		}
		if w.DefaultSchema != "" && !slices.Contains(t.schemas, w.DefaultSchema) {
			t.schemas = append(t.schemas, w.DefaultSchema)
		}
	}
	for i := range t.rows { // a class that is native to a row is read as that row's
		claim(t.speaker, &t.rows[i], t.rows[i].Related...)
		claim(t.speaker, &t.rows[i], t.rows[i].SQLOnly...)
	}
	for kind, classes := range otherClasses() {
		for _, class := range classes {
			t.kinds[class] = kind
		}
	}
	return t
})

// claim adds w under the names that no earlier row has.
func claim(names map[string]*Warehouse, w *Warehouse, add ...string) {
	for _, name := range add {
		if names[name] == nil {
			names[name] = w
		}
	}
}
