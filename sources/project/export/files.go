package export

import (
	"bytes"
	"context"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure/merge"
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
	"darkroom/sources/yamlfile"
)

// exposureFiles reads the YAML files below the folders where dbt looks for them that
// speak of exposures, and the files named. A file below that cannot be read is passed
// over: only the named ones are darkroom's.
func exposureFiles(ctx context.Context, p *model.Project, folders, names []string) ([]merge.File, error) {
	seen := map[string]bool{}
	out, err := namedFiles(p, names, seen)
	if err != nil {
		return nil, err
	}
	for _, dir := range folders {
		err := filepath.WalkDir(filepath.Join(p.Root, filepath.FromSlash(dir)), func(file string, d fs.DirEntry, err error) error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				return nil //nolint:nilerr // what cannot be listed cannot have been parsed by dbt
			}
			rel, err := filepath.Rel(p.Root, file)
			name := filepath.ToSlash(rel)
			switch {
			case err == nil && d.IsDir() && notSources(name):
				return filepath.SkipDir
			case err != nil, d.IsDir(), seen[name], !yamlfile.Is(name):
				return nil
			}
			seen[name] = true
			text, err := disk.ReadInside(p.Root, name)
			if err == nil && bytes.Contains(text, []byte("exposures")) {
				out = append(out, merge.File{Name: name, Text: text})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b merge.File) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// namedFiles reads those of the files that there are.
func namedFiles(p *model.Project, names []string, seen map[string]bool) (out []merge.File, err error) {
	for _, name := range names {
		if seen[name] {
			continue
		}
		seen[name] = true
		text, err := disk.ReadInside(p.Root, name)
		if err != nil {
			return nil, err
		}
		if text != nil {
			out = append(out, merge.File{Name: name, Text: text})
		}
	}
	return out, nil
}

// notSources reports a folder in which no exposures are kept. It is met where a project
// has its models in its own folder.
func notSources(name string) bool {
	return slices.Contains([]string{".git", config.Dir, "target", "dbt_packages", "dbt_modules", "node_modules"}, name)
}
