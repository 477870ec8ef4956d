package workspace

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
)

// stock is what scope and rules can choose by, of all dashboards of the loaded
// sites, in scope or not.
type stock struct {
	projects [][]string // that hold dashboards
	all      [][]string // projects, with or without dashboards
	tags     []string
	owners   []string
}

func stockOf(sites []*model.Site) stock {
	var st stock
	seen := map[string]bool{}
	fresh := func(kind, text string) bool {
		key := kind + "\x00" + text
		again := seen[key]
		seen[key] = true
		return text != "" && !again
	}
	texts := func(list *[]string, kind string, texts ...string) {
		for _, text := range texts {
			if fresh(kind, text) {
				*list = append(*list, text)
			}
		}
	}
	path := func(list *[][]string, kind string, path []string) {
		if fresh(kind, strings.Join(path, "\x00")) {
			*list = append(*list, path)
		}
	}
	for _, s := range sites {
		x := model.NewSiteIndex(s)
		for i := range s.Containers {
			path(&st.all, "all", x.ContainerPath(s.Containers[i].LUID, ""))
		}
		for i := range s.Dashboards {
			d := &s.Dashboards[i]
			texts(&st.tags, "tag", d.Tags...)
			w := x.Workbook[d.WorkbookID]
			if w != nil {
				texts(&st.tags, "tag", w.Tags...)
			}
			home := d.HomeIn(w)
			project := x.ContainerPath(home.ContainerLUID, home.ContainerName)
			path(&st.projects, "project", project)
			path(&st.all, "all", project)
			texts(&st.owners, "owner", home.Owner.Name, home.Owner.Username, home.Owner.Email)
		}
	}
	return st
}

// under reports whether a pattern fits one of the projects.
func under(pattern string, projects [][]string) bool {
	return slices.ContainsFunc(projects, func(project []string) bool { return curate.Under(pattern, project) })
}

// noteUnfit says which projects, tags and owners of scope and rules fit nothing that
// is loaded.
func (w *Workspace) noteUnfit() {
	s := &w.Config.Scope
	asks := len(s.Projects)+len(s.ExcludeProjects)+len(s.Tags)+len(s.Owners) > 0 ||
		slices.ContainsFunc(w.Config.Rules, func(r config.Rule) bool { return len(r.Projects)+len(r.Tags)+len(r.Owners) > 0 })
	if !asks || !slices.ContainsFunc(w.Graph.Sites, func(s *model.Site) bool { return len(s.Dashboards) > 0 }) {
		return
	}
	st := stockOf(w.Graph.Sites)
	notes := st.unfitScope(s)
	if note := st.unfitRules(w.Config.Rules); note != "" {
		notes = append(notes, note)
	}
	w.Warnings = append(notes, w.Warnings...)
}

// mostUnfit is how many names of one key are listed.
const mostUnfit = 5

func (st *stock) unfitScope(s *config.Scope) (notes []string) {
	look := func(key string, wanted []string, unfit func(string) string) {
		n := 0
		for _, name := range wanted {
			problem := unfit(name)
			if problem == "" {
				continue
			}
			if n++; n <= mostUnfit {
				notes = append(notes, fmt.Sprintf("scope: in %s: %s", config.Name, problem))
			}
		}
		if n > mostUnfit {
			notes = append(notes, fmt.Sprintf("scope: in %s: %d more of its %s fit nothing", config.Name, n-mostUnfit, key))
		}
	}
	look("projects", s.Projects, func(p string) string {
		switch {
		case under(p, st.projects):
			return ""
		case under(p, st.all):
			return fmt.Sprintf("no dashboard is in the project %q or below it", disk.Clip(p))
		}
		return fmt.Sprintf("no loaded site has a project %q; %s", disk.Clip(p), config.NearProjects(p, st.all))
	})
	look("exclude_projects", s.ExcludeProjects, func(p string) string {
		if under(p, st.all) {
			return ""
		}
		return fmt.Sprintf("no loaded site has a project %q to exclude; %s", disk.Clip(p), config.NearProjects(p, st.all))
	})
	look("tags", s.Tags, func(tag string) string {
		if curate.Meet([]string{tag}, st.tags) {
			return ""
		}
		return fmt.Sprintf("no dashboard or workbook has the tag %q; %s", disk.Clip(tag), config.Nearest(tag, slices.Clone(st.tags))+wholeNames(tag))
	})
	look("owners", s.Owners, func(owner string) string {
		if curate.Meet([]string{owner}, st.owners) {
			return ""
		}
		return fmt.Sprintf("no workbook belongs to %q; %s", disk.Clip(owner), config.Nearest(owner, slices.Clone(st.owners))+wholeNames(owner))
	})
	return notes
}

// unfitRules is one line about all rules: a rule may be for what is to come.
func (st *stock) unfitRules(rules []config.Rule) string {
	var names []string
	stars := ""
	add := func(i int, kind, name string) {
		names = append(names, fmt.Sprintf("%s %q (%s)", kind, disk.Clip(name), config.RuleName(i)))
		if kind != "project" {
			stars = max(stars, wholeNames(name))
		}
	}
	for i, r := range rules {
		for _, p := range r.Projects {
			if !under(p, st.all) {
				add(i, "project", p)
			}
		}
		for _, tag := range r.Tags {
			if !curate.Meet([]string{tag}, st.tags) {
				add(i, "tag", tag)
			}
		}
		for _, owner := range r.Owners {
			if !curate.Meet([]string{owner}, st.owners) {
				add(i, "owner", owner)
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	more := ""
	if n := len(names) - mostUnfit; n > 0 {
		names, more = names[:mostUnfit], fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("rules in %s name what no loaded site has: %s%s%s", config.Name, strings.Join(names, ", "), more, stars)
}

// wholeNames is said of a name that was meant as a pattern: only projects have those.
func wholeNames(name string) string {
	if !strings.ContainsAny(name, "*?") {
		return ""
	}
	return "; names must be complete here, * and ? are not wildcards"
}
