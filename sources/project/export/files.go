package export

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/merge"
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
	"darkroom/sources/project/workspace"
	"darkroom/sources/yamlfile"
)

// projectExport is one project while its export is planned.
type projectExport struct {
	project *model.Project
	base    []byte
	place   *place
	files   []merge.File // as they are on disk
	disk    *merge.Disk
}

// openProject reads the files of a project that have exposures or will get some.
func openProject(ctx context.Context, w *workspace.Workspace, p *model.Project, chosen []chosen, cache *merge.Cache) (projectExport, error) {
	pe := projectExport{project: p}
	var err error
	if pe.base, err = disk.ReadInside(p.Root, lastExport); err != nil {
		return pe, err
	}
	last := cache.Base(pe.base)
	if pe.place, err = placeOf(w, p, last); err != nil {
		return pe, err
	}
	names := slices.Clone(pe.place.written)
	for i := range chosen {
		names = append(names, pe.place.file(&chosen[i].Candidate))
	}
	if pe.files, err = exposureFiles(ctx, p, pe.place.folders, names); err != nil {
		return pe, err
	}
	if pe.disk, err = cache.ReadDisk(ctx, pe.files, last); err != nil {
		return pe, fmt.Errorf("%s: %w", p.Name, err)
	}
	return pe, nil
}

// planProject makes the plan of one project.
func planProject(ctx context.Context, w *workspace.Workspace, pe projectExport, cands []exposure.Candidate, held held) (exposure.Plan, error) {
	e := &w.Config.Export
	return exposure.NewPlan(ctx, cands, pe.disk.Known(), exposure.Options{
		Project: pe.project, Tools: model.Tools(w.Graph.Sites), File: pe.place.sample(), Place: pe.place.file, WasRead: pe.disk.WasRead, Tags: e.Tags,
		OwnerName: e.Owner.Name, OwnerEmail: e.Owner.Email, KeepKeys: held.keep, GoneSince: held.gone,
	})
}

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
