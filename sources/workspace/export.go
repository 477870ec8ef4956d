package workspace

import (
	"errors"
	"fmt"
	"path/filepath"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/exposure"
	"darkroom/model/lineage"
)

// lastExport is the base of the merge, inside a project's folder.
const lastExport = Dir + "/last_export.yml"

// Export is what writing would do, one file per dbt project.
type Export struct {
	Files    []FileExport
	Refusals []exposure.Refusal
	// NoProject names projects whose folder is not known: a manifest without
	// dbt_project.yml beside it can be read but not written for.
	NoProject []string
}

// FileExport is one YAML file: what is on disk and what will be.
type FileExport struct {
	Project *model.Project
	Name    string // slash path inside the project
	Plan    exposure.Plan
	exposure.Result

	old, oldBase []byte
}

// Old is the file as it is on disk, nil when there is none.
func (f *FileExport) Old() []byte { return f.old }

// Diff is the change of the file; empty when there is none.
func (f *FileExport) Diff() string { return exposure.Diff(f.old, f.Text, f.Name) }

// Changed reports that writing would change the file.
func (f *FileExport) Changed() bool { return string(f.old) != string(f.Text) }

// PlanExport computes the files for the decisions in book; with all, for every
// dashboard that is linked and not excluded.
func (w *Workspace) PlanExport(book *curate.Book, all bool) (Export, error) {
	var out Export
	chosen := w.chosen(book, all)
	keep := w.unseen(book)
	elsewhere := map[string]int{} // dashboards by how many projects refused them as another's
	var refusals []exposure.Refusal
	for _, p := range w.Graph.Projects {
		if p.Root == "" {
			out.NoProject = append(out.NoProject, p.Name)
			continue
		}
		f, err := w.planFile(p, chosen, keep)
		if err != nil {
			return Export{}, err
		}
		for _, r := range f.Plan.Refusals {
			if r.Code == exposure.CodeElsewhere {
				elsewhere[r.Key]++
				if elsewhere[r.Key] < len(w.Graph.Projects) {
					continue
				}
			}
			refusals = append(refusals, r)
		}
		if len(f.Plan.Exposures) > 0 || f.old != nil {
			out.Files = append(out.Files, f)
		}
	}
	out.Refusals = refusals
	return out, nil
}

// planFile merges one project's plan into its file.
func (w *Workspace) planFile(p *model.Project, cands []exposure.Candidate, keep []string) (FileExport, error) {
	f := FileExport{Project: p, Name: w.Config.Export.File}
	var err error
	if f.old, err = ReadInside(p.Root, f.Name); err != nil {
		return f, err
	}
	if f.oldBase, err = ReadInside(p.Root, lastExport); err != nil {
		return f, err
	}
	known, err := exposure.ReadKnown(f.old, f.oldBase, f.Name)
	if err != nil {
		return f, err
	}
	f.Plan = exposure.NewPlan(cands, known, exposure.Options{
		Project: p, File: f.Name, Tags: w.Config.Export.Tags, Keep: keep,
		OwnerName: w.Config.Export.Owner.Name, OwnerEmail: w.Config.Export.Owner.Email,
	})
	f.Result, err = exposure.Merge(f.old, f.oldBase, f.Plan)
	if err != nil {
		return f, fmt.Errorf("%s: %w", f.Name, err)
	}
	return f, nil
}

// chosen makes a candidate of every dashboard to be exported.
func (w *Workspace) chosen(book *curate.Book, all bool) []exposure.Candidate {
	var out []exposure.Candidate
	for _, d := range w.Graph.Dashboards() {
		linked, _ := d.Counts()
		decision := book.Get(d.Key).Decision
		if decision == curate.Included || all && linked > 0 && decision != curate.Excluded {
			out = append(out, w.candidate(d))
		}
	}
	return out
}

func (w *Workspace) candidate(d *lineage.Dashboard) exposure.Candidate {
	c := exposure.Candidate{
		Key: d.Key, Site: d.Site, Workbook: d.Workbook, Dashboard: d.Dashboard,
		ProjectPath: d.ProjectPath, URL: d.URL(),
	}
	for i := range d.Links {
		l := &d.Links[i]
		switch {
		case l.Resource != lineage.None:
			n := w.Graph.Node(l.Resource)
			c.Parents = append(c.Parents, exposure.Parent{Resource: n.Resource, Project: n.Project})
		case l.Open():
			c.Undecided++
		}
	}
	c.Incomplete = d.Missing()
	return c
}

// unseen are included dashboards that the loaded metadata does not have, while a
// site is known to be partial or missing: a partial fetch never removes
// (facts/matching.md §5.5).
func (w *Workspace) unseen(book *curate.Book) []string {
	whole := len(w.Graph.Sites) > 0 && len(w.Graph.Sites) >= len(w.Config.Sites)
	for _, s := range w.Graph.Sites {
		whole = whole && len(s.Partial) == 0
	}
	if whole {
		return nil
	}
	var keep []string
	for key, r := range book.All() {
		if _, seen := w.Graph.Dashboard(key); !seen && r.Decision == curate.Included {
			keep = append(keep, key)
		}
	}
	return keep
}

// WriteExport writes every changed file and then its base. A file that changed on
// disk since the plan was made is refused and nothing after it is written.
func WriteExport(e Export) error {
	for i := range e.Files {
		f := &e.Files[i]
		if f.Changed() {
			if err := WriteInside(f.Project.Root, f.Name, f.Text, f.old); err != nil {
				return explain(f, err)
			}
		}
		if string(f.Base) != string(f.oldBase) {
			if err := WriteInside(f.Project.Root, lastExport, f.Base, f.oldBase); err != nil {
				return explain(f, err)
			}
		}
	}
	return nil
}

// explain says whose file it was, by a path that a person can open.
func explain(f *FileExport, err error) error {
	var changed *ChangedError
	if errors.As(err, &changed) {
		return fmt.Errorf("%w; look at the difference again", err)
	}
	return fmt.Errorf("%s: %w", filepath.Join(f.Project.Root, f.Name), err)
}
