package dbt

import (
	"errors"
	"path/filepath"

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

// FindProject finds the dbt project that dir belongs to: dbt_project.yml in dir or
// in the nearest parent; otherwise the error is
// [ErrNoProject]. A project without a manifest is an error, but the rest of
// its layout is returned with it.
func FindProject(dir string) (Layout, error) {
	start, err := filepath.Abs(dir)
	if err != nil {
		return Layout{}, &disk.Error{File: dir, What: "not a usable folder", Err: err}
	}
	root := start
	for !isFile(filepath.Join(root, projectFile)) {
		parent := filepath.Dir(root)
		if parent == root {
			return Layout{}, &disk.Error{
				Kind: ErrNoProject, File: start, What: "want a " + projectFile + " here or in a parent folder, got none",
				Fix: "go to your dbt project, or name its folder",
			}
		}
		root = parent
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
