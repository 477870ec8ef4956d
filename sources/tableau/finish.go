package tableau

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/sources/tableau/tool"
)

// finish turns what was gathered into a site. path is the file or folder it came
// from.
func (b *builder) finish(path string, opt Options) *model.Site {
	b.joinRest()
	cut := b.spreadCuts()
	s := &model.Site{
		Tool: tool.Tableau, File: path, Server: b.site.server, ContentURL: b.site.contentURL, Name: b.site.name,
		Containers: b.rest.projects, Partial: b.holes.sentences(), Cut: cut,
	}
	s.FetchedAt, _ = time.Parse(time.RFC3339, b.site.fetched)
	if s.Server == "" {
		s.Server = opt.Server
		if s.ContentURL == "" {
			s.ContentURL = opt.ContentURL
		}
	}
	s.Server = strings.TrimRight(s.Server, "/")
	s.Name = firstOf(opt.Name, s.Name)
	if b.site.snapshot { // several snapshots may share opt
		s.Name = firstOf(b.site.name, opt.Name)
	}
	s.Name = firstOf(s.Name, s.ContentURL, opt.baseName(path))
	t := translator{b: b}
	s.Workbooks = t.workbooks()
	s.Dashboards = t.dashboards()
	s.Sheets = t.sheets()
	s.Datasources = t.datasources()
	s.Tables = t.tables()
	s.Flows = t.flows()
	s.Collections = t.collections()
	s.Partial = append(s.Partial, b.stubs()...)
	joinFiles(s, b.files)
	if extra := t.workbookLevel(); len(extra) > 0 {
		s.Dashboards = append(s.Dashboards, extra...)
		s.Partial = append(s.Partial, fmt.Sprintf("this answer lists tables per workbook, not per dashboard: "+
			"workbooks that stand for all of their dashboards: %d; ask for dashboards{id luid name sheets upstreamTables}, or run darkroom sync", len(extra)))
	}
	return s
}

