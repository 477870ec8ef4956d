package export

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure/merge"
	"darkroom/sources/disk"
)

// exposureFiles reads the YAML files below the folders where the project has its
// resources that speak of exposures, and the files named. A file below that
// cannot be read is passed over: only the named ones are darkroom's.
func exposureFiles(ctx context.Context, p *model.Project, names []string) ([]merge.File, error) {
	slices.Sort(names)
	var out []merge.File
	seen := map[string]bool{}
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
	for _, dir := range resourceFolders(p) {
		err := filepath.WalkDir(filepath.Join(p.Root, filepath.FromSlash(dir)), func(file string, d fs.DirEntry, err error) error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				return nil //nolint:nilerr // what cannot be listed cannot have been parsed by dbt
			}
			rel, err := filepath.Rel(p.Root, file)
			name := filepath.ToSlash(rel)
			switch ext := path.Ext(name); {
			case err != nil, d.IsDir(), seen[name], ext != ".yml" && ext != ".yaml":
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

// resourceFolders are the first folders of the paths that the manifest has of
// the project's own resources: model-paths, seed-paths and so on.
func resourceFolders(p *model.Project) []string {
	found := map[string]bool{"models": true}
	add := func(pkg, file string) {
		if dir, _, ok := strings.Cut(file, "/"); ok && (pkg == p.Name || pkg == "") && filepath.IsLocal(dir) {
			found[dir] = true
		}
	}
	for i := range p.Resources {
		add(p.Resources[i].Package, p.Resources[i].Path)
	}
	for i := range p.Exposures {
		add(p.Exposures[i].Package, p.Exposures[i].Path)
	}
	var out []string
	for dir := range found {
		if _, err := os.Stat(filepath.Join(p.Root, dir)); err == nil {
			out = append(out, dir)
		}
	}
	slices.Sort(out)
	return out
}
