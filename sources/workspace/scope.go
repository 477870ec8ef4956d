package workspace

import (
	"fmt"
	"path"
	"strings"

	"darkroom/model/curate"
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

func (s Scope) check(y *yamlText) {
	checkPatterns(y, "$.scope.projects", s.Projects)
	checkPatterns(y, "$.scope.exclude_projects", s.ExcludeProjects)
	checkTexts(y, "$.scope.tags", s.Tags)
	checkTexts(y, "$.scope.owners", s.Owners)
	checkTexts(y, "$.scope.collections", s.Collections)
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
