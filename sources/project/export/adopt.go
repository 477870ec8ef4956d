package export

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/exposure"
	"darkroom/model/exposure/merge"
	"darkroom/model/lineage"
	"darkroom/sources/disk"
	"darkroom/sources/project/workspace"
)

// AdoptRequest says what darkroom should keep up to date from now on.
type AdoptRequest struct {
	// Names are hand-written exposures; All takes every one whose dashboard is
	// known.
	Names []string
	All   bool
	// Same gives the entries of gone dashboards to those that replace them: name
	// of the exposure → key of the new dashboard, "" for the only one that looks
	// the same.
	Same map[string]string
	// Take lists fields in which the BI tool's value should go into the file; everything
	// else that is written by hand stays.
	Take []string
}

// Adopted is what adopting would do. Its Plan is for [Write].
type Adopted struct {
	Plan
	Adopted []Adoption
	// Include are dashboards to include, Clear those whose decision went over
	// to another.
	Include, Clear []string
}

// Adoption is one exposure that darkroom takes over.
type Adoption struct {
	Name, File, Title, Key string
}

// Differences are the values of an adopted exposure that differ from the BI
// tool's and stay, and those that will follow the tool.
func (p *Adopted) Differences(a Adoption) (stay []merge.Conflict, follow []merge.FieldChange) {
	for _, c := range p.Conflicts {
		if c.Key == a.Key && c.Field != "" {
			stay = append(stay, c)
		}
	}
	for i := range p.Items {
		if it := &p.Items[i]; it.Key == a.Key && it.What != merge.Yours {
			for _, f := range it.Fields {
				if !isMeta(f.Field) {
					follow = append(follow, f)
				}
			}
		}
	}
	return stay, follow
}

// isMeta reports a field that only darkroom reads.
func isMeta(field string) bool {
	return strings.HasPrefix(strings.TrimPrefix(field, "config."), "meta.")
}

