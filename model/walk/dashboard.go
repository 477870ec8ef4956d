package walk

import (
	"context"
	"strings"

	"darkroom/model"
	"darkroom/model/reason"
)

// Dashboard walks from d to its tables (RULES.md#the-walk): from its sheets,
// hidden ones too, through their data sources; then what only the dashboard's own
// lists name, which is all that a story has (P15). The error is that of ctx.
func (w *Walker) Dashboard(ctx context.Context, d *model.Dashboard) (Result, error) {
	c := collector{w: w, reads: map[readKey]int{}, gapped: map[gapKey]bool{}, met: map[any]bool{}}
	c.collectUsedTables(d)
	if d.Incomplete != "" {
		c.addGap(nil, gapAt{gapCause: cutOffCause("this dashboard", d.Incomplete, d.ID)})
	}
	if why := w.site.IncompleteLists[model.EveryList]; why != "" {
		c.addGap(nil, gapAt{gapCause: cutOffCause("", why, d.ID)})
	}
	var sources []*model.Datasource // in order of first appearance
	sheets := map[*model.Datasource][]*model.Sheet{}
	for _, id := range d.SheetIDs {
		s := w.index.Sheet[id]
		if s == nil {
			c.addGap(nil, gapAt{gapCause: gapCause{reason.NotLoaded, "a sheet of this dashboard is not in the data", id}})
			continue
		}
		if s.Incomplete != "" {
			c.addGap(s, gapAt{gapCause: cutOffCause(kindAndName("sheet", s.Name), s.Incomplete, s.ID)})
		}
		for _, id := range s.DatasourceIDs {
			ds := w.index.Datasource[id]
			if ds == nil {
				c.addGap(s, gapAt{gapCause: gapCause{reason.NotLoaded, "a data source of this sheet is not in the data", id}})
				continue
			}
			if w.behindAnother(ctx, ds, s) {
				continue
			}
			if sheets[ds] == nil {
				sources = append(sources, ds)
			}
			sheets[ds] = append(sheets[ds], s)
		}
	}
	for _, ds := range sources {
		c.addClosure(sheets[ds], w.closureOf(ctx, ds, []Step{stepOf(ds)}))
	}
	c.shortcuts(ctx, d)
	if len(c.out.Reads)+len(c.out.Gaps) == 0 {
		c.addGap(nil, gapAt{gapCause: gapCause{reason.NoLineage, w.site.Tool.Text("{Tool} names no data source and no table behind this dashboard"), d.ID}})
	}
	return c.out, ctx.Err()
}

// Datasource walks from a data source to its tables; which of them are used is not
// known.
func (w *Walker) Datasource(ctx context.Context, d *model.Datasource) (Result, error) {
	c := collector{w: w, reads: map[readKey]int{}, gapped: map[gapKey]bool{}, met: map[any]bool{}, allUsed: true}
	c.addClosure(nil, w.closureOf(ctx, d, []Step{stepOf(d)}))
	return c.out, ctx.Err()
}

