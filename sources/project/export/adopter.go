package export

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/merge"
	"darkroom/model/exposure/yamledit"
	"darkroom/model/shellword"
	"darkroom/sources/project/workspace"
)

// adopter makes one attempt on one project.
type adopter struct {
	w       *workspace.Workspace
	pe      projectExport
	req     AdoptRequest
	every   []chosen
	refused map[string]exposure.Refusal // by key, from earlier attempts
	wanted  map[string]bool             // names of the request, without the project
	heirs   map[string]string           // as in Same, by names without the project

	picked []exposure.Candidate
	names  map[string]bool // of those picked
	out    Adopted

	plan    exposure.Plan
	outcome merge.Outcome
}

func newAdopter(w *workspace.Workspace, pe projectExport, req AdoptRequest, every []chosen, refused map[string]exposure.Refusal) *adopter {
	a := &adopter{w: w, pe: pe, req: req, every: every, refused: refused, wanted: map[string]bool{}, heirs: map[string]string{}, names: map[string]bool{}}
	for _, name := range req.Names {
		if bare, ok := inProject(w.Targets(), pe.project, name); ok {
			a.wanted[bare] = true
		}
	}
	for name, key := range req.Same {
		if bare, ok := inProject(w.Targets(), pe.project, name); ok {
			a.heirs[bare] = key
		}
	}
	return a
}

// run plans what is picked. Worse are those that turned out not to work, by key: then
// nothing is planned.
func (a *adopter) run(ctx context.Context) (worse map[string]exposure.Refusal, err error) {
	a.adopt()
	a.same()
	if len(a.picked) == 0 {
		return nil, nil
	}
	var keys []string
	for i := range a.picked {
		keys = append(keys, a.picked[i].Key)
	}
	worse = map[string]exposure.Refusal{}
	if a.plan, err = planProject(ctx, a.w, a.pe, a.picked, held{keep: a.pe.disk.KeysExcept(keys...)}); err != nil {
		return nil, err
	}
	for _, r := range a.plan.Refusals {
		i := slices.IndexFunc(a.out.Adopted, func(d Adoption) bool { return d.Key == r.Key })
		r.Title = a.out.Adopted[max(i, 0)].Name
		worse[r.Key] = r
	}
	if len(worse) > 0 {
		return worse, nil
	}
	if a.outcome, err = a.pe.disk.Merge(ctx, a.plan, a.settle()); err != nil {
		if a.fileFails(err, worse); len(worse) == 0 {
			return nil, fmt.Errorf("%s: %w", a.pe.project.Name, err)
		}
		return worse, nil
	}
	for _, c := range a.outcome.Conflicts {
		if c.Problem != "" && isMeta(c.Field) {
			worse[c.Key] = exposure.Refusal{
				Key: c.Key, Title: c.Name, Rule: fmt.Sprintf("its %s in %s cannot be added: %s", c.Field, c.File, c.Problem),
				Fix: "write its meta with one key per line",
			}
		}
	}
	return worse, nil
}

// fileFails gives the error of a file to what was picked in it.
func (a *adopter) fileFails(err error, worse map[string]exposure.Refusal) {
	var ferr *yamledit.Error
	if !errors.As(err, &ferr) || ferr.File == "" {
		return
	}
	for _, d := range a.out.Adopted {
		if d.File == ferr.File {
			worse[d.Key] = exposure.Refusal{Key: d.Key, Title: d.Name, Rule: ferr.File + " " + ferr.Problem, Fix: "adopt it by itself, or write the file with one key per line"}
		}
	}
}

// finish hands over what was planned and what was refused.
func (a *adopter) finish(out *Adopted, found map[string][]string) {
	before := len(out.Refusals)
	for _, key := range slices.Sorted(maps.Keys(a.refused)) {
		out.Refusals = append(out.Refusals, a.refused[key])
	}
	out.Refusals = append(out.Refusals, a.out.Refusals...)
	out.Adopted = append(out.Adopted, a.out.Adopted...)
	out.Include, out.Clear = append(out.Include, a.out.Include...), append(out.Clear, a.out.Clear...)
	known := maps.Clone(a.names)
	for _, r := range out.Refusals[before:] {
		known[r.Title] = true
	}
	for _, name := range a.req.names() {
		if bare, ok := inProject(a.w.Targets(), a.pe.project, name); ok && known[bare] {
			found[name] = append(found[name], a.pe.project.Name+"."+bare)
		}
	}
	if out.declared == nil {
		out.declared = map[*model.Project][]string{}
	}
	out.declared[a.pe.project] = a.declared()
	if len(a.picked) > 0 {
		out.add(a.pe, a.plan, a.outcome)
	}
}

