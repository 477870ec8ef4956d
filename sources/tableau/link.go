package tableau

// link notes that to stands under the field name of from. Most pairs of kinds
// have one meaning, whatever the field; the direction comes from the name where
// both are possible. Unknown pairs, links from nowhere and to itself are nothing.
func (b *builder) link(from ref, name string, to ref) {
	if !from.ok() || !to.ok() || from == to {
		return
	}
	switch from.kind {
	case workbook:
		b.linkWorkbook(from.at, name, to)
	case dashboard:
		b.linkDashboard(from.at, to)
	case sheet:
		b.linkSheet(from.at, to)
	case datasource:
		b.linkDatasource(from.at, name, to)
	case table:
		b.linkTable(from.at, name, to)
	case flow:
		b.linkFlow(from.at, name, to)
	case database:
		if to.kind == table {
			once(&b.tables[to.at].database, from.at)
		}
	case virtualConnection:
		if to.kind == table && name == "tables" {
			once(&b.tables[to.at].connection, from.at)
		}
	}
}

// once sets a position that is not yet known.
func once(to *int32, at int32) {
	if *to < 0 {
		*to = at
	}
}

func (b *builder) linkWorkbook(at int32, name string, to ref) {
	switch to.kind {
	case dashboard:
		once(&b.dashboards[to.at].workbook, at)
	case sheet:
		once(&b.sheets[to.at].workbook, at)
	case datasource:
		if name == "embeddedDatasources" {
			once(&b.datasources[to.at].workbook, at)
		} else {
			b.workbooks[at].datasources.add(to.at)
		}
	case table:
		b.workbooks[at].tables.add(to.at)
	}
}

func (b *builder) linkDashboard(at int32, to ref) {
	d := &b.dashboards[at]
	switch to.kind {
	case workbook:
		once(&d.workbook, to.at)
	case sheet:
		d.sheets.add(to.at)
	case datasource:
		d.datasources.add(to.at)
	case table:
		d.tables.add(to.at)
	}
}

func (b *builder) linkSheet(at int32, to ref) {
	s := &b.sheets[at]
	switch to.kind {
	case workbook:
		once(&s.workbook, to.at)
	case dashboard: // containedInDashboards
		b.dashboards[to.at].sheets.add(at)
	case datasource:
		s.own = true
		s.datasources.add(to.at)
	case table:
		s.tables.add(to.at)
	}
}

func (b *builder) linkDatasource(at int32, name string, to ref) {
	d := &b.datasources[at]
	switch to.kind {
	case workbook:
		if name == "workbook" {
			once(&d.workbook, to.at)
		}
	case dashboard:
		b.dashboards[to.at].datasources.add(at)
	case sheet:
		b.sheets[to.at].datasources.add(at)
	case datasource:
		switch {
		case name == "parentPublishedDatasources" || name == "upstreamDatasources":
			d.parents.add(to.at)
		case downward(name):
			b.datasources[to.at].parents.add(at)
		}
	case table:
		d.tables.add(to.at)
		b.tables[to.at].datasources.add(at)
	case flow:
		if downward(name) {
			b.flows[to.at].datasources.add(at)
		} else {
			d.flows.add(to.at)
		}
	}
}

func (b *builder) linkTable(at int32, name string, to ref) {
	t := &b.tables[at]
	switch to.kind {
	case workbook:
		b.workbooks[to.at].tables.add(at)
	case dashboard:
		b.dashboards[to.at].tables.add(at)
	case sheet:
		t.sheets.add(to.at)
	case datasource:
		// A table's upstreamDatasources feed it through a flow; they do not read it.
		if downward(name) {
			t.datasources.add(to.at)
			b.datasources[to.at].tables.add(at)
		}
	case table:
		if downward(name) {
			b.tables[to.at].upstream.add(at)
		} else {
			t.upstream.add(to.at)
		}
	case database:
		if name == "database" {
			once(&t.database, to.at)
		}
	case virtualConnection:
		if name == "virtualConnection" {
			once(&t.connection, to.at)
		}
	case flow:
		if downward(name) {
			b.flows[to.at].tables.add(at)
		} else {
			t.flows.add(to.at)
		}
	}
}

func (b *builder) linkFlow(at int32, name string, to ref) {
	f := &b.flows[at]
	down := downward(name)
	switch to.kind {
	case table:
		if down {
			b.tables[to.at].flows.add(at)
		} else {
			f.tables.add(to.at)
		}
	case datasource:
		if down {
			b.datasources[to.at].flows.add(at)
		} else {
			f.datasources.add(to.at)
		}
	case flow:
		if down {
			b.flows[to.at].parents.add(at)
		} else {
			f.parents.add(to.at)
		}
	}
}