// behindAnother reports a published source that is reached through an embedded one
// of the same sheet: sheets list both, and the longer route says more.
func (w *Walker) behindAnother(ctx context.Context, ds *model.Datasource, s *model.Sheet) bool {
	if !ds.Published || len(s.DatasourceIDs) > 64 {
		return false
	}
	for _, id := range s.DatasourceIDs {
		if e := w.index.Datasource[id]; e != nil && !e.Published && w.closureOf(ctx, e, []Step{stepOf(e)}).objects[ds] {
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
	usedAny  bool // at least one used table is known
	allUsed  bool
	tableIDs []string // of the dashboard and its sheets, in order
}

type readKey struct {
	table *model.Table
	name  string
}

type gapKey struct {
	reason   reason.Code
	id, text string
}

// collectUsedTables collects the tables that Tableau says the dashboard's fields come from.
func (c *collector) collectUsedTables(d *model.Dashboard) {
	c.allUsed = d.WorkbookLevel || d.Incomplete != "" || c.w.site.IncompleteLists[model.EveryList] != ""
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

// isUsed answers for one leaf. Where the list of used tables is missing, incomplete,
// or has nothing about custom SQL, the table counts as used.
func (c *collector) isUsed(l leafAt) bool {
	if c.allUsed || !c.usedAny || l.trail != nil && l.trail.passes.Has(StepFlow) {
		return true
	}
	for _, id := range l.ids {
		if c.usedIDs[id] {
			return true
		}
	}
	return l.sql != nil && !c.usedSQL && len(l.ids) == 1
}

// addClosure joins a closure, reached through each of the sheets; no sheet at all is
// the dashboard's own list.
func (c *collector) addClosure(sheets []*model.Sheet, cl *closure) {
	if len(sheets) == 0 {
		sheets = []*model.Sheet{nil}
	}
	for object := range cl.objects {
		c.met[object] = true
	}
	block := c.w.routes.Room(len(cl.leaves) * min(len(sheets), maxRoutes)) // of all leaves
	for _, l := range cl.leaves {
		at := c.readIndex(l)
		r := &c.out.Reads[at]
		r.Used = r.Used || c.isUsed(l)
		if l.trail != nil {
			r.Passes |= l.trail.passes
		}
		if l.session == "" {
			r.Session = "" // one way to it leaves no doubt
		}
		room := min(maxRoutes-len(r.Routes), len(sheets))
		from := len(block)
		for _, s := range sheets[:room] {
			block = append(block, Route{s, l.trail})
		}
		if routes := block[from:len(block):len(block)]; r.Routes == nil {
			r.Routes = routes
		} else {
			r.Routes = append(r.Routes, routes...)
		}
		r.More += len(sheets) - room
	}
	for _, g := range cl.gaps {
		c.addGap(sheets[0], g)
	}
}

// readIndex finds the entry of a leaf, or makes it. One relation that two places of a
// text name is one entry; one that two texts name is two, because each text
// has its own connection.
func (c *collector) readIndex(l leafAt) int {
	key := readKey{table: l.table}
	if l.sql != nil {
		key.name = strings.Join(l.sql.Parts, "\x00")
	}
	at, known := c.reads[key]
	if !known {
		at = len(c.out.Reads)
		c.reads[key] = at
		c.out.Reads = append(c.out.Reads, Read{Table: l.table, SQL: l.sql, Session: l.session})
	}
	return at
}

// addGap adds a gap once, with the first way to it.
func (c *collector) addGap(sheet *model.Sheet, g gapAt) {
	key := gapKey{g.reason, g.id, g.text}
	if c.gapped[key] {
		return
	}
	c.gapped[key] = true
	c.out.Gaps = append(c.out.Gaps, Gap{Reason: g.reason, Route: Route{sheet, g.trail}, Text: g.text, ID: g.id, Tool: c.w.site.Tool})
}

// shortcuts adds what the walk from the sheets did not meet: custom SQL that
// names a sheet as downstream, and the dashboard's and its sheets' own lists.
func (c *collector) shortcuts(ctx context.Context, d *model.Dashboard) {
	for _, id := range d.SheetIDs {
		s := c.w.index.Sheet[id]
		if s == nil {
			continue
		}
		for _, t := range c.w.sqlBySheet[id] {
			c.addShortcutTable(ctx, s, t)
		}
	}
	for _, id := range d.DatasourceIDs {
		ds := c.w.index.Datasource[id]
		switch {
		case ds == nil:
			c.addGap(nil, gapAt{gapCause: notPublishedCause(id, "a data source")})
		case !c.met[ds]:
			c.addClosure(nil, c.w.closureOf(ctx, ds, []Step{stepOf(ds)}))
		}
	}
	// Custom SQL first: it says which of the other tables its text does not read.
	for _, wantSQL := range [...]bool{true, false} {
		for _, id := range c.tableIDs {
			if t := c.w.index.Table[id]; t != nil && (t.Kind == model.CustomSQLTable) == wantSQL {
				c.addShortcutTable(ctx, nil, t)
			}
		}
	}
}

// addShortcutTable adds a table that only a shortcut names.
func (c *collector) addShortcutTable(ctx context.Context, sheet *model.Sheet, t *model.Table) {
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
	c.addClosure([]*model.Sheet{sheet}, c.w.closureOf(ctx, t, start))
}
