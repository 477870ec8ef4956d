package columns

import (
	"context"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/model/walk"
)

// reader is a dashboard, or a sheet that is on none, and what it reads.
type reader struct {
	dashboard *lineage.Dashboard // nil for a sheet alone
	site      *model.Site
	sheets    []*model.Sheet
	links     []lineage.Link
	// why is why the columns of nothing that it reads are known for certain, "" when they
	// are.
	why string
	// bounded: only the sheets of its workbook can be on it, and their columns are known.
	bounded bool
}

// siteIndex is what is looked up in one site.
type siteIndex struct {
	sheet map[string]*model.Sheet
	table map[string]*model.Table
	// known are workbooks of whose sheets all columns are known.
	known map[string]bool
}

func indexOf(site *model.Site) *siteIndex {
	x := &siteIndex{map[string]*model.Sheet{}, map[string]*model.Table{}, map[string]bool{}}
	whole := site.IncompleteLists["sheets"]+site.IncompleteLists[model.EveryList] == ""
	for i := range site.Sheets {
		s := &site.Sheets[i]
		x.sheet[s.ID] = s
		all, met := x.known[s.WorkbookID]
		x.known[s.WorkbookID] = whole && s.Columns.Known && (all || !met)
	}
	for i := range site.Tables {
		x.table[site.Tables[i].ID] = &site.Tables[i]
	}
	return x
}

// NotFetched is why the columns of a site are unknown that was synced without them.
const NotFetched = "columns were not fetched; run darkroom sync --columns"

// NotLoaded is why the use of columns is unknown where a site is not loaded, "" where all are.
func NotLoaded(g *lineage.Graph) string {
	if why := g.NotLoaded(); why != "" {
		return why + ", so it is not known which columns are used"
	}
	return ""
}

// readerOf is a dashboard with its sheets.
func (x *siteIndex) readerOf(d *lineage.Dashboard) reader {
	r := reader{dashboard: d, site: d.Site, links: d.Links}
	for _, id := range d.Dashboard.SheetIDs {
		if s := x.sheet[id]; s != nil {
			r.sheets = append(r.sheets, s)
		} else {
			r.why = "one of its sheets is not in the data"
		}
	}
	switch {
	case d.Site.Columns == nil:
		r.why = NotFetched
	case d.Dashboard.Incomplete != "":
		r.why = d.Dashboard.Incomplete
	case len(r.sheets) == 0:
		r.why = d.Site.Tool.Text("{Tool} lists no sheets of it")
		r.bounded = d.Workbook != nil && x.known[d.Workbook.ID]
	}
	x.judge(&r)
	return r
}

// judge says why what is known of a reader's sheets may not be all.
func (x *siteIndex) judge(r *reader) {
	tables := r.tables()
	for _, s := range r.sheets {
		if r.why != "" {
			return
		}
		if !s.Columns.Known {
			r.why = whyNotAll(s)
			return
		}
		last := "" // columns of one table follow each other
		for _, at := range s.Columns.At {
			id := r.site.Columns[at].TableID
			if id == last {
				continue
			}
			last = id
			t := x.table[id]
			if _, read := tables[id]; !read && (t == nil || t.Kind == model.DatabaseTable) {
				r.why = "a field of sheet " + model.QuotedName(s.Name) + " comes from a table that is not among those that it reads"
				return
			}
		}
	}
}

func whyNotAll(s *model.Sheet) string {
	if s.Columns.Why != "" {
		return "of sheet " + model.QuotedName(s.Name) + ": " + s.Columns.Why
	}
	return "sheet " + model.QuotedName(s.Name) + " was not asked about"
}

// aloneOf are the sheets of a site that are on none of the graph's dashboards.
func (x *siteIndex) aloneOf(g *lineage.Graph, site *model.Site, shown map[*model.Sheet]bool) (out []reader) {
	walker := walk.New(site, walk.WithConnectionAliases(g.Matching().ConnectionAliases))
	verdicts := map[lineage.ReadKey]*match.Verdict{}
	for i := range site.Sheets {
		s := &site.Sheets[i]
		if shown[s] {
			continue
		}
		found, err := walker.Dashboard(context.Background(), &model.Dashboard{ID: s.ID, WorkbookID: s.WorkbookID, SheetIDs: []string{s.ID}})
		if err != nil {
			continue // it has no end
		}
		r := reader{site: site, sheets: []*model.Sheet{s}}
		for _, read := range found.Reads {
			l := lineage.Link{Tool: site.Tool, Read: read}
			key := lineage.KeyOf(&read)
			verdict, known := verdicts[key]
			if !known {
				v := g.Matcher().Match(l.Table())
				verdict = &v
				verdicts[key] = verdict
			}
			l.Verdict, l.Resource = verdict, g.ResourceOf(verdict)
			r.links = append(r.links, l)
		}
		x.judge(&r)
		out = append(out, r)
	}
	return out
}

// tables are the database tables that a reader reads, with the resource that each is for
// certain.
func (r *reader) tables() map[string]lineage.ID {
	out := make(map[string]lineage.ID, len(r.links))
	for i := range r.links {
		l := &r.links[i]
		if t := l.Read.Table; l.Read.SQL == nil && t.Kind == model.DatabaseTable {
			out[t.ID] = l.Resource
			if l.Read.Session != "" {
				out[t.ID] = lineage.None
			}
		}
	}
	return out
}

// detours are the kinds of steps behind which columns are unknown.
func detours() []struct {
	kind walk.StepKind
	why  string
} {
	return []struct {
		kind walk.StepKind
		why  string
	}{
		{walk.StepCustomSQL, "it is read through custom SQL"},
		{walk.StepVirtualConnection, "it is read through a virtual connection"},
		{walk.StepFlow, "it is read through a flow"},
		{walk.StepInitialSQL, "it is read through initial SQL"},
	}
}

// whyUnknown is why a reader's columns of a resource are not all known, "" when they are.
func (x *Index) whyUnknown(r *reader, id lineage.ID) string {
	for i := range r.links {
		l := &r.links[i]
		switch {
		case l.Resource == id:
			if why := whyDetour(l); why != "" {
				return why
			}
		case l.Open() && x.candidates(r.links[i : i+1])[id]:
			return "whether " + l.TableName() + " is this relation needs your decision"
		}
	}
	return r.why
}

// whyDetour is why the columns behind a link are unknown.
func whyDetour(l *lineage.Link) string {
	for _, d := range detours() {
		if l.Read.Passes.Has(d.kind) || d.kind == walk.StepCustomSQL && l.Read.SQL != nil || d.kind == walk.StepVirtualConnection && l.Read.Table.Kind == model.VirtualConnectionTable {
			return d.why
		}
	}
	if l.Read.Session != "" {
		return "initial SQL may give its name another meaning"
	}
	return ""
}
