package workspace

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// Scope says which dashboards darkroom shows and offers; nothing set means all
// but those in personal spaces. Every key that is set has to agree. A decision
// that was made about a dashboard stays whatever the scope says.
//
// A project pattern is a path of Tableau projects, outermost first: each part
// may hold *, ? and [abc] (path.Match), upper and lower case are the same, and
// what lies below a project belongs to it. "Sales/EMEA*" takes Sales/EMEA North
// and Sales/EMEA North/Drafts, not Sales.
type Scope struct {
	Projects        []string `yaml:"projects"`
	ExcludeProjects []string `yaml:"exclude_projects"` // wins over projects
	PersonalSpace   bool     `yaml:"personal_space"`   // true: show them too
	Tags            []string `yaml:"tags"`             // one of them, on dashboard or workbook
	Owners          []string `yaml:"owners"`           // name, username or e-mail of the workbook's owner
}

// Content is what a scope looks at.
type Content struct {
	Project       []string // names of the projects, outermost first
	PersonalSpace bool
	Tags          []string
	Owner         []string // whatever names the owner
}

// Allows reports whether a dashboard with this content is in scope.
func (s Scope) Allows(c Content) bool {
	in := func(patterns []string) bool {
		return slices.ContainsFunc(patterns, func(p string) bool { return below(p, c.Project) })
	}
	switch {
	case c.PersonalSpace && !s.PersonalSpace,
		len(s.Projects) > 0 && !in(s.Projects),
		in(s.ExcludeProjects),
		len(s.Tags) > 0 && !meet(s.Tags, c.Tags),
		len(s.Owners) > 0 && !meet(s.Owners, c.Owner):
		return false
	}
	return true
}

// below reports whether a project path lies at or below what a pattern names.
func below(pattern string, project []string) bool {
	parts := strings.Split(pattern, "/")
	if len(parts) > len(project) {
		return false
	}
	for i, part := range parts {
		// A slash in a project's own name is one character that ? and * take.
		name := strings.ReplaceAll(strings.ToLower(project[i]), "/", "\x00")
		if ok, err := path.Match(strings.ToLower(part), name); !ok || err != nil {
			return false
		}
	}
	return true
}

func meet(want, have []string) bool {
	return slices.ContainsFunc(want, func(w string) bool {
		return slices.ContainsFunc(have, func(h string) bool { return strings.EqualFold(w, h) })
	})
}

func (s Scope) check(y *yamlText) {
	checkPatterns(y, "$.scope.projects", s.Projects)
	checkPatterns(y, "$.scope.exclude_projects", s.ExcludeProjects)
	checkTexts(y, "$.scope.tags", s.Tags)
	checkTexts(y, "$.scope.owners", s.Owners)
}

func checkPatterns(y *yamlText, at string, patterns []string) {
	for i, p := range patterns {
		here := fmt.Sprintf("%s[%d]", at, i)
		for part := range strings.SplitSeq(p, "/") {
			if part == "" {
				y.failAt(here, "a part of the project path is empty", "write Outer/Inner, without a slash at either end")
				break
			}
			if part == "**" {
				y.failAt(here, "** is not needed", "what lies below a project belongs to it")
				break
			}
			if _, err := path.Match(part, ""); err != nil {
				y.failAt(here, "this pattern has an open [ or a \\ at its end", "put a \\ before a [ that is meant as it is")
				break
			}
		}
	}
}
