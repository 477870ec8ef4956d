package config

import (
	"path/filepath"

	"darkroom/sources/dbt"
	"darkroom/sources/disk"
)

// Find reads the configuration of the project that dir belongs to, for commands
// that need no manifest. Without a dbt project dir itself may hold darkroom.yml.
func Find(dir string) (*Config, error) {
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
	c, err := Load(root)
	if err == nil && c.File == "" && layout.Root == "" {
		return nil, missing
	}
	return c, err
}
