package export

import (
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/exposure/merge"
	"darkroom/sources/project/config"
	"darkroom/sources/project/workspace"
)

// cause is why an entry has nothing planned.
type cause int

const (
	causeDecided   cause = iota // excluded, or written at another level
	causeUndecided              // in the BI tool, and nothing is decided about it
	causeGone                   // not in the BI tool
)

// causes finds out why entries have nothing planned.
type causes struct {
	w       *workspace.Workspace
	book    *curate.Book
	present map[string]bool
	below   map[string][]string // dashboards by workbook
	sites   map[string]*model.Site
}

func causesOf(w *workspace.Workspace, book *curate.Book) *causes {
	books := workbookKeys(w.Graph)
	x := &causes{w: w, book: book, present: present(w, books), below: make(map[string][]string, len(books)), sites: map[string]*model.Site{}}
	for _, s := range w.Graph.Sites {
		x.sites[strings.ToValidUTF8(s.ID(), "\ufffd")] = s
		for i := range s.Dashboards {
			d := &s.Dashboards[i]
			if book, ok := books[workbookID{s, d.WorkbookID}]; ok {
				x.below[book] = append(x.below[book], w.Graph.Key(s, d))
			}
		}
	}
	return x
}

// siteID is the site of an entry as model.Site.ID.
func siteID(e *merge.Entry) string {
	return (&model.Site{Server: e.Meta.Server, ContentURL: e.Meta.Site}).ID()
}

// emptySite reports a loaded site that has no dashboard at all.
func (x *causes) emptySite(id string) bool {
	if s := x.sites[id]; s != nil {
		return len(s.Dashboards) == 0
	}
	return len(x.w.Graph.Sites) == 1 && len(x.w.Graph.Sites[0].Dashboards) == 0
}

// outOfScope reports an entry whose dashboard is included and hidden by the scope.
func (x *causes) outOfScope(e *merge.Entry) bool {
	_, shown := x.w.Graph.Dashboard(e.Key)
	return !shown && x.present[e.Key] && x.book.Get(e.Key).Decision == curate.Included && x.w.Config.Export.Level == config.LevelDashboard
}

// cause is why an entry without a candidate has none.
func (x *causes) cause(e *merge.Entry) cause {
	switch decision := x.book.Effective(e.Key); {
	case decision == curate.Excluded:
		return causeDecided
	case !x.present[e.Key]:
		return causeGone
	case decision == curate.Included:
		return causeDecided
	}
	below := x.below[e.Key]
	open := func(key string) bool { return x.book.Effective(key) == curate.Undecided }
	if len(below) > 0 && !slices.ContainsFunc(below, open) {
		return causeDecided
	}
	return causeUndecided
}