// WriteAdopted keeps the decisions and writes the files that go with them: an entry that
// was taken over and whose dashboard is not included would go with the next export. A
// failure takes the decisions back.
func WriteAdopted(ctx context.Context, w *workspace.Workspace, p Adopted) error {
	if len(p.Refusals) > 0 {
		return errors.New(p.Refusals[0].Error())
	}
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
// changes. What is not found is an error that says what there is.
func PlanAdopt(ctx context.Context, w *workspace.Workspace, req AdoptRequest) (Adopted, error) {
	var out Adopted
	every := candidatesOf(w, func(*lineage.Dashboard) bool { return true })
	missing := slices.Clone(req.Names)
	for name := range req.Same {
		missing = append(missing, name)
	}
	for _, p := range w.Graph.Projects {
		if p.Root == "" {
			continue
		}
		pe, err := openProject(ctx, w, p, every)
		if err != nil {
			return out, err
		}
		a := adopter{w: w, pe: pe, req: req, every: every, out: &out}
		if err := a.run(ctx); err != nil {
			return out, err
		}
		missing = slices.DeleteFunc(missing, func(name string) bool { return slices.Contains(a.names, name) })
	}
	out.noteNames()
	if len(missing) > 0 {
		slices.Sort(missing)
		return out, fmt.Errorf("%s: nothing of that name can be adopted; darkroom adopt lists what can, and darkroom export --check what is gone", missing[0])
	}
	return out, nil
}

// adopter works on one project.
type adopter struct {
	w     *workspace.Workspace
	pe    projectExport
	req   AdoptRequest
	every []chosen
	out   *Adopted

	picked []exposure.Candidate
	names  []string
}

func (a *adopter) run(ctx context.Context) error {
	if err := errors.Join(a.adopt(), a.same()); err != nil {
		return err
	}
	if len(a.picked) == 0 {
		return nil
	}
	var keys []string
	for i := range a.picked {
		keys = append(keys, a.picked[i].Key)
	}
	plan := planProject(a.w, a.pe, a.picked, held{keep: a.pe.disk.KeysExcept(keys...)})
	a.out.Refusals = append(a.out.Refusals, plan.Refusals...)
	if err := a.out.merge(ctx, a.pe, plan, merge.Settle{Take: a.take(), Keep: a.names}); err != nil {
		return err
	}
	for _, c := range a.out.Conflicts {
		if c.Problem != "" && isMeta(c.Field) {
			return fmt.Errorf("%s: %s.%s %s; write its meta with one key per line", c.File, c.Name, c.Field, c.Problem)
		}
	}
	return nil
}

// take makes the fields of the request as narrow as the names that are kept.
func (a *adopter) take() []string {
	var out []string
	for _, name := range a.names {
		for _, field := range a.req.Take {
			if field == "all" {
				out = append(out, name)
				a.names = slices.DeleteFunc(slices.Clone(a.names), func(s string) bool { return s == name })
				continue
			}
			out = append(out, name+"."+field)
		}
	}
	return out
}

func (a *adopter) pick(c *chosen, adopted Adoption) {
	a.picked = append(a.picked, c.Candidate)
	a.names = append(a.names, adopted.Name)
	a.out.Adopted = append(a.out.Adopted, adopted)
	a.out.Include = append(a.out.Include, c.keys...)
}

// adopt looks for the hand-written ones.
func (a *adopter) adopt() error {
	for i := range a.every {
		c := &a.every[i]
		who, ok := a.pe.disk.Find(c.Candidate)
		if !ok || !a.req.All && !slices.Contains(a.req.Names, who.Name) || slices.Contains(a.names, who.Name) {
			continue
		}
		if ferr := a.pe.disk.Adopt(c.Key, who); ferr != nil {
			if a.req.All {
				a.out.Refusals = append(a.out.Refusals, exposure.Refusal{Key: c.Key, Title: who.Name, Rule: ferr.Problem, Fix: ferr.Fix})
				continue
			}
			return ferr
		}
		a.pick(c, Adoption{Name: who.Name, File: who.File, Title: title(&c.Candidate), Key: c.Key})
	}
	return nil
}

// same hands entries of gone dashboards over.
func (a *adopter) same() error {
	entries := a.pe.disk.Entries()
	for name, key := range a.req.Same {
		at := slices.IndexFunc(entries, func(e merge.Entry) bool { return e.Name == name })
		if at < 0 {
			continue
		}
		e := &entries[at]
		if present(a.w)[e.Key] {
			return fmt.Errorf("%s: its dashboard is still in %s, nothing can take its place", name, a.tool(e))
		}
		c, err := a.heir(e, key, entries)
		if err != nil {
			return err
		}
		if ferr := a.pe.disk.TakeOver(e.Key, c.Key); ferr != nil {
			return ferr
		}
		a.pick(c, Adoption{Name: e.Name, File: e.File, Title: title(&c.Candidate), Key: c.Key})
		a.out.Clear = append(a.out.Clear, e.Key)
	}
	return nil
}

// tool names the BI tool of an entry.
func (a *adopter) tool(e *merge.Entry) string {
	return model.ToolWithKey(model.Tools(a.w.Graph.Sites), e.ToolKey)
}

// heir is the candidate with that key, or the only one that looks like e.
func (a *adopter) heir(e *merge.Entry, key string, entries []merge.Entry) (*chosen, error) {
	var found []*chosen
	for i := range a.every {
		c := &a.every[i]
		taken := slices.ContainsFunc(entries, func(o merge.Entry) bool { return o.Key == c.Key })
		if strings.EqualFold(c.Key, key) || key == "" && !taken && e.Looks(&c.Candidate) {
			found = append(found, c)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case key != "":
		return nil, fmt.Errorf("%s: %s has no dashboard %s", e.Name, a.tool(e), key)
	case len(found) == 0:
		return nil, fmt.Errorf("%s: no new dashboard has its title and place; name one: --same %s=LUID", e.Name, e.Name)
	}
	return nil, fmt.Errorf("%s: %d new dashboards have its title and place; choose one: --same %s=%s", e.Name, len(found), e.Name, found[0].Key)
}

func title(c *exposure.Candidate) string {
	switch {
	case c.Dashboard != nil:
		return model.DisplayName(c.Dashboard.Name)
	case c.Workbook != nil:
		return model.DisplayName(c.Workbook.Name)
	}
	return ""
}
