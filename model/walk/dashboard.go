package walk

import (
	"strings"

	"darkroom/model"
)

// Dashboard walks from d to its tables (RULES.md#the-walk): from its sheets,
// hidden ones too, through their data sources; then what only the dashboard's own
// lists name, which is all that a story has (P15).
func (w *Walker) Dashboard(d *model.Dashboard) Result {
	c := collector{w: w, reads: map[readKey]int{}, gapped: map[gapKey]bool{}, met: map[any]bool{}}
	c.used(d)
	if d.Incomplete != "" {
		c.gap(nil, gapAt{hidden: cutOff("this dashboard", d.Incomplete, d.ID)})
	}
	if why := w.site.Cut[model.CutSite]; why != "" {
		c.gap(nil, gapAt{hidden: cutOff("", why, d.ID)})
	}
	var sources []*model.Datasource // in order of first appearance
	sheets := map[*model.Datasource][]*Step{}
	for _, id := range d.SheetIDs {
		s := w.index.Sheet[id]
		if s == nil {
			c.gap(nil, gapAt{hidden: hidden{NotLoaded, "a sheet of this dashboard is not in the data", id}})
			continue
		}
		step := &Step{Kind: StepSheet, Name: s.Name, ID: s.ID}
		if s.Incomplete != "" {
			c.gap(step, gapAt{hidden: cutOff(named("sheet", s.Name), s.Incomplete, s.ID)})
		}
		for _, id := range s.DatasourceIDs {
			ds := w.index.Datasource[id]
			if ds == nil {
				c.gap(step, gapAt{hidden: hidden{NotLoaded, "a data source of this sheet is not in the data", id}})
				continue
			}
			if w.behindAnother(ds, s) {
				continue
			}
			if sheets[ds] == nil {
				sources = append(sources, ds)
			}
			sheets[ds] = append(sheets[ds], step)
		}
	}
	for _, ds := range sources {
		c.add(sheets[ds], w.closureOf(ds, []Step{stepOf(ds)}))
	}
	c.shortcuts(d)
	if len(c.out.Reads)+len(c.out.Gaps) == 0 {
		c.gap(nil, gapAt{hidden: hidden{NoLineage, "Tableau names no data source and no table behind this dashboard", d.ID}})
	}
	return c.out
}

// Datasource walks from a data source to its tables; nothing tells which of them are
// used.
func (w *Walker) Datasource(d *model.Datasource) Result {
	c := collector{w: w, reads: map[readKey]int{}, gapped: map[gapKey]bool{}, met: map[any]bool{}, allUsed: true}
	c.add(nil, w.closureOf(d, []Step{stepOf(d)}))
	return c.out
}

// behindAnother reports a published source that is reached through an embedded one
// of the same sheet: sheets list both, and the longer route says more.
func (w *Walker) behindAnother(ds *model.Datasource, s *model.Sheet) bool {
	if !ds.Published || len(s.DatasourceIDs) > 64 {
		return false
	}
	for _, id := range s.DatasourceIDs {
		if e := w.index.Datasource[id]; e != nil && !e.Published && w.closureOf(e, []Step{stepOf(e)}).objects[ds] {
			return true
		}
	}
	return false
}

// collector gathers the result for one dashboard.
type collector struct {
	w      *Walker
	out    Result
	reads  map[readKey]int
	gapped map[gapKey]bool
	met    map[any]bool // everything that was walked through

	usedIDs  map[string]bool
	usedSQL  bool // the used tables include custom SQL or virtual connection tables
	usedAny  bool // Tableau told at least one used table
	allUsed  bool
	tableIDs []string // of the dashboard and its sheets, in order
}

type readKey struct {
	table *model.Table
	name  string
}

type gapKey struct {
	reason   Reason
	id, text string
}

// used collects the tables that Tableau says the dashboard's fields come from.
func (c *collector) used(d *model.Dashboard) {
	c.allUsed = d.WorkbookLevel || d.Incomplete != "" || c.w.site.Cut[model.CutSite] != ""
	c.usedIDs = map[string]bool{}
	note := func(ids []string) {
		for _, id := range ids {
			if c.usedIDs[id] {
				continue
			}
			c.usedIDs[id] = true
			c.tableIDs = append(c.tableIDs, id)
			if t := c.w.index.Table[id]; t != nil {
				c.usedAny = true
				c.usedSQL = c.usedSQL || t.Kind != model.DatabaseTable
			}
		}
	}
	note(d.TableIDs)
	for _, id := range d.SheetIDs {
		if s := c.w.index.Sheet[id]; s != nil {
			note(s.TableIDs)
			c.allUsed = c.allUsed || s.Incomplete != ""
		}
	}
}