// declared are the names of the project's exposures, in its files and in its manifest.
func (a *adopter) declared() (names []string) {
	known := a.pe.disk.Known()
	for _, e := range known.Entries {
		names = append(names, e.Name)
	}
	for _, name := range known.Names {
		names = append(names, name)
	}
	for i := range a.pe.project.Exposures {
		names = append(names, a.pe.project.Exposures[i].Name)
	}
	return names
}

// settle keeps all that is written by hand, except the fields of the request.
func (a *adopter) settle() merge.Settle {
	var s merge.Settle
	all := slices.Contains(a.req.Take, "all")
	for _, name := range slices.Sorted(maps.Keys(a.names)) {
		if all {
			s.Take = append(s.Take, name)
			continue
		}
		s.Keep = append(s.Keep, name)
		for _, field := range a.req.Take {
			s.Take = append(s.Take, name+"."+field)
		}
	}
	return s
}

func (a *adopter) pick(c *chosen, name, file string) {
	a.picked = append(a.picked, c.Candidate)
	a.names[name] = true
	a.out.Adopted = append(a.out.Adopted, Adoption{Name: name, File: file, Title: title(&c.Candidate), Key: c.Key})
	a.out.Include = append(a.out.Include, c.keys...)
}

func (a *adopter) refuse(key, name, rule, fix string) {
	a.out.Refusals = append(a.out.Refusals, exposure.Refusal{Key: key, Title: name, Rule: rule, Fix: fix})
}

// adopt looks for the hand-written ones.
func (a *adopter) adopt() {
	for i := range a.every {
		c := &a.every[i]
		who, ok := a.pe.disk.Find(c.Candidate)
		if _, bad := a.refused[c.Key]; !ok || bad || a.names[who.Name] || !a.req.All && !a.wanted[who.Name] {
			continue
		}
		if ferr := a.pe.disk.Adopt(c.Key, who); ferr != nil {
			a.refuse(c.Key, who.Name, ferr.File+": "+ferr.Problem, ferr.Fix)
			continue
		}
		a.pick(c, who.Name, who.File)
	}
}

// same hands entries of gone dashboards over.
func (a *adopter) same() {
	if len(a.heirs) == 0 {
		return
	}
	entries, here := a.pe.disk.Entries(), present(a.w, workbookKeys(a.w.Graph))
	taken := make(map[string]bool, len(entries))
	for i := range entries {
		taken[entries[i].Key] = true
	}
	for i := range entries {
		e := &entries[i]
		key, asked := a.heirs[e.Name]
		if !asked {
			continue
		}
		if here[e.Key] {
			a.refuse(e.Key, e.Name, "its dashboard is still in "+a.tool(e), "nothing can take its place")
			continue
		}
		c, rule, fix := a.heir(e, key, taken)
		if c == nil {
			a.refuse(e.Key, e.Name, rule, fix)
			continue
		}
		if _, bad := a.refused[c.Key]; bad {
			continue
		}
		if ferr := a.pe.disk.TakeOver(e.Key, c.Key); ferr != nil {
			a.refuse(e.Key, e.Name, ferr.Problem, ferr.Fix)
			continue
		}
		a.pick(c, e.Name, e.File)
		a.out.Clear = append(a.out.Clear, e.Key)
	}
}

// tool names the BI tool of an entry.
func (a *adopter) tool(e *merge.Entry) string {
	return model.ToolWithKey(model.Tools(a.w.Graph.Sites), e.ToolKey)
}

// heir is the candidate with that key, or the only one that looks like e; nil with the
// reason when there is none.
func (a *adopter) heir(e *merge.Entry, key string, taken map[string]bool) (c *chosen, rule, fix string) {
	var found []*chosen
	for i := range a.every {
		c := &a.every[i]
		if strings.EqualFold(c.Key, key) || key == "" && !taken[c.Key] && e.Looks(&c.Candidate) {
			found = append(found, c)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], "", ""
	case key != "":
		return nil, a.tool(e) + " has no dashboard " + key, "see darkroom list dashboards"
	case len(found) == 0:
		return nil, "no new dashboard has its title and place", "name one: --same " + shellword.Item(e.Name+"=LUID")
	}
	return nil, fmt.Sprintf("%d new dashboards have its title and place", len(found)), "choose one: --same " + shellword.Item(e.Name+"="+found[0].Key)
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
