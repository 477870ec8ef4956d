package dbt

import (
	"fmt"
	"path/filepath"
)

const (
	projectFile  = "dbt_project.yml"
	manifestFile = "manifest.json"
)

// Layout says where a dbt project keeps things. Root, TargetDir and ManifestPath
// are absolute; ModelPaths are as written, relative to Root.
type Layout struct {
	Root         string // folder of dbt_project.yml
	Name         string
	TargetDir    string
	ManifestPath string // manifest.json or manifest.json.gz, the younger
	ModelPaths   []string
}

// NoProjectError says that neither a folder nor one above it is a dbt project.
type NoProjectError struct{ Dir string }

// Error is one line: folder, expectation, cure.
func (e *NoProjectError) Error() string {
	return (&Error{
		File: e.Dir, Offset: -1, Want: "a " + projectFile + " here or in a parent folder", Got: "none",
		Cure: "go to your dbt project, or name its folder",
	}).Error()
}

// FindProject finds the dbt project that dir belongs to: dbt_project.yml in dir or
// in the nearest parent; else the error is a NoProjectError. A project without a manifest is an error, but the rest of
// its layout is returned with it.
func FindProject(dir string) (Layout, error) {
	start, err := filepath.Abs(dir)
	if err != nil {
		return Layout{}, &Error{File: dir, Offset: -1, Got: "no usable folder", Err: err}
	}
	root := start
	for !isFile(filepath.Join(root, projectFile)) {
		parent := filepath.Dir(root)
		if parent == root {
			return Layout{}, &NoProjectError{start}
		}
		root = parent
	}
	s, err := readSettings(root)
	if err != nil {
		return Layout{Root: root}, err
	}
	l := Layout{Root: root, Name: s.name, TargetDir: s.target, ModelPaths: s.models}
	if !filepath.IsAbs(l.TargetDir) {
		l.TargetDir = filepath.Join(root, l.TargetDir)
	}
	if l.ManifestPath = newest(l.TargetDir, manifestFile); l.ManifestPath == "" {
		return l, &Error{
			File: l.TargetDir, Offset: -1, Want: manifestFile, Got: "none",
			Cure: fmt.Sprintf("run `dbt parse` in %s", root),
		}
	}
	return l, nil
}