func firstOf(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// baseName names a site after its file or folder.
func (opt Options) baseName(path string) string {
	if name := baseName(path); name != "." && name != ".." {
		return name
	}
	if full, err := filepath.Abs(path); err == nil && opt.FS == nil {
		return baseName(full)
	}
	return "tableau"
}

// stubs says how many objects are linked to but not described.
func (b *builder) stubs() []string {
	cure := "ask for their names too, or save that list into the same folder"
	if b.site.snapshot {
		cure = "they may be hidden by permissions, or run darkroom sync again"
	}
	var out []string
	for k := workbook; k <= flow; k++ {
		n := 0
		for i := range b.index[k].heads {
			if !b.index[k].heads[i].told || k == table && b.nameless(int32(i)) {
				n++
			}
		}
		if n > 0 && k != database && k != virtualConnection {
			out = append(out, fmt.Sprintf("%ss known by id only: %d; %s", k, n, cure))
		}
	}
	return out
}

// nameless is a table whose names nobody asked for: that is not redaction.
func (b *builder) nameless(at int32) bool {
	t := &b.tables[at]
	return !t.namesAsked && t.Query == ""
}

// translator turns positions into ids, without duplicates and in the order in
// which the documents gave them.
type translator struct {
	b    *builder
	seen [kindCount][]int32 // per object: the last list that had it
	list int32
}

func (t *translator) ids(k kind, at links) []string {
	if len(at) == 0 {
		return nil
	}
	heads := t.b.index[k].heads
	if t.seen[k] == nil {
		t.seen[k] = make([]int32, len(heads))
	}
	t.list++
	seen, out := t.seen[k], make([]string, 0, len(at))
	for _, i := range at {
		if seen[i] != t.list {
			seen[i] = t.list
			out = append(out, heads[i].id)
		}
	}
	return slices.Clip(out)
}

func (t *translator) id(k kind, at int32) string {
	if at < 0 {
		return ""
	}
	return t.b.index[k].heads[at].id
}

func (t *translator) cut(k kind, at int) string { return t.b.index[k].heads[at].cut }

func (t *translator) workbooks() []model.Workbook {
	out := make([]model.Workbook, len(t.b.workbooks))
	for i := range t.b.workbooks {
		out[i] = t.b.workbooks[i].Workbook
		out[i].ID, out[i].Incomplete = t.id(workbook, int32(i)), t.cut(workbook, i)
		out[i].Tags = unique(out[i].Tags)
	}
	return out
}

// dashboards leaves out those that are only linked to: nothing points at a
// dashboard, and without a name it is nothing a person could decide on.
func (t *translator) dashboards() []model.Dashboard {
	out := make([]model.Dashboard, 0, len(t.b.dashboards))
	for i := range t.b.dashboards {
		if !t.b.index[dashboard].heads[i].told {
			continue
		}
		d := &t.b.dashboards[i]
		d.ID, d.Incomplete = t.id(dashboard, int32(i)), t.cut(dashboard, i)
		d.WorkbookID = t.id(workbook, d.workbook)
		d.Tags = unique(d.Tags)
		d.SheetIDs = t.ids(sheet, d.sheets)
		d.DatasourceIDs = t.ids(datasource, d.datasources)
		d.TableIDs = t.ids(table, d.tables)
		out = append(out, d.Dashboard)
	}
	return out
}

func (t *translator) sheets() []model.Sheet {
	out := make([]model.Sheet, len(t.b.sheets))
	for i := range t.b.sheets {
		s := &t.b.sheets[i]
		s.ID, s.Incomplete = t.id(sheet, int32(i)), t.cut(sheet, i)
		s.WorkbookID = t.id(workbook, s.workbook)
		s.DatasourceIDs = t.ids(datasource, s.datasources)
		s.TableIDs = t.ids(table, s.tables)
		out[i] = s.Sheet
	}
	return out
}

func (t *translator) datasources() []model.Datasource {
	out := make([]model.Datasource, len(t.b.datasources))
	for i := range t.b.datasources {
		d := &t.b.datasources[i]
		d.ID, d.Incomplete = t.id(datasource, int32(i)), t.cut(datasource, i)
		d.Published = t.b.index[datasource].heads[i].variant == isPublished
		d.WorkbookID = t.id(workbook, d.workbook)
		d.ParentIDs = t.ids(datasource, d.parents)
		d.TableIDs = t.ids(table, d.tables)
		d.FlowIDs = t.ids(flow, d.flows)
		out[i] = d.Datasource
	}
	return out
}

func (t *translator) tables() []model.Table {
	out := make([]model.Table, len(t.b.tables))
	for i := range t.b.tables {
		n := &t.b.tables[i]
		n.ID, n.Incomplete = t.id(table, int32(i)), t.cut(table, i)
		switch t.b.index[table].heads[i].variant {
		case isCustomSQL:
			n.Kind = model.CustomSQLTable
		case isVirtual:
			n.Kind = model.VirtualConnectionTable
		}
		n.Redacted = n.Incomplete == "" && n.namesAsked && n.Name == "" && n.FullName == "" && n.Query == ""
		if n.database >= 0 {
			d := t.b.databases[n.database]
			n.Database, n.Connection.Server = d.name, d.host
			n.ConnectionType = firstOf(n.ConnectionType, d.connectionType)
		}
		if n.connection >= 0 {
			c := t.b.connections[n.connection]
			n.VirtualConnection = c.name
			n.ConnectionType = firstOf(n.ConnectionType, c.connectionType)
		}
		n.DatasourceIDs = t.ids(datasource, n.datasources)
		n.SheetIDs = t.ids(sheet, n.sheets)
		n.UpstreamTableIDs = t.ids(table, n.upstream)
		n.FlowIDs = t.ids(flow, n.flows)
		out[i] = n.Table
	}
	return out
}

func (t *translator) flows() []model.Flow {
	out := make([]model.Flow, len(t.b.flows))
	for i := range t.b.flows {
		f := &t.b.flows[i]
		f.ID, f.Incomplete = t.id(flow, int32(i)), t.cut(flow, i)
		f.TableIDs = t.ids(table, f.tables)
		f.DatasourceIDs = t.ids(datasource, f.datasources)
		f.ParentIDs = t.ids(flow, f.parents)
		out[i] = f.Flow
	}
	return out
}

// workbookLevel gives workbooks a stand-in for their dashboards when an answer
// tells what workbooks read and nothing below: dbt's own troubleshooting query
// does (facts/tableau.md §2.10). A snapshot never needs that.
func (t *translator) workbookLevel() []model.Dashboard {
	b := t.b
	if b.site.snapshot || b.askedForDash && len(b.dashboards) == 0 {
		return nil
	}
	for i := range b.dashboards {
		if d := &b.dashboards[i]; len(d.sheets)+len(d.datasources)+len(d.tables) > 0 {
			return nil
		}
	}
	embedded := make([]links, len(b.workbooks))
	for i := range b.datasources {
		if w := b.datasources[i].workbook; w >= 0 {
			embedded[w].add(int32(i))
		}
	}
	var out []model.Dashboard
	for i := range b.workbooks {
		w := &b.workbooks[i]
		sources := append(embedded[i], w.datasources...)
		if len(w.tables)+len(sources) == 0 {
			continue
		}
		id := t.id(workbook, int32(i))
		out = append(out, model.Dashboard{
			ID: "workbook:" + id, Name: w.Name, WorkbookID: id, WorkbookLevel: true, Views: -1, Incomplete: t.cut(workbook, i),
			DatasourceIDs: t.ids(datasource, sources), TableIDs: t.ids(table, w.tables),
		})
	}
	return out
}

func unique(tags []string) []string {
	seen := make(map[string]bool, len(tags))
	return slices.DeleteFunc(tags, func(s string) bool { again := seen[s]; seen[s] = true; return again })
}
