package dbt

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Folder is one of the folders in which dbt looks for YAML files.
type Folder struct {
	Path    string // as written; relative to the project's folder, or absolute
	Setting string // of dbt_project.yml
	Since   int    // the first dbt version, as major*1000 + minor; 0 is every one
}

// pathSettings are the settings of dbt_project.yml that name such folders
// (ARTIFACTS.md#where-dbt-reads-yaml).
func pathSettings() []struct {
	key, before string // before is the name of dbt 0.x
	usual       string
	since       int
} {
	return []struct {
		key, before string
		usual       string
		since       int
	}{
		{"model-paths", "source-paths", "models", 0},
		{"seed-paths", "data-paths", "seeds", 0},
		{"snapshot-paths", "", "snapshots", 0},
		{"analysis-paths", "", "analyses", 0},
		{"macro-paths", "", "macros", 0},
		{"test-paths", "", "tests", 1009},
		{"function-paths", "", "functions", 1011},
	}
}

// inside is the folder as a slash path inside the project ("." is the project
// itself); false when it leads out.
func (l *Layout) inside(f Folder) (string, bool) {
	name := filepath.FromSlash(f.Path)
	if filepath.IsAbs(name) {
		rel, err := filepath.Rel(l.Root, name)
		if err != nil {
			return "", false
		}
		name = rel
	}
	name = filepath.Clean(name)
	return filepath.ToSlash(name), filepath.IsLocal(name)
}

// ModelFolder is the first folder of the model-paths that is inside the project;
// otherwise why is a sentence about where dbt reads.
func (l *Layout) ModelFolder() (folder, why string) {
	var models []string
	for _, f := range l.Folders {
		if f.Setting != "model-paths" {
			continue
		}
		if name, ok := l.inside(f); ok {
			return name, ""
		}
		models = append(models, f.Path)
	}
	return "", fmt.Sprintf("dbt reads its models from %s (model-paths of %s), outside of the project", strings.Join(models, ", "), projectFile)
}

// ReadFolders are the folders inside the project in which that dbt version
// (major*1000 + minor) looks for YAML files, each once.
func (l *Layout) ReadFolders(version int) []string {
	var out []string
	seen := map[string]bool{}
	for _, f := range l.Folders {
		if name, ok := l.inside(f); ok && !seen[name] && f.Since <= version {
			seen[name] = true
			out = append(out, name)
		}
	}
	return out
}

// Unread says why dbt does not read a YAML file of the project, a slash path;
// empty when it does.
func (l *Layout) Unread(name string, version int) string {
	folders := l.ReadFolders(version)
	if first := path.Base(name)[:1]; strings.Contains(".#~", first) {
		return "dbt reads no file whose name begins with " + first
	}
	why := "dbt reads YAML files only in " + strings.Join(folders, ", ")
	for _, folder := range folders {
		below, ok := strings.CutPrefix(name, folder+"/")
		if folder == "." {
			below, ok = name, true
		}
		if !ok {
			continue
		}
		link := l.linkOnTheWay(folder, path.Dir(below))
		if link == "" || version >= fusion {
			return ""
		}
		why = "dbt does not look into " + link + ", because it is a link"
	}
	return why
}

// fusion is the first version of which it is not known whether it follows links.
const fusion = 2000

// linkOnTheWay is the first link on the way from a folder that dbt looks through to
// one below it: dbt follows a link only when a setting names it.
func (l *Layout) linkOnTheWay(folder, below string) string {
	if below == "." {
		return ""
	}
	for step := range strings.SplitSeq(below, "/") {
		folder = path.Join(folder, step)
		info, err := os.Lstat(filepath.Join(l.Root, filepath.FromSlash(folder)))
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return folder
		}
	}
	return ""
}
