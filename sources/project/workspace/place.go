package workspace

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"darkroom/model"
	"darkroom/sources/dbt"
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
	"darkroom/sources/project/decisions"
)

// Layout says where a project keeps its files, as its dbt_project.yml has it now.
func (w *Workspace) Layout(p *model.Project) (dbt.Layout, error) { return dbt.LayoutIn(p.Root) }

// settle gives the dbt project one is in to the manifest of it that lies elsewhere, such
// as that of production. The names have to agree.
func (w *Workspace) settle(projects []*model.Project) {
	here := &w.project
	if here.Root == "" || slices.ContainsFunc(projects, func(p *model.Project) bool { return p.Root == here.Root }) {
		return
	}
	for _, p := range projects {
		if p.Name == here.Name && (p.Root == "" || w.elsewhere) {
			p.Root = here.Root
			return
		}
	}
}

// Targets are the projects that exposures are written for: of several manifests of one
// folder, as of two targets of dbt, the first.
func (w *Workspace) Targets() []*model.Project {
	var out []*model.Project
	for _, p := range w.Graph.Projects {
		if p.Root == "" || !slices.ContainsFunc(out, func(q *model.Project) bool { return q.Root == p.Root }) {
			out = append(out, p)
		}
	}
	return out
}

// Writable is the error of a command that writes exposures when none of the manifests is
// of a dbt project whose folder is known, or those named are of another than the one here.
func (w *Workspace) Writable() error { return w.writable(w.Graph.Projects) }

func (w *Workspace) writable(projects []*model.Project) error {
	here := w.project.Root
	for _, p := range projects {
		if p.Root != "" && (!w.elsewhere || here == "" || p.Root == here) {
			return nil
		}
	}
	var names []string
	for _, p := range projects {
		names = append(names, p.Name)
	}
	what := fmt.Sprintf("nothing can be written for %s: ", quotedList(names))
	if here == "" {
		what += "the manifest lies in no dbt project, and there is none here"
	} else {
		what += fmt.Sprintf("the dbt project here is %q", w.project.Name)
	}
	return &disk.Error{Kind: disk.ErrInvalid, File: here, What: what, Fix: "go to the dbt project of the manifest, or name its folder"}
}

func quotedList(names []string) string {
	out := ""
	for i, name := range names {
		if i > 0 {
			out += ", "
		}
		out += fmt.Sprintf("%q", disk.Clip(name))
	}
	return out
}

// keepNothing says why decisions cannot be kept, empty when they can: without a dbt
// project there is no place for them that the next command would find.
func (w *Workspace) keepNothing(projects []*model.Project) string {
	if w.Root == "" {
		return "there is no dbt project here and no " + config.Name + "; go to your dbt project, or name its folder"
	}
	var why *disk.Error
	if w.elsewhere && errors.As(w.writable(projects), &why) {
		return why.What + "; " + why.Fix
	}
	return ""
}

// storeOptions opens the store for reading only where nothing can be kept.
func (w *Workspace) storeOptions(readOnly bool, projects []*model.Project) (root string, opt decisions.Options, err error) {
	if root = w.Root; root == "" {
		if root, err = filepath.Abs("."); err != nil {
			return "", opt, disk.Failed("find", ".", err)
		}
	}
	return root, decisions.Options{ReadOnly: readOnly, Refuse: w.keepNothing(projects)}, nil
}
