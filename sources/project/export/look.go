package export

import (
	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/merge"
	"darkroom/model/lineage"
	"darkroom/sources/project/config"
	"darkroom/sources/project/workspace"
)

// Look is what a plan that is only looked at says besides.
type Look struct {
	Problem error // why nothing could be written
	// Files are those that speak of exposures, as they are on disk.
	Files []OnDisk
	// Chosen are, by the key of what should be exported, the dashboards that this was
	// decided by; Others those of what is not chosen.
	Chosen, Others map[string][]string
	// ByHand are, by key, the dashboards that have an exposure that is written by hand,
	// chosen or not.
	ByHand map[string][]ByHand
}

// OnDisk is a file of a project.
type OnDisk struct {
	Project *model.Project
	Name    string
	Entries []merge.InFile
}

// ByHand is an exposure of a project that is written by hand.
type ByHand struct {
	Project *model.Project
	exposure.Declared
}

func (l *Look) at(w *workspace.Workspace, pe projectExport, plan exposure.Plan, list []chosen, problem error) {
	first := l.Chosen == nil
	if first {
		l.Chosen, l.Others, l.ByHand = make(map[string][]string, len(list)), make(map[string][]string, max(len(w.Graph.Dashboards())-len(list), 0)), map[string][]ByHand{}
		for i := range list {
			l.Chosen[list[i].Key] = list[i].keys
		}
	}
	if l.Problem == nil {
		l.Problem = problem
	}
	for _, f := range pe.files {
		l.Files = append(l.Files, OnDisk{pe.project, f.Name, pe.disk.Before(f.Name)})
	}
	var books map[workbookID]string
	if w.Config.Export.Level == config.LevelWorkbook {
		books = workbookKeys(w.Graph)
	}
	for _, d := range w.Graph.Dashboards() {
		c := bareCandidate(d, books)
		if _, chosen := l.Chosen[c.Key]; first && !chosen {
			l.Others[c.Key] = append(l.Others[c.Key], d.Key)
		}
		if who, found := plan.ByHand(c); found {
			l.ByHand[d.Key] = append(l.ByHand[d.Key], ByHand{pe.project, who})
		}
	}
}

// bareCandidate is what a dashboard is found by, at the level of the configuration: books
// are the keys of workbooks, nil when dashboards are exported.
func bareCandidate(d *lineage.Dashboard, books map[workbookID]string) exposure.Candidate {
	c := exposure.Candidate{Key: d.Key, Site: d.Site, Workbook: d.Workbook, Dashboard: d.Dashboard, URL: d.URL()}
	if books != nil && d.Workbook != nil {
		c.Key, c.Dashboard, c.URL = books[workbookID{d.Site, d.Workbook.ID}], nil, d.Site.WorkbookURL(d.Workbook)
	}
	return c
}
