// Package survey looks at what a site holds before anything is fetched: its
// projects, as paths, and how many workbooks lie in each. It takes two lists of
// the REST API.
package survey

import (
	"context"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau/api"
)

// Project is a place of workbooks; several projects can have one path.
type Project struct {
	Path      []string // from the top down, as [model.SiteIndex.ContainerPath] makes it
	Workbooks int      // right in it, not below
}

// Survey is what a site holds.
type Survey struct {
	Projects []Project
	// Personal counts the workbooks that are in no project but in a
	// personal space.
	Personal int
	// Without the list of projects there are none here, because a path that lacks
	// a parent is wrong. Without the other the counts are too small.
	ProjectsErr, WorkbooksErr error
	// How many more of each the server counts than it gives.
	ProjectsShort, WorkbooksShort int
}

// Progress is called before each page and at the end of a list; total is -1 while
// unknown.
type Progress func(words string, done, total int, finished bool)

// Read asks for the projects, then for the workbooks.
func Read(ctx context.Context, c *api.Client, progress Progress) Survey {
	var s Survey
	site := model.Site{}
	s.ProjectsShort, s.ProjectsErr = list(ctx, c, "project", progress, func(o gjson.Result) {
		site.Containers = append(site.Containers, model.Container{
			LUID: o.Get("id").String(), ParentLUID: o.Get("parentProjectId").String(), Name: o.Get("name").String(),
		})
	})
	if s.ProjectsErr != nil {
		return s
	}
	index := model.NewSiteIndex(&site)
	at := map[string]int{} // by LUID
	place := func(luid, name string) int {
		i, ok := at[luid]
		if !ok {
			i = len(s.Projects)
			at[luid] = i
			s.Projects = append(s.Projects, Project{Path: index.ContainerPath(luid, name)})
		}
		return i
	}
	for _, p := range site.Containers {
		place(p.LUID, p.Name)
	}
	s.WorkbooksShort, s.WorkbooksErr = list(ctx, c, "workbook", progress, func(o gjson.Result) {
		if p := o.Get("project"); p.Get("id").String() != "" { // it may be one that we cannot see
			s.Projects[place(p.Get("id").String(), p.Get("name").String())].Workbooks++
		} else {
			s.Personal++
		}
	})
	return s
}

// list reads a REST list to its end, each id once. The server may change while
// we read: a page that brings nothing new is the end, too. short is how many more
// the server counts than it gave.
func list(ctx context.Context, c *api.Client, inner string, progress Progress, add func(gjson.Result)) (short int, err error) {
	words := inner + "s"
	seen := map[string]bool{}
	for number, total := 1, -1; ; number++ {
		progress(words, len(seen), total, false)
		page, err := c.ListPage(ctx, words, nil, words, inner, number)
		if err != nil {
			return 0, err
		}
		before := len(seen)
		for _, o := range page.Items {
			if id := o.Get("id").String(); id != "" && !seen[id] {
				seen[id] = true
				add(o)
			}
		}
		if page.Total >= 0 {
			total = page.Total // a page past the end has none
		}
		if total <= len(seen) || len(seen) == before {
			progress(words, len(seen), total, true)
			return max(0, total-len(seen)), nil
		}
	}
}
