package workspace

import (
	"path/filepath"

	"darkroom/sources/dbt"
	"darkroom/sources/disk"
)

// FindConfig reads the configuration of the project that dir belongs to, for
// commands that need no manifest. Without a dbt project dir itself may hold
// darkroom.yml.
func FindConfig(dir string) (*Config, error) {
	if dir == "" {
		dir = "."
	}
	layout, missing := dbt.FindProject(dir)
	root := layout.Root
	if root == "" {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return nil, disk.Failed("find", dir, err)
		}
		root = abs
	}
	c, err := LoadConfig(root)
	if err == nil && c.File == "" && layout.Root == "" {
		return nil, missing
	}
	return c, err
}

// KeepPrivate makes the project's .darkroom with its .gitignore, so that snapshots
// do not get into git by accident.
func KeepPrivate(root string) error {
	path, err := disk.Inside(root, ignoreName)
	if err != nil {
		return err
	}
	if err := disk.MakeFile(path, gitignore); err != nil {
		return disk.Failed("write", ignoreName, err)
	}
	return nil
}
