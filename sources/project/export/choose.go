package export

import (
	"context"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/exposure"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/sources/project/config"
	"darkroom/sources/project/workspace"
)

// chosen is a candidate with the dashboards that it was decided by.
type chosen struct {
	exposure.Candidate
	keys []string
}

func candidates(list []chosen) []exposure.Candidate {
	out := make([]exposure.Candidate, len(list))
	for i := range list {
		out[i] = list[i].Candidate
	}
	return out
}

// chosenFor makes a candidate of every dashboard to be exported, or of every
// workbook that has one.
func chosenFor(ctx context.Context, w *workspace.Workspace, book *curate.Book, all bool) ([]chosen, error) {
	return candidatesOf(ctx, w, func(d *lineage.Dashboard) bool {
		linked, _ := d.Counts()
		decision := book.Effective(d.Key)
		return decision == curate.Included || all && linked > 0 && decision != curate.Excluded
	})
}

// IncludeLinked includes every linked dashboard that is undecided, in the book: [WriteDecided]
// keeps the change, so that the next export does the same.
func IncludeLinked(ctx context.Context, w *workspace.Workspace) curate.Change {
	var keys []string
	for _, d := range undecidedLinked(w) {
		keys = append(keys, d.Key)
	}
	return w.Choose(ctx, keys, curate.Included, "export --all")
}

func undecidedLinked(w *workspace.Workspace) (out []*lineage.Dashboard) {
	for _, d := range w.Graph.Dashboards() {
		if linked, _ := d.Counts(); linked > 0 && w.Book.Effective(d.Key) == curate.Undecided {
			out = append(out, d)
		}
	}
	return out
}

// HiddenLinked are those of the dashboards that IncludeLinked includes that are hidden in
// their workbook.
func HiddenLinked(w *workspace.Workspace) []*lineage.Dashboard {
	return slices.DeleteFunc(undecidedLinked(w), func(d *lineage.Dashboard) bool { return !d.Dashboard.Hidden })
}

// candidatesOf makes them of the dashboards that pick takes, at the level of the
// configuration.
func candidatesOf(ctx context.Context, w *workspace.Workspace, pick func(*lineage.Dashboard) bool) ([]chosen, error) {
	var picked []*lineage.Dashboard
	for _, d := range w.Graph.Dashboards() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if pick(d) {
			picked = append(picked, d)
		}
	}
	out := make([]chosen, 0, len(picked))
	at := map[string]int{} // workbook key → index in out
	var keys map[workbookID]string
	if w.Config.Export.Level == config.LevelWorkbook {
		keys = workbookKeys(w.Graph)
	}
	for _, d := range picked {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		c := chosen{candidateOf(w, d), []string{d.Key}}
		if keys == nil || d.Workbook == nil {
			out = append(out, c)
			continue
		}
		c.Key = keys[workbookID{d.Site, d.Workbook.ID}]
		i, again := at[c.Key]
		if !again {
			at[c.Key] = len(out)
			c.Dashboard = nil
			c.URL = d.Site.WorkbookURL(d.Workbook)
			out = append(out, c)
			continue
		}
		first := &out[i]
		first.keys = append(first.keys, d.Key)
		first.Parents = append(first.Parents, c.Parents...)
		first.Incomplete = append(first.Incomplete, c.Incomplete...)
		first.Unmatched += c.Unmatched
	}
	return out, nil
}

func candidateOf(w *workspace.Workspace, d *lineage.Dashboard) exposure.Candidate {
	c := exposure.Candidate{
		Key: d.Key, Site: d.Site, Workbook: d.Workbook, Dashboard: d.Dashboard,
		ContainerPath: d.ContainerPath, URL: d.URL(),
	}
	for i := range d.Links {
		l := &d.Links[i]
		switch {
		case l.Resource != lineage.None:
			n := w.Graph.Node(l.Resource)
			c.Parents = append(c.Parents, exposure.Parent{Resource: n.Resource, Project: n.Project})
		case l.Open():
			c.Unmatched++
		}
	}
	c.Incomplete = ledger.IncompleteBecause(d)
	return c
}

// workbookID is a workbook of one of the sites.
type workbookID struct {
	site *model.Site
	id   string
}

// workbookKeys are to workbooks what the keys of dashboards are to these. One has the site's
// name where the keys of its dashboards have it: another site has the same LUIDs.
func workbookKeys(g *lineage.Graph) map[workbookID]string {
	n := 0
	for _, s := range g.Sites {
		n += len(s.Workbooks)
	}
	keys := make(map[workbookID]string, n)
	for _, s := range g.Sites {
		prefix := s.ID() + "/"
		prefixed := map[string]bool{}
		for i := range s.Dashboards {
			if d := &s.Dashboards[i]; d.LUID != "" && g.Key(s, d) == prefix+strings.ToLower(d.LUID) {
				prefixed[d.WorkbookID] = true
			}
		}
		for i := range s.Workbooks {
			wb := &s.Workbooks[i]
			key := strings.ToLower(wb.LUID)
			if key == "" {
				key = prefix + wb.ID
			} else if prefixed[wb.ID] {
				key = prefix + key
			}
			keys[workbookID{s, wb.ID}] = key
		}
	}
	return keys
}
