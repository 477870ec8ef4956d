package dbt

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"darkroom/sources/disk"
)

const (
	projectFile  = "dbt_project.yml"
	manifestFile = "manifest.json"
)

// Layout says where a dbt project keeps things. Root, TargetDir and ManifestPath
// are absolute.
type Layout struct {
	Root         string // folder of dbt_project.yml
	Name         string
	TargetDir    string
	ManifestPath string   // manifest.json or manifest.json.gz, the newer one
	Folders      []Folder // where dbt looks for YAML files, those of model-paths first
}

// ErrNoProject is the kind of error that says that neither a folder nor one above it
// is a dbt project.
var ErrNoProject = errors.New("no dbt project")

// FindProject finds the dbt project that dir belongs to, as dbt does
// (ARTIFACTS.md#where-dbt-reads-yaml): dbt_project.yml in dir or in the nearest parent.
// An empty dir is the folder of DBT_PROJECT_DIR, which is not searched upwards, or else
// the current one. Without a project the error is [ErrNoProject]. A project without a
// manifest is an error, but the rest of its layout is returned with it.
func FindProject(dir string) (Layout, error) {
	env := ""
	if dir == "" {
		env = os.Getenv(projectVariable)
		dir = cmp.Or(env, ".")
	}
	start, err := filepath.Abs(dir)
	if err != nil {
		return Layout{}, &disk.Error{File: dir, What: "not a usable folder", Err: err}
	}
	root := rootAbove(start)
	switch {
	case env != "" && root != start:
		return Layout{}, &disk.Error{
			Kind: ErrNoProject, File: start, What: projectVariable + " names this folder, and it has no " + projectFile,
			Fix: "set it to the folder of your dbt project, or unset it",
		}
	case root == "":
		return Layout{}, noProject(start)
	}
	l, err := LayoutIn(root)
	if err != nil {
		return l, err
	}
	if l.ManifestPath = newest(l.TargetDir, manifestFile); l.ManifestPath == "" {
		return l, &disk.Error{File: l.TargetDir, What: "want " + manifestFile + ", got none", Fix: "run `dbt parse` in " + root}
	}
	return l, nil
}

// ManifestIn is the manifest in a folder of artifacts.
func ManifestIn(dir string) (string, error) {
	path := newest(dir, manifestFile)
	if path == "" {
		return "", &disk.Error{Kind: disk.ErrInvalid, File: dir, What: "want " + manifestFile + ", got none", Fix: "name the folder that the artifacts of an earlier run were kept in"}
	}
	return path, nil
}

// projectVariable is the environment variable that names the project's folder.
const projectVariable = "DBT_PROJECT_DIR"

// rootAbove is the nearest folder with a dbt_project.yml at or above an absolute one;
// empty when there is none.
func rootAbove(dir string) string {
	for !isFile(filepath.Join(dir, projectFile)) {
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
	return dir
}

// RootOf is the folder of the dbt project that a file lies in; empty when there is none.
func RootOf(file string) string {
	abs, err := filepath.Abs(file)
	if err != nil {
		return ""
	}
	return rootAbove(filepath.Dir(abs))
}

// noProject names the projects that are below instead.
func noProject(start string) error {
	fix := "go to your dbt project, or name its folder"
	if found := Below(start); len(found) > 0 {
		fix += "; there are " + strings.Join(found, ", ")
	} else {
		fix += "; darkroom --demo shows the built-in example"
	}
	return &disk.Error{
		Kind: ErrNoProject, File: start, What: "want a " + projectFile + " here or in a parent folder, got none", Fix: fix,
	}
}

// Below finds dbt projects below a folder that is none, as paths relative to it: not
// those inside of other projects, and not for long.
func Below(dir string) []string {
	const most, folders, depth = 20, 5000, 6
	var found []string
	seen := 0
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return nil //nolint:nilerr // what cannot be read has no project
		}
		rel, err := filepath.Rel(dir, path)
		if seen++; err != nil || seen > folders || len(found) == most {
			return fs.SkipAll
		}
		name := d.Name()
		switch {
		case rel == ".":
		case strings.HasPrefix(name, "."), slices.Contains(notOurs(), name), strings.Count(rel, string(filepath.Separator)) >= depth:
			return fs.SkipDir
		case isFile(filepath.Join(path, projectFile)):
			found = append(found, rel)
			return fs.SkipDir
		}
		return nil
	})
	return found
}

// notOurs are folders whose dbt projects belong to others.
func notOurs() []string {
	return []string{"dbt_packages", "dbt_modules", "node_modules", "site-packages", "target", "venv"}
}

// LayoutIn is the layout of the project in root, without its manifest.
func LayoutIn(root string) (Layout, error) {
	s, err := readSettings(root)
	if err != nil {
		return Layout{Root: root}, err
	}
	l := Layout{Root: root, Name: s.name, TargetDir: s.target, Folders: s.folders}
	if !filepath.IsAbs(l.TargetDir) {
		l.TargetDir = filepath.Join(root, l.TargetDir)
	}
	return l, nil
}
