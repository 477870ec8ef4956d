package export

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/exposure"
	"darkroom/model/exposure/merge"
	"darkroom/model/textdiff"
	"darkroom/sources/project/config"
	"darkroom/sources/project/intent"
	"darkroom/sources/project/workspace"
)

// Options say what to export and how conflicts are answered.
type Options struct {
	All   bool // as if every linked dashboard that is not excluded were included
	Prune bool // remove the entries of gone dashboards before their time
	// Settle answers conflicts: take the BI tool's value or keep the file's.
	Settle merge.Settle
	Today  time.Time // for the grace period and deprecation dates; zero is now
	// Look is for plans that are only looked at: Plan.Look is filled, and it does not
	// matter that nothing could be written.
	Look bool
	// Show is for plans whose files are shown and not written: [Write] refuses them.
	Show bool
	// Cache keeps what was read of files for the next plan that is only looked at.
	Cache *merge.Cache
}

// Plan is what writing would do, file by file.
type Plan struct {
	Files []File
	// Items are all differences, drift or not, and Conflicts those in detail: what
	// the tool changed, too, and needs an answer comes first.
	Items     []merge.Item
	Conflicts []merge.Conflict
	Refusals  []exposure.Refusal
	// NoProject names projects without a known folder: a manifest without a
	// dbt_project.yml next to it can be read but not written for.
	NoProject []string
	// NotChecked counts the entries and the dashboards to be exported from sites that
	// are not loaded: nothing is known of them now.
	NotChecked int
	// Removals are to be asked about before anything is written.
	Removals []Removal
	Kept     []Kept
	// Notes are worth knowing and no drift.
	Notes []string
	// CutOff: an earlier export was interrupted, and the plan starts from what it left.
	CutOff bool
	// Look is what was found besides, with Options.Look.
	Look Look

	bases   []baseExport
	noBases bool // see Options.Show
}

// File is one YAML file: what is on disk and what will be. Its Name is a
// slash path inside the project.
type File struct {
	Project *model.Project
	Plan    exposure.Plan // of this file
	merge.Result
	// Items and Conflicts are those of its entries.
	Items     []merge.Item
	Conflicts []merge.Conflict
}

// baseExport is the last export of one project.
type baseExport struct {
	project  *model.Project
	old, new []byte
}

// WriteDiff writes the change of the file, line by line; nothing when there is none.
func (f *File) WriteDiff(ctx context.Context, out io.Writer) error {
	return textdiff.Write(ctx, out, f.Old, f.Text, f.Name)
}

// Changed reports that writing would change the file.
func (f *File) Changed() bool {
	return (f.Old == nil) != (f.Text == nil) || !bytes.Equal(f.Old, f.Text)
}

// Drift reports that the files are not what the BI tool and the decisions ask for.
func (p *Plan) Drift() bool {
	return p.CutOff || slices.ContainsFunc(p.Items, func(i merge.Item) bool { return i.Drift() }) ||
		p.Rewrites()
}

// Rewrites reports that writing would change a file.
func (p *Plan) Rewrites() bool {
	return slices.ContainsFunc(p.Files, func(f File) bool { return f.Changed() })
}

// Empty reports that there is not one entry that darkroom writes.
func (p *Plan) Empty() bool {
	return len(p.Items) == 0 && !slices.ContainsFunc(p.Files, func(f File) bool { return len(f.Names) > 0 })
}

