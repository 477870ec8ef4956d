package answer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/sources/tableau/answer/completeness"
	"darkroom/sources/tableau/answer/objects"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/snapshot"
	"darkroom/sources/tableau/tool"
)

// Names are what a site is called where a document does not say it: answers of the
// Metadata API never do, snapshots do.
type Names struct {
	Server, ContentURL, Name string
	File                     string // after the file or folder it came from; the last resort
}

// Site turns what was read into a site. path is the file or folder it came from.
func (r *Reader) Site(path string, names Names) *model.Site {
	content := snapshot.Content{Name: r.siteName}
	if r.snapshot != nil {
		content = *r.snapshot
		content.Name = cmp.Or(content.Name, r.siteName)
	}
	r.gaps.Moved(r.all.Settle())
	r.joinRest(&content.Rest)
	s := &model.Site{
		Tool: tool.Tableau,
		File: path, Server: content.Server, ContentURL: content.ContentURL,
		Containers: content.Rest.Projects, IncompleteLists: completeness.Spread(&r.all, &r.gaps, &r.reasons), Partial: r.gaps.Sentences(),
	}
	s.FetchedAt, _ = time.Parse(time.RFC3339, content.FetchedAt)
	if s.Server == "" {
		s.Server = names.Server
		if s.ContentURL == "" {
			s.ContentURL = names.ContentURL
		}
	}
	s.Server = strings.TrimRight(s.Server, "/")
	s.Name = cmp.Or(names.Name, content.Name)
	if r.snapshot != nil { // several snapshots may share the names
		s.Name = cmp.Or(content.Name, names.Name)
	}
	s.Name = cmp.Or(s.Name, s.ContentURL, names.File)
	t := r.all.Translate(s)
	s.Collections = r.collections(t, content.Rest.Collections)
	fix := "ask for their names too, or save that list into the same folder"
	if r.snapshot != nil {
		fix = "they may be hidden by permissions, or run darkroom sync again"
	}
	s.Partial = append(s.Partial, completeness.KnownByIDOnly(&r.all, fix)...)
	if extra := r.workbookLevel(t); len(extra) > 0 {
		s.Dashboards = append(s.Dashboards, extra...)
		s.Partial = append(s.Partial, fmt.Sprintf("this answer lists tables per workbook, not per dashboard: "+
			"workbooks shown instead of their dashboards: %d; ask for dashboards{id luid name sheets upstreamTables}, or run darkroom sync", len(extra)))
	}
	return s
}

// workbookLevel gives workbooks a substitute for their dashboards when an answer
// has what workbooks read and nothing below: dbt's own troubleshooting query
// does (sources/tableau/API.md#the-query-that-dbt-suggests). A snapshot never needs that.
func (r *Reader) workbookLevel(t *objects.Translator) []model.Dashboard {
	if r.snapshot != nil || r.askedForDashboards && r.all.Dashboards.Len() == 0 {
		return nil
	}
	for _, d := range r.all.Dashboards.All() {
		if len(d.Sheets)+len(d.Datasources)+len(d.Tables) > 0 {
			return nil
		}
	}
	embedded := make([]objects.Links, r.all.Workbooks.Len())
	for i, d := range r.all.Datasources.All() {
		if w := d.Workbook; w >= 0 {
			embedded[w].Add(i)
		}
	}
	var out []model.Dashboard
	for i, w := range r.all.Workbooks.All() {
		sources := slices.Concat(embedded[i], w.Datasources)
		if len(w.Tables)+len(sources) == 0 {
			continue
		}
		id := t.ID(schema.Workbook, i)
		out = append(out, model.Dashboard{
			ID: "workbook:" + id, Name: w.Name, WorkbookID: id, WorkbookLevel: true, Views: -1,
			Incomplete:    r.all.Head(objects.Ref{Kind: schema.Workbook, At: i}).Incomplete(),
			DatasourceIDs: t.IDs(schema.Datasource, sources), TableIDs: t.IDs(schema.Table, w.Tables),
		})
	}
	return out
}
