package config

import (
	"os"
	"path/filepath"

	"darkroom/sources/dbt"
	"darkroom/sources/disk"
)

// Home is where a folder belongs: the dbt project, its darkroom.yml, and the place of
// what darkroom keeps.
type Home struct {
	Project dbt.Layout // its Root is empty when there is no dbt project
	// Missing keeps the project from being read, unless manifests are named: there is
	// none, or it has no manifest.
	Missing error
	Config  *Config
	// State is the folder that has .darkroom: the dbt project that is written, or that
	// of darkroom.yml where none is known. Empty when there is neither.
	State string
}

// Find looks at the dbt project that dir belongs to; an empty dir is the current
// folder, or what DBT_PROJECT_DIR names. Outside of a project the first of the manifests
// that lies in one leads to it, those given or else those of darkroom.yml. Then
// darkroom.yml is looked for in the project and above it.
func Find(dir string, manifests ...string) (Home, error) {
	var h Home
	h.Project, h.Missing = dbt.FindProject(dir)
	abs, err := filepath.Abs(dir)
	if err != nil {
		return h, disk.Failed("find", dir, err)
	}
	if h.Project.Root == "" {
		h.enter(manifests)
	}
	start := h.Project.Root
	if start == "" {
		start = abs
	}
	folder := Folder(start)
	if folder == "" {
		if folder = Folder(abs); folder == "" || h.Project.Root != "" && h.inProject(abs) {
			folder = start
		}
	}
	if h.Config, err = Load(folder); err != nil {
		return h, err
	}
	if h.Project.Root == "" && h.Config.File != "" {
		if h.enter(h.Config.paths()); h.Project.Root == "" && len(h.Config.Manifests) == 0 {
			h.enterOnly()
		}
	}
	h.State = h.stateFolder(len(manifests) > 0)
	return h, nil
}

// inProject reports that a folder is in the project.
func (h *Home) inProject(dir string) bool {
	rel, err := filepath.Rel(h.Project.Root, dir)
	return err == nil && filepath.IsLocal(rel)
}

// enter takes the project of the first manifest that lies in one.
func (h *Home) enter(manifests []string) {
	for _, m := range manifests {
		if root := dbt.RootOf(m); root != "" {
			h.Project, h.Missing = dbt.FindProject(root)
			return
		}
	}
}

// enterOnly takes the dbt project below the folder of darkroom.yml when there is just one.
func (h *Home) enterOnly() {
	if below := dbt.Below(h.Config.Root); len(below) == 1 {
		h.Project, h.Missing = dbt.FindProject(filepath.Join(h.Config.Root, below[0]))
	}
}

// stateFolder is where .darkroom is. A darkroom.yml above several projects that names
// their manifests has one state, that of the first, whichever of them one is in.
func (h *Home) stateFolder(given bool) string {
	shared := h.Config.File != "" && h.Config.Root != h.Project.Root
	if shared && !given {
		for _, m := range h.Config.paths() {
			if root := dbt.RootOf(m); root != "" {
				return root
			}
		}
	}
	if h.Project.Root == "" && h.Config.File != "" {
		return h.Config.Root
	}
	return h.Project.Root
}

// paths are the manifests of darkroom.yml.
func (c *Config) paths() []string {
	out := make([]string, len(c.Manifests))
	for i, m := range c.Manifests {
		out[i] = c.Path(m)
	}
	return out
}

// Folder is the folder of the darkroom.yml that counts for dir: dir itself, or one
// above it, up to the top of the git repository or to the home folder. Empty when there
// is none.
func Folder(dir string) string {
	home, _ := os.UserHomeDir() // without one only the repository ends the search
	for {
		for _, name := range []string{Name, wrongName} {
			if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.Mode().IsRegular() {
				return dir
			}
		}
		_, err := os.Lstat(filepath.Join(dir, ".git"))
		parent := filepath.Dir(dir)
		if err == nil || dir == home || parent == dir {
			return ""
		}
		dir = parent
	}
}
