package export

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/editdistance"
	"darkroom/model/exposure"
	"darkroom/model/exposure/merge"
	"darkroom/model/lineage"
	"darkroom/sources/disk"
	"darkroom/sources/project/workspace"
)

// AdoptRequest says what darkroom should keep up to date from now on.
type AdoptRequest struct {
	// Names are hand-written exposures, "margin" or "shop.margin" with the project; All
	// takes every one whose dashboard is known.
	Names []string
	All   bool
	// Same gives the entries of gone dashboards to those that replace them: name
	// of the exposure, as in Names → key of the new dashboard, "" for the only one that looks
	// the same.
	Same map[string]string
	// Take lists fields in which the BI tool's value should go into the file; everything
	// else that is written by hand stays.
	Take []string
}

// Adopted is what adopting would do. Its Plan is for [Write]. What cannot be adopted is
// among its Refusals, and keeps nothing else from it.
type Adopted struct {
	Plan
	Adopted []Adoption
	// Wrong says which names of the request no exposure has, or several have. They are among
	// the Refusals, too.
	Wrong []string
	// Include are dashboards to include, Clear those whose decision went over
	// to another.
	Include, Clear []string

	declared map[*model.Project][]string // names of exposures
}

// Adoption is one exposure that darkroom takes over.
type Adoption struct {
	Name, File, Title, Key string
}

// Difference is what an adopted exposure and the BI tool say of a dashboard.
type Difference struct {
	Stay   []merge.Conflict    // values that differ from the tool's and stay
	Follow []merge.FieldChange // those that will follow the tool
}

// Differences are those of the adopted exposures, by the key of the dashboard.
func (p *Adopted) Differences() map[string]Difference {
	out := map[string]Difference{}
	for _, c := range p.Conflicts {
		if c.Field != "" {
			d := out[c.Key]
			d.Stay = append(d.Stay, c)
			out[c.Key] = d
		}
	}
	for i := range p.Items {
		it := &p.Items[i]
		d := out[it.Key]
		for _, f := range it.Fields {
			if it.What != merge.Yours && !isMeta(f.Field) {
				d.Follow = append(d.Follow, f)
			}
		}
		out[it.Key] = d
	}
	return out
}

// isMeta reports a field that only darkroom reads.
func isMeta(field string) bool {
	return strings.HasPrefix(strings.TrimPrefix(field, "config."), "meta.")
}

// WriteAdopted keeps the decisions and writes the files that go with them: an entry that
// was taken over and whose dashboard is not included would go with the next export. A
// failure takes the decisions back.
func WriteAdopted(ctx context.Context, w *workspace.Workspace, p Adopted) error {
	ctx, done, err := disk.Begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := w.Decide(ctx, p.Include, curate.Included, "darkroom adopt"); err != nil {
		return err
	}
	if err := Write(ctx, p.Plan); err != nil {
		return errors.Join(err, w.TakeBack(ctx))
	}
	return w.Decide(ctx, p.Clear, curate.Undecided, "")
}

// PlanAdopt works an adoption out. Nothing but the entries that are taken over
// changes. A name that several projects have is refused, unless the project is named with
// it.
func PlanAdopt(ctx context.Context, w *workspace.Workspace, req AdoptRequest) (Adopted, error) {
	out, found, err := planAdopt(ctx, w, req)
	if err != nil {
		return out, err
	}
	var unclear []exposure.Refusal
	for _, name := range req.names() {
		if in := found[name]; len(in) > 1 {
			unclear = append(unclear, exposure.Refusal{
				Title: name, Rule: fmt.Sprintf("%d projects have an exposure of that name", len(in)), Fix: "say which: " + strings.Join(in, ", "),
			})
		}
	}
	if len(unclear) > 0 {
		rest := req
		rest.Same = maps.Clone(req.Same)
		rest.Names = slices.DeleteFunc(slices.Clone(req.Names), func(name string) bool { return len(found[name]) > 1 })
		maps.DeleteFunc(rest.Same, func(name, _ string) bool { return len(found[name]) > 1 })
		if out, _, err = planAdopt(ctx, w, rest); err != nil {
			return out, err
		}
		out.Refusals = append(out.Refusals, unclear...)
		for _, r := range unclear {
			out.Wrong = append(out.Wrong, r.Error())
		}
	}
	for _, name := range req.names() {
		if len(found[name]) == 0 {
			if near, has := out.isDeclared(name); !has {
				out.Wrong = append(out.Wrong, fmt.Sprintf("no exposure is called %q%s", name, near))
			}
			out.Refusals = append(out.Refusals, exposure.Refusal{
				Title: name, Rule: "nothing of that name can be adopted", Fix: "darkroom adopt lists what can, and darkroom export --check what is gone",
			})
		}
	}
	return out, nil
}

// isDeclared reports that an exposure has a name of the request, which may say the project;
// near are other names.
func (p *Adopted) isDeclared(name string) (near string, has bool) {
	all := slices.Collect(maps.Keys(p.declared))
	var names []string
	for _, project := range all {
		names = append(names, p.declared[project]...)
		if bare, ok := inProject(all, project, name); ok && slices.Contains(p.declared[project], bare) {
			return "", true
		}
	}
	return editdistance.Nearest(name, names), false
}

func (r AdoptRequest) names() []string {
	return slices.Concat(r.Names, slices.Sorted(maps.Keys(r.Same)))
}

// planAdopt is [PlanAdopt] for names that are clear. Found are the exposures that each
// name of the request means, with their projects.
func planAdopt(ctx context.Context, w *workspace.Workspace, req AdoptRequest) (out Adopted, found map[string][]string, err error) {
	every, err := candidatesOf(ctx, w, func(*lineage.Dashboard) bool { return true })
	if err != nil {
		return out, nil, err
	}
	found = map[string][]string{}
	for _, p := range w.Targets() {
		if p.Root == "" {
			continue
		}
		if err := adoptIn(ctx, w, p, req, every, &out, found); err != nil {
			return out, nil, err
		}
	}
	out.noteNames()
	return out, found, nil
}

// inProject is the name of an exposure without its project; ok is false when it is said to
// be of another one.
func inProject(all []*model.Project, p *model.Project, name string) (bare string, ok bool) {
	for _, other := range all {
		if bare, is := strings.CutPrefix(name, other.Name+"."); is {
			return bare, other == p
		}
	}
	return name, true
}

// adoptIn adopts what one project has. What turns out not to work is left out, and the
// rest is planned again from the files as they are.
func adoptIn(ctx context.Context, w *workspace.Workspace, p *model.Project, req AdoptRequest, every []chosen, out *Adopted, found map[string][]string) error {
	refused := map[string]exposure.Refusal{}
	for {
		pe, err := openProject(ctx, w, p, every, nil)
		if err != nil {
			return err
		}
		a := newAdopter(w, pe, req, every, refused)
		worse, err := a.run(ctx)
		if err != nil {
			return err
		}
		if len(worse) == 0 {
			a.finish(out, found)
			return nil
		}
		maps.Copy(refused, worse)
	}
}