// Names are those of all entries that darkroom writes.
func (p *Plan) Names() []string {
	var out []string
	for i := range p.Files {
		out = append(out, p.Files[i].Names...)
	}
	for i := range p.Items {
		out = append(out, p.Items[i].Name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// cache is for plans that are only looked at: what it gives must not be changed.
func (opt *Options) cache() *merge.Cache {
	if opt.Look {
		return opt.Cache
	}
	return nil
}

// PlanExport computes the files for the decisions in book, which may be newer than the
// workspace's own.
func PlanExport(ctx context.Context, w *workspace.Workspace, book *curate.Book, opt Options) (Plan, error) {
	out := Plan{noBases: opt.Show || opt.Look}
	if opt.Today.IsZero() {
		opt.Today = time.Now()
	}
	chosen, err := chosenFor(ctx, w, book, opt.All)
	if err != nil {
		return Plan{}, err
	}
	a := planning{w: w, opt: opt, chosen: chosen, why: causesOf(w, book), unchecked: map[string]bool{}, elsewhere: map[string]int{}}
	for _, p := range w.Targets() {
		if err := a.project(ctx, p, &out); err != nil {
			return Plan{}, err
		}
	}
	unchecked := a.unchecked
	slices.SortStableFunc(out.Conflicts, openFirst)
	// An entry of a workbook has another key than the dashboards decided about:
	// they count only where no entry does.
	if w.Config.Export.Level != config.LevelWorkbook || len(unchecked) == 0 {
		maps.Copy(unchecked, a.why.uncheckedDecisions())
	}
	out.NotChecked = len(unchecked)
	out.noteDeprecated(opt.Today)
	out.noteNames()
	return out, nil
}

// planning is what the plans of all projects start from, and what they add up to.
type planning struct {
	w         *workspace.Workspace
	opt       Options
	chosen    []chosen
	why       *causes
	unchecked map[string]bool
	elsewhere map[string]int // dashboards by how many projects refused them as another's
}

// project plans one project.
func (a *planning) project(ctx context.Context, p *model.Project, out *Plan) error {
	if p.Root == "" {
		out.NoProject = append(out.NoProject, p.Name)
		return nil
	}
	w := a.w
	pe, err := openProject(ctx, w, p, a.chosen, a.opt.cache())
	if err != nil {
		return err
	}
	out.CutOff = out.CutOff || intent.Pending(intent.In(p.Root))
	entries := pe.disk.Entries()
	held := heldEntries(ctx, a.why, pe, a.chosen, a.opt)
	for _, key := range held.unchecked {
		a.unchecked[key] = true
	}
	plan, err := planProject(ctx, w, pe, candidates(a.chosen), held)
	if err != nil {
		return err
	}
	before := len(out.Items)
	err = pe.place.problem(len(plan.Exposures) > 0 || len(w.Targets()) == 1)
	if a.opt.Look {
		out.Look.at(w, pe, plan, a.chosen, err)
		err = nil
	}
	if err == nil {
		err = out.merge(ctx, pe, plan, a.opt)
	}
	if err != nil {
		return err
	}
	out.Kept = append(out.Kept, held.kept...)
	out.Notes = append(out.Notes, wrongDays(pe, entries, a.opt.Today)...)
	out.Removals = append(out.Removals, a.why.massRemovals(p, entries, out.Items[before:])...)
	out.Items = append(out.Items, held.offers...)
	out.refuse(slices.DeleteFunc(plan.Refusals, func(r exposure.Refusal) bool {
		if r.Code != exposure.CodeElsewhere {
			return false
		}
		a.elsewhere[r.Key]++
		return a.elsewhere[r.Key] < len(w.Targets())
	}))
	return nil
}

// openFirst puts the conflicts that need an answer first.
func openFirst(a, b merge.Conflict) int {
	switch {
	case a.NeedsAnswer == b.NeedsAnswer:
		return 0
	case a.NeedsAnswer:
		return -1
	}
	return 1
}

func (p *Plan) refuse(list []exposure.Refusal) {
	p.Refusals = append(p.Refusals, list...)
	for i := range list {
		r := &list[i]
		p.Items = append(p.Items, merge.Item{What: merge.Refused, Key: r.Key, Title: r.Title, Note: r.Rule + "; " + r.Fix})
	}
}

// merge brings a project's plan into its files.
func (p *Plan) merge(ctx context.Context, pe projectExport, plan exposure.Plan, opt Options) error {
	var out merge.Outcome
	var err error
	switch {
	case opt.Look:
		out, err = pe.disk.Foresee(ctx, plan)
	case opt.Show:
		out, err = pe.disk.Compare(ctx, plan, opt.Settle)
	default:
		out, err = pe.disk.Merge(ctx, plan, opt.Settle)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", pe.project.Name, err)
	}
	p.add(pe, plan, out)
	return nil
}

// add takes the outcome of one project in.
func (p *Plan) add(pe projectExport, plan exposure.Plan, out merge.Outcome) {
	items := byFile(out.Items, func(it *merge.Item) string { return it.File })
	conflicts := byFile(out.Conflicts, func(c *merge.Conflict) string { return c.File })
	for _, res := range out.Files {
		part := exposure.Plan{Tools: plan.Tools, MetaInConfig: plan.MetaInConfig, Exposures: exposuresNamed(plan.Exposures, res.Names)}
		p.Files = append(p.Files, File{Project: pe.project, Plan: part, Result: res, Items: items[res.Name], Conflicts: conflicts[res.Name]})
	}
	p.Items = append(slices.Grow(p.Items, len(out.Items)), out.Items...)
	p.Items = append(p.Items, pe.place.unread(pe.disk.Entries(), out)...)
	p.Conflicts = append(p.Conflicts, out.Conflicts...)
	if pe.base != nil || len(out.Files) > 0 {
		p.bases = append(p.bases, baseExport{pe.project, pe.base, out.Base})
	}
}

// byFile divides a list by files. Those of the only file share the list.
func byFile[T any](list []T, file func(*T) string) map[string][]T {
	count := map[string]int{}
	for i := range list {
		count[file(&list[i])]++
	}
	out := make(map[string][]T, len(count))
	for name, n := range count {
		if n == len(list) {
			out[name] = slices.Clip(list)
			return out
		}
		out[name] = make([]T, 0, n)
	}
	for i := range list {
		name := file(&list[i])
		out[name] = append(out[name], list[i])
	}
	return out
}

// exposuresNamed are those of a plan that have one of the names; both are sorted by name. All
// of them share the list.
func exposuresNamed(all []exposure.Exposure, names []string) []exposure.Exposure {
	var at []int
	for _, name := range slices.Compact(slices.Clone(names)) {
		if i, found := slices.BinarySearchFunc(all, name, func(e exposure.Exposure, name string) int { return strings.Compare(e.Name, name) }); found {
			at = append(at, i)
		}
	}
	if len(at) == len(all) {
		return slices.Clip(all)
	}
	out := make([]exposure.Exposure, len(at))
	for k, i := range at {
		out[k] = all[i]
	}
	return out
}
