package config

import (
	"fmt"
	"strconv"
	"strings"
)

// Draft is the text of a new darkroom.yml with one site. Without a scope it has a
// comment to make one of, with the patterns of the projects at the top.
func Draft(s Site, limit Scope, top []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "sites:\n  - name: %s\n    server: %s\n", strconv.Quote(s.Name), strconv.Quote(s.Server))
	if s.Site != "" {
		fmt.Fprintf(&b, "    site: %s\n", strconv.Quote(s.Site))
	}
	if s.CAFile != "" {
		fmt.Fprintf(&b, "    ca_file: %s\n", strconv.Quote(s.CAFile))
	}
	if len(limit.Projects)+len(limit.ExcludeProjects) == 0 {
		if len(top) > 0 {
			b.WriteString("\n# Everything is in scope. To show only some of the projects, remove the # signs and the\n# projects you do not want:\n# scope:\n")
			writePatterns(&b, "# ", "projects", top, 30)
		}
		return b.String()
	}
	b.WriteString("\n# What darkroom shows. A project includes what is below it; exclude_projects wins.\n" +
		"# In a name * matches any letters, ? matches one, and \\ escapes the next character.\nscope:\n")
	writePatterns(&b, "", "projects", limit.Projects, len(limit.Projects))
	writePatterns(&b, "", "exclude_projects", limit.ExcludeProjects, len(limit.ExcludeProjects))
	return b.String()
}

// writePatterns writes a list of the scope, after a sign on each line, up to most.
func writePatterns(b *strings.Builder, sign, key string, patterns []string, most int) {
	if len(patterns) == 0 {
		return
	}
	fmt.Fprintf(b, "%s  %s:\n", sign, key)
	for i, p := range patterns {
		if i == most {
			fmt.Fprintf(b, "%s    # and %d more\n", sign, len(patterns)-i)
			break
		}
		fmt.Fprintf(b, "%s    - %s\n", sign, quotePattern(p))
	}
}

// quotePattern is a pattern as YAML. Single quotes leave its backslashes as they
// are; what cannot be printed needs double ones.
func quotePattern(p string) string {
	if strings.Contains(p, `\`) && !strings.ContainsFunc(p, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return "'" + strings.ReplaceAll(p, "'", "''") + "'"
	}
	return strconv.Quote(p)
}
