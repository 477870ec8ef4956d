package glob

import (
	"path"
	"strings"
)

// Files are the paths of a project that its nodes are known by, and the folders they
// are in: dbt looks for a pattern on the disk, below the project's folder
// (model/selector/SELECTORS.md#paths). True is a folder.
type Files map[string]bool

// Add puts in a file and its folders; "" is none.
func (f Files) Add(file string) {
	if file == "" {
		return
	}
	if _, known := f[file]; !known {
		f[file] = false
	}
	for dir := file; dir != "."; {
		dir = path.Dir(dir)
		if f[dir] || dir == "/" {
			return
		}
		f[dir] = true
	}
}

// Found are the paths that a pattern means.
func (f Files) Found(pattern string) map[string]bool {
	var want []string
	for part := range strings.SplitSeq(pattern, "/") {
		if part != "" && part != "." {
			want = append(want, part)
		}
	}
	out := map[string]bool{}
	if len(want) == 0 {
		return out
	}
	for file, folder := range f {
		var parts []string
		if file != "." {
			parts = strings.Split(file, "/")
		}
		if pathMatches(want, parts, folder) {
			out[file] = true
		}
	}
	return out
}

// pathMatches is Python's Path.glob: ** is any number of folders, other wildcards
// stay within a part.
func pathMatches(want, parts []string, folder bool) bool {
	if len(want) == 0 {
		return len(parts) == 0
	}
	if want[0] != "**" {
		return len(parts) > 0 && Match(want[0], parts[0]) && pathMatches(want[1:], parts[1:], folder)
	}
	rest := want[1:]
	if len(rest) == 0 {
		return folder
	}
	for i := 0; i <= len(parts); i++ {
		if pathMatches(rest, parts[i:], folder) {
			return true
		}
	}
	return false
}

// Within reports a file that is one of the paths, or in one of them.
func Within(paths map[string]bool, file string) bool {
	if paths[file] {
		return true
	}
	for dir := file; dir != "." && dir != "/"; {
		if dir = path.Dir(dir); paths[dir] {
			return true
		}
	}
	return false
}
