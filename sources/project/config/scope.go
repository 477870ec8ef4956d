package config

import (
	"fmt"

	"darkroom/model/curate"
	"darkroom/sources/yamlfile"
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
	Collections     []string `yaml:"collections"`      // in one of them, itself or with its workbook
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

func (s Scope) check(y *yamlfile.Piece) {
	checkPatterns(y, "$.scope.projects", s.Projects)
	checkPatterns(y, "$.scope.exclude_projects", s.ExcludeProjects)
	y.CheckTexts("$.scope.tags", s.Tags)
	y.CheckTexts("$.scope.owners", s.Owners)
	y.CheckTexts("$.scope.collections", s.Collections)
}

func checkPatterns(y *yamlfile.Piece, at string, patterns []string) {
	for i, p := range patterns {
		if message, fix := wrongPattern(p); message != "" {
			y.FailAt(fmt.Sprintf("%s[%d]", at, i), message, fix)
		}
	}
}
