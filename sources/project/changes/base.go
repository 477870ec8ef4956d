package changes

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/change"
	"darkroom/model/selector"
	"darkroom/sources/dbt"
	"darkroom/sources/disk"
	"darkroom/sources/git"
	"darkroom/sources/project/workspace"
)

// Base maps the files that differ in git from a reference to the resources of a
// workspace's projects.
func Base(ctx context.Context, w *workspace.Workspace, ref string) (*change.Set, error) {
	all := &change.Set{By: "base", What: ref}
	found := false
	for _, p := range w.Graph.Projects {
		if p.Root == "" {
			all.Limits = append(all.Limits, "The folder of "+p.Name+" is not known, so its files were not compared.")
			continue
		}
		s, err := baseOf(ctx, w, p, ref)
		if err != nil {
			return nil, err
		}
		found = true
		all.Join(s)
	}
	if !found {
		return nil, &disk.Error{Kind: disk.ErrInvalid, What: "no project has a folder, so there are no files to compare", Fix: "go to your dbt project, or name its folder"}
	}
	all.Limits = append(all.Limits,
		"Files are compared, not what dbt makes of them: a comment in SQL counts as a change, and values of variables, of the environment and of profiles are not seen.",
		"A description, tag, group or test in YAML counts as no change of what it is about.")
	slices.Sort(all.Limits)
	all.Limits = append(slices.Compact(all.Limits), Limits(w)...)
	return all, nil
}

// baseOf is Base for one project.
func baseOf(ctx context.Context, w *workspace.Workspace, p *model.Project, ref string) (*change.Set, error) {
	repo, err := git.Open(ctx, p.Root)
	if err != nil {
		return nil, err
	}
	commit, shared, err := repo.Base(ctx, ref)
	if err != nil {
		return nil, err
	}
	in, err := sourcesOf(ctx, w, p)
	if err != nil {
		return nil, err
	}
	files := &files{ctx: ctx, repo: repo, commit: commit}
	packages, err := files.all(p)
	if err != nil {
		return nil, err
	}
	s := change.FromFiles(packages, in)
	s.Of(p)
	s.Limits = append(s.Limits, files.limits...)
	if !shared {
		s.Limits = append(s.Limits, "Git knows no commit that "+disk.Clip(ref)+" and HEAD share, as in a clone without history: files were compared with "+disk.Clip(ref)+" itself, so what changed there since counts, too. Fetch the history (fetch-depth: 0).")
	}
	return s, nil
}

// sourcesOf are the nodes and macros of production's manifest and the present one, of each
// id the first.
func sourcesOf(ctx context.Context, w *workspace.Workspace, p *model.Project) (change.Sources, error) {
	in := change.Sources{Root: p.Name, Macros: map[string]selector.Macro{}, Foreign: foreign(p.Adapter)}
	manifests := []*model.Project{p}
	if p == w.Production {
		manifests = append(manifests, w.Present)
	}
	seen := map[string]bool{}
	for _, of := range manifests {
		m, err := dbt.ReadNodes(ctx, of, true)
		if err != nil {
			return in, err
		}
		for _, n := range m.Nodes {
			if !seen[n.ID] {
				seen[n.ID] = true
				in.Nodes = append(in.Nodes, n)
			}
		}
		for id, macro := range m.Macros {
			if _, known := in.Macros[id]; !known {
				in.Macros[id] = macro
			}
		}
	}
	return in, nil
}

// foreign reports the packages that come with dbt and its adapter.
func foreign(adapter string) func(string) bool {
	own := []string{"dbt", "dbt_" + adapter, "dbt_postgres", "dbt_spark"}
	return func(name string) bool { return slices.Contains(own, name) }
}

// files reads the files that differ.
type files struct {
	ctx    context.Context
	repo   *git.Repo
	commit string
	limits []string
	// before and after are the macros of the package that is being read.
	before, after map[string]string
}

// all are the packages of a project whose files are in the repository: the project
// itself, and local ones.
func (f *files) all(p *model.Project) ([]change.Package, error) {
	root, err := f.of(p.Name, p.Root)
	if err != nil {
		return nil, err
	}
	packages := []change.Package{root}
	for _, local := range localPackages(p.Root) {
		pkg, err := f.of(local.name, local.dir)
		if err != nil {
			if f.ctx.Err() != nil {
				return nil, err
			}
			f.limits = append(f.limits, "The files of the package "+local.name+" were not compared: they are in another place than the repository.")
			continue
		}
		packages = append(packages, pkg)
		if below, inside := within(p.Root, local.dir); inside { // they are that package's
			packages[0].Files = slices.DeleteFunc(packages[0].Files, func(x change.File) bool { return strings.HasPrefix(x.Path, below+"/") })
		}
	}
	return packages, nil
}

// of are the files of a package.
func (f *files) of(name, dir string) (change.Package, error) {
	pkg := change.Package{Name: name}
	changed, err := f.repo.Changed(f.ctx, f.commit, dir, isRead)
	if err != nil {
		return pkg, err
	}
	if n := len(changed.Submodules); n > 0 {
		f.limits = append(f.limits, fmt.Sprintf("Submodules of git were not looked into: %s.", strings.Join(changed.Submodules[:min(n, 3)], ", ")))
	}
	f.before, f.after = map[string]string{}, map[string]string{}
	added := map[string]string{} // content to path
	for _, x := range changed.Files {
		file := change.File{Path: x.Path, Added: x.Before == "", Gone: x.After == ""}
		if err := f.read(dir, x, &file); err != nil {
			return pkg, err
		}
		if file.Added {
			added[x.After] = x.Path
		}
		pkg.Files = append(pkg.Files, file)
	}
	for i, x := range changed.Files {
		if x.After == "" {
			pkg.Files[i].Same = added[x.Before]
		}
	}
	pkg.Macros = f.differing()
	return pkg, nil
}

// isRead reports a file that dbt may read.
func isRead(name string) bool {
	if first, _, _ := strings.Cut(name, "/"); first == "target" || first == "dbt_packages" || first == "logs" || first == "dbt_modules" || strings.HasPrefix(first, ".") {
		return false
	}
	switch path.Ext(name) {
	case ".sql", ".py", ".csv", ".yml", ".yaml":
		return true
	}
	return false
}