// isUsed answers for one leaf. Where Tableau tells nothing, not all, or nothing
// about custom SQL, the table counts as used.
func (c *collector) isUsed(l leafAt) bool {
	if c.allUsed || !c.usedAny || l.trail != nil && l.trail.flow {
		return true
	}
	for _, id := range l.ids {
		if c.usedIDs[id] {
			return true
		}
	}
	return l.sql != nil && !c.usedSQL && len(l.ids) == 1
}

// add joins a closure, reached through each of the sheets; no sheet at all is
// the dashboard's own list.
func (c *collector) add(sheets []*Step, cl *closure) {
	if len(sheets) == 0 {
		sheets = []*Step{nil}
	}
	for object := range cl.objects {
		c.met[object] = true
	}
	for _, l := range cl.leaves {
		at := c.read(l)
		r := &c.out.Reads[at]
		r.Used = r.Used || c.isUsed(l)
		room := min(MaxRoutes-len(r.Routes), len(sheets))
		for _, s := range sheets[:room] {
			r.Routes = append(r.Routes, Route{s, l.trail})
		}
		r.More += len(sheets) - room
	}
	for _, g := range cl.gaps {
		c.gap(sheets[0], g)
	}
}

// read finds the entry of a leaf, or makes it. One relation that two places of a
// text name stands once; one that two texts name stands twice, because each text
// has its own connection.
func (c *collector) read(l leafAt) int {
	key := readKey{table: l.table}
	if l.sql != nil {
		key.name = strings.Join(l.sql.Parts, "\x00")
	}
	at, known := c.reads[key]
	if !known {
		at = len(c.out.Reads)
		c.reads[key] = at
		c.out.Reads = append(c.out.Reads, Read{Table: l.table, SQL: l.sql})
	}
	return at
}

// gap adds a gap once, with the first way to it.
func (c *collector) gap(sheet *Step, g gapAt) {
	key := gapKey{g.reason, g.id, g.text}
	if c.gapped[key] {
		return
	}
	c.gapped[key] = true
	c.out.Gaps = append(c.out.Gaps, Gap{Reason: g.reason, Route: Route{sheet, g.trail}, Text: g.text, ID: g.id})
}

// shortcuts adds what the walk from the sheets did not meet: custom SQL that
// names a sheet as downstream, and the dashboard's and its sheets' own lists.
func (c *collector) shortcuts(d *model.Dashboard) {
	for _, id := range d.SheetIDs {
		s := c.w.index.Sheet[id]
		if s == nil {
			continue
		}
		for _, t := range c.w.sqlBySheet[id] {
			c.table(&Step{Kind: StepSheet, Name: s.Name, ID: s.ID}, t)
		}
	}
	for _, id := range d.DatasourceIDs {
		ds := c.w.index.Datasource[id]
		switch {
		case ds == nil:
			c.gap(nil, gapAt{hidden: notPublished(id, "a data source")})
		case !c.met[ds]:
			c.add(nil, c.w.closureOf(ds, []Step{stepOf(ds)}))
		}
	}
	// Custom SQL first: it says which of the other tables its text does not read.
	for _, wantSQL := range [...]bool{true, false} {
		for _, id := range c.tableIDs {
			if t := c.w.index.Table[id]; t != nil && (t.Kind == model.CustomSQLTable) == wantSQL {
				c.table(nil, t)
			}
		}
	}
}

// table adds a table that only a shortcut names.
func (c *collector) table(sheet *Step, t *model.Table) {
	if c.met[t] {
		return
	}
	var start []Step
	switch t.Kind {
	case model.CustomSQLTable:
		start = []Step{sqlStep(t)}
	case model.VirtualConnectionTable:
		start = []Step{virtualStep(t)}
	}
	c.add([]*Step{sheet}, c.w.closureOf(t, start))
}
