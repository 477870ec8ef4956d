package config

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"darkroom/model/curate"
	"darkroom/sources/disk"
	"darkroom/sources/yamlfile"
)

// wrongPattern says what is wrong with a pattern of projects, if anything is.
func wrongPattern(p string) (message, fix string) {
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
		if message, fix := wrongPattern(p); message != "" {
			return fmt.Errorf("the project %q: %s; %s", disk.Clip(p), message, fix)
		}
		if slices.ContainsFunc(projects, func(project []string) bool { return curate.Under(p, project) }) {
			continue
		}
		return fmt.Errorf("no project is called %q; %s", disk.Clip(p), NearProjects(p, projects))
	}
	return nil
}

// NearProjects are the projects that a pattern is near to, as patterns.
func NearProjects(p string, projects [][]string) string {
	known := make([]string, len(projects))
	for i, project := range projects {
		known[i] = curate.Pattern(project)
	}
	return Nearest(p, known)
}

// Nearest names up to five of the known texts, the most alike first: by the
// letters that differ, where a text that contains the word is near whatever the rest is.
func Nearest(word string, known []string) string {
	low := strings.ToLower(disk.Clip(word))
	far := make(map[string]int, len(known))
	for _, k := range known {
		l := strings.ToLower(disk.Clip(k))
		if far[k] = yamlfile.Distance(low, l); strings.Contains(l, low) {
			far[k] = min(far[k], 1)
		}
		_, last := path.Split(l)
		far[k] = min(far[k], 1+yamlfile.Distance(low, last))
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
	return fmt.Sprintf("close matches: %s (%d in all)", strings.Join(near, ", "), len(known))
}
