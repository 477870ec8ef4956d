package workspace

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"darkroom/model/curate"
	"darkroom/sources/disk"
)

// Scope says which dashboards darkroom shows and offers; nothing set means all
// but those in personal spaces. Every key that is set has to agree. A decision
// that was made about a dashboard stays whatever the scope says. Project patterns
// are those of [curate.Under]: what lies below a project belongs to it.
type Scope struct {
	Projects        []string `yaml:"projects"`
	ExcludeProjects []string `yaml:"exclude_projects"` // wins over projects
	PersonalSpace   bool     `yaml:"personal_space"`   // true: show them too
	Tags            []string `yaml:"tags"`             // one of them, on dashboard or workbook
	Owners          []string `yaml:"owners"`           // name, username or e-mail of the workbook's owner
	Collections     []string `yaml:"collections"`      // in one of them, by itself or with its workbook
}

// Allows reports whether a dashboard is in scope.
func (s Scope) Allows(c curate.Subject) bool {
	switch {
	case c.PersonalSpace && !s.PersonalSpace,
		len(s.Projects) > 0 && !curate.UnderAny(s.Projects, c.Project),
		curate.UnderAny(s.ExcludeProjects, c.Project),
		len(s.Tags) > 0 && !curate.Meet(s.Tags, c.Tags),
		len(s.Owners) > 0 && !curate.Meet(s.Owners, c.Owner),
		len(s.Collections) > 0 && !curate.Meet(s.Collections, c.Collections):
		return false
	}
	return true
}

func (s Scope) check(y *disk.YAML) {
	checkPatterns(y, "$.scope.projects", s.Projects)
	checkPatterns(y, "$.scope.exclude_projects", s.ExcludeProjects)
	checkTexts(y, "$.scope.tags", s.Tags)
	checkTexts(y, "$.scope.owners", s.Owners)
	checkTexts(y, "$.scope.collections", s.Collections)
}

func checkPatterns(y *disk.YAML, at string, patterns []string) {
	for i, p := range patterns {
		if message, cure := wrongPattern(p); message != "" {
			y.FailAt(fmt.Sprintf("%s[%d]", at, i), message, cure)
		}
	}
}

// wrongPattern says what is wrong with a pattern of projects, if anything is.
func wrongPattern(p string) (message, cure string) {
	for _, part := range curate.PatternParts(p) {
		if part == "" {
			return "a part of the project path is empty", "write Outer/Inner, without a slash at either end"
		}
		if part == "**" {
			return "** is not needed", "what lies below a project belongs to it"
		}
		if _, err := path.Match(part, ""); err != nil {
			return "this pattern has an open [ or a \\ at its end", "put a \\ before a [ that is meant as it is"
		}
	}
	return "", ""
}

// CheckProjects reports the first pattern that names none of a site's projects,
// with those that it is near to.
func CheckProjects(patterns []string, projects [][]string) error {
	for _, p := range patterns {
		if message, cure := wrongPattern(p); message != "" {
			return fmt.Errorf("the project %q: %s; %s", disk.Clip(p), message, cure)
		}
		if slices.ContainsFunc(projects, func(project []string) bool { return curate.Under(p, project) }) {
			continue
		}
		return fmt.Errorf("no project is called %q; %s", disk.Clip(p), nearProjects(p, projects))
	}
	return nil
}

// nearProjects are the projects that a pattern is near to, as patterns.
func nearProjects(p string, projects [][]string) string {
	known := make([]string, len(projects))
	for i, project := range projects {
		known[i] = curate.Pattern(project)
	}
	return nearest(p, known)
}

// nearest names up to five of the known texts, the most alike first: by the
// letters that differ, where a text that holds the word is near whatever else it has.
func nearest(word string, known []string) string {
	low := strings.ToLower(disk.Clip(word))
	far := make(map[string]int, len(known))
	for _, k := range known {
		l := strings.ToLower(disk.Clip(k))
		if far[k] = disk.Distance(low, l); strings.Contains(l, low) {
			far[k] = min(far[k], 1)
		}
		_, last := path.Split(l)
		far[k] = min(far[k], 1+disk.Distance(low, last))
	}
	slices.SortFunc(known, func(a, b string) int { return cmp.Or(cmp.Compare(far[a], far[b]), cmp.Compare(a, b)) })
	known = slices.Compact(known)
	near := slices.Clone(known[:min(5, len(known))])
	for i, k := range near {
		near[i] = strconv.Quote(disk.Clip(k))
	}
	switch {
	case len(known) == 0:
		return "this account sees none"
	case len(known) <= len(near):
		return "there are: " + strings.Join(near, ", ")
	}
	return fmt.Sprintf("near to it: %s (%d in all)", strings.Join(near, ", "), len(known))
}
