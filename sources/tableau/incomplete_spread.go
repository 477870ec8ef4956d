package tableau

import "strings"

// spreadCuts marks what lacks something because something else was cut off: what
// is linked to and stands in a list that was cut off, and what says nothing itself
// where a list was cut off whose objects could speak for it. An object that is
// whole and names something itself is taken at its word. It returns the lists that
// lack objects.
func (b *builder) spreadCuts() map[string]string {
	b.cutRoots()
	if len(b.cuts.lists) > 0 {
		for k := workbook; k <= flow; k++ {
			b.markStubs(k)
		}
	}
	if len(b.cuts.lists)+len(b.cuts.some)+len(b.cuts.rest) > 0 {
		b.markDashboards()
		b.markSheets()
		b.markDatasources()
	}
	return b.cuts.lists
}

// mark says why an object may lack something, if nothing did.
func (b *builder) mark(k kind, at int, why string) {
	if h := &b.index[k].heads[at]; h.cut == "" {
		h.cut = why
	}
}

// markStubs is for what is known by its id only.
func (b *builder) markStubs(k kind) {
	for i := range b.index[k].heads {
		h := &b.index[k].heads[i]
		if !h.told || k == table && b.nameless(int32(i)) {
			b.mark(k, i, b.cuts.lost(listsOf(k, h.variant)))
		}
	}
}

// markDashboards: sheets name their dashboards, too.
func (b *builder) markDashboards() {
	why := b.cuts.silent("sheets", "views")
	for i := range b.dashboards {
		if !b.dashboards[i].own {
			b.mark(dashboard, i, why)
		}
	}
}

// markSheets: data sources name their sheets, too.
func (b *builder) markSheets() {
	why := b.cuts.silent("embeddedDatasources", "datasources")
	for i := range b.sheets {
		if !b.sheets[i].own {
			b.mark(sheet, i, why)
		}
	}
}

// markDatasources: of what a data source reads, its own lists have the database
// tables; custom SQL and the tables of virtual connections stand in its fields, or
// speak for themselves (facts/matching.md §1.3).
func (b *builder) markDatasources() {
	sql := b.cuts.silent("customSQLTables", "virtualConnectionTables", "tables")
	flows := b.cuts.silent("flows")
	for i := range b.datasources {
		d := &b.datasources[i]
		if !d.own {
			b.mark(datasource, i, sql)
		}
		if len(d.tables)+len(d.parents)+len(d.flows) == 0 {
			b.mark(datasource, i, flows)
		}
		b.markByConnections(i)
	}
}

// markByConnections: REST's connections serve where an embedded data source names
// nothing, and tell which of several parents come from blending; that takes them,
// the workbook's LUID, and the other data sources of the workbook (facts/matching.md
// G4, P13).
func (b *builder) markByConnections(i int) {
	d := &b.datasources[i]
	nothing := len(d.tables)+len(d.parents)+len(d.flows) == 0
	if b.index[datasource].heads[i].variant == isPublished || !nothing && len(d.parents) < 2 {
		return
	}
	if d.workbook < 0 {
		b.mark(datasource, i, aboutWorkbook(b.cuts.silent("workbooks")))
	} else {
		w := &b.workbooks[d.workbook]
		b.mark(datasource, i, b.cuts.rest[strings.ToLower(w.LUID)])
		if w.LUID == "" {
			b.mark(datasource, i, aboutWorkbook(b.index[workbook].heads[d.workbook].cut))
		}
	}
	if len(d.parents) > 1 {
		b.mark(datasource, i, b.cuts.silent("embeddedDatasources", "datasources"))
	}
}

func aboutWorkbook(why string) string {
	if why == "" {
		return ""
	}
	return "its workbook is not known in full, so its connections could not be asked for"
}
