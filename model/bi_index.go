package model

import (
	"slices"
	"strings"
)

// SiteIndex finds the objects of one site by Metadata API id, containers by LUID.
// Links can lead nowhere (a filtered answer): a lookup may give nil. It points
// into the site, which must not grow while it is used.
type SiteIndex struct {
	Workbook   map[string]*Workbook
	Dashboard  map[string]*Dashboard
	Sheet      map[string]*Sheet
	Datasource map[string]*Datasource
	Table      map[string]*Table
	Flow       map[string]*Flow
	Container  map[string]*Container

	ofWorkbook, ofDashboard map[string][]string // names of collections
}

// NewSiteIndex indexes s; of several objects with one id the first counts.
func NewSiteIndex(s *Site) *SiteIndex {
	x := &SiteIndex{
		Workbook:   indexBy(s.Workbooks, func(w *Workbook) string { return w.ID }),
		Dashboard:  indexBy(s.Dashboards, func(d *Dashboard) string { return d.ID }),
		Sheet:      indexBy(s.Sheets, func(x *Sheet) string { return x.ID }),
		Datasource: indexBy(s.Datasources, func(d *Datasource) string { return d.ID }),
		Table:      indexBy(s.Tables, func(t *Table) string { return t.ID }),
		Flow:       indexBy(s.Flows, func(f *Flow) string { return f.ID }),
		Container:  indexBy(s.Containers, func(p *Container) string { return p.LUID }),

		ofWorkbook: map[string][]string{}, ofDashboard: map[string][]string{},
	}
	for i := range s.Collections {
		c := &s.Collections[i]
		if strings.TrimSpace(c.Name) == "" {
			continue // no filter could name it
		}
		for _, id := range c.WorkbookIDs {
			x.ofWorkbook[id] = append(x.ofWorkbook[id], c.Name)
		}
		for _, id := range c.DashboardIDs {
			x.ofDashboard[id] = append(x.ofDashboard[id], c.Name)
		}
	}
	return x
}

// Collections are the names of the collections that hold the dashboard or all of
// its workbook, sorted and unique.
func (x *SiteIndex) Collections(d *Dashboard) []string {
	names := slices.Concat(x.ofDashboard[d.ID], x.ofWorkbook[d.WorkbookID])
	slices.Sort(names)
	return slices.Compact(names)
}

func indexBy[T any](list []T, id func(*T) string) map[string]*T {
	m := make(map[string]*T, len(list))
	for i := range list {
		key := id(&list[i])
		if _, taken := m[key]; !taken {
			m[key] = &list[i]
		}
	}
	return m
}

// ContainerPath names the containers from the top down to the one with this LUID.
// When it is unknown the path is the fallback name alone, or nil without one.
// Parents that are not visible, or that lead in a circle, end the path.
func (x *SiteIndex) ContainerPath(luid, fallbackName string) []string {
	var path []string
	visited := map[string]bool{}
	for luid != "" && !visited[luid] {
		visited[luid] = true
		p := x.Container[luid]
		if p == nil {
			break
		}
		path = append(path, p.Name)
		luid = p.ParentLUID
	}
	if path == nil && fallbackName != "" {
		return []string{fallbackName}
	}
	slices.Reverse(path)
	return path
}
