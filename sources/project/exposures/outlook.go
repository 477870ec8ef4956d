package exposures

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"darkroom/model/curate"
	"darkroom/model/exposure"
	"darkroom/model/exposure/merge"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/sources/project/export"
	"darkroom/sources/project/workspace"
)

// List are the exposures of the projects: what darkroom's files will hold after an export,
// not what they hold now, and what the manifests declare in other files, by project and
// name.
func List(ctx context.Context, w *workspace.Workspace, book *curate.Book) ([]*outlook.Entry, error) {
	plan, err := export.PlanExport(ctx, w, book, export.Options{Look: true})
	if err != nil {
		return nil, err
	}
	all, err := newLister(w, &plan).entries(ctx)
	if err != nil {
		return nil, err
	}
	list := outlook.Make(all, nil, "").Entries
	return slices.DeleteFunc(list, func(x *outlook.Entry) bool {
		return x.State == outlook.Removed || !x.Auto && x.Unparsed && x.Key == ""
	}), nil
}

// Outlook is what an export would do with each dashboard and exposure, for the decisions in
// book. Where an export stops with an error it says so and does nothing; an error is only
// that of ctx.
func Outlook(ctx context.Context, w *workspace.Workspace, book *curate.Book) (*outlook.Outlook, error) {
	return (&Lookout{}).Outlook(ctx, w, book)
}

// Lookout makes one outlook after the other and keeps what it read for the next. The zero
// value is ready. Not for several goroutines at once.
type Lookout struct{ cache merge.Cache }

// Outlook is [Outlook].
func (l *Lookout) Outlook(ctx context.Context, w *workspace.Workspace, book *curate.Book) (*outlook.Outlook, error) {
	plan, err := export.PlanExport(ctx, w, book, export.Options{Look: true, Cache: &l.cache})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	l.cache.Sweep()
	stops := cmp.Or(err, plan.Look.Problem, w.Writable())
	b := &builder{graph: w.Graph, plan: &plan, of: map[string]*outlook.Dashboard{}, refused: map[string]*outlook.Entry{}}
	if err == nil {
		if b.entries, err = newLister(w, &plan).entries(ctx); err != nil {
			return nil, err
		}
		b.fromEntries()
		b.fromRefusals()
		b.byHand()
	}
	if stops == nil {
		b.leftOut()
		return outlook.Make(b.entries, b.of, ""), nil
	}
	b.stop(stops.Error(), book)
	return outlook.Make(b.entries, b.of, stops.Error()), nil
}

// builder joins what is known of each dashboard.
type builder struct {
	graph   *lineage.Graph
	plan    *export.Plan
	entries []*outlook.Entry
	of      map[string]*outlook.Dashboard
	refused map[string]*outlook.Entry // by key
}

func (b *builder) dashboard(key string) *outlook.Dashboard {
	d := b.of[key]
	if d == nil {
		d = &outlook.Dashboard{}
		b.of[key] = d
	}
	return d
}

// fromEntries gives each dashboard the entries that darkroom writes for it.
func (b *builder) fromEntries() {
	kept := map[string]*export.Kept{}
	for i := range b.plan.Kept {
		for _, name := range b.plan.Kept[i].Names {
			kept[name] = &b.plan.Kept[i]
		}
	}
	for _, e := range b.entries {
		if !e.Auto {
			continue
		}
		if e.State == outlook.Refused {
			b.refused[e.Key] = e
		}
		if k := kept[e.Name]; k != nil {
			e.Why, e.Fix = k.Why, k.Fix
		}
		e.Dashboards = b.keys(e.Key)
		for _, key := range e.Dashboards {
			d := b.dashboard(key)
			d.Entries = append(d.Entries, e)
			d.State = worse(d.State, e.State)
		}
	}
}

// keys are the dashboards of an entry or a candidate by its key.
func (b *builder) keys(key string) []string {
	if keys := b.plan.Look.Chosen[key]; keys != nil {
		return keys
	}
	if keys := b.plan.Look.Others[key]; keys != nil {
		return keys
	}
	return []string{key}
}

// worse is the state that matters more of a dashboard with entries in several projects.
func worse(a, b outlook.State) outlook.State {
	if a.Rank() > b.Rank() {
		return a
	}
	return b
}

// fromRefusals says of dashboards why they are not written.
func (b *builder) fromRefusals() {
	for i := range b.plan.Refusals {
		r := &b.plan.Refusals[i]
		b.refuse(r.Key, r.Title, r.Rule, r.Fix)
	}
}

// refuse adds a reason why something is not written.
func (b *builder) refuse(key, title, rule, fix string) {
	e := b.refused[key]
	if e == nil {
		e = &outlook.Entry{Name: exposure.NameFor(title), Label: title, Type: "dashboard", Key: key, State: outlook.Refused, Auto: true, DependsOn: []string{}, Dashboards: b.keys(key)}
		b.entries = append(b.entries, e)
		b.refused[key] = e
	}
	e.Why, e.Fix = joined(e.Why, rule), joined(e.Fix, fix)
	for _, id := range e.Dashboards {
		d := b.dashboard(id)
		d.State, d.Why, d.Fix = outlook.Refused, e.Why, e.Fix
		if !slices.Contains(d.Entries, e) {
			d.Entries = append(d.Entries, e)
		}
	}
}

func joined(a, b string) string {
	switch {
	case a == "" || a == b:
		return b
	case strings.Contains(a, b):
		return a
	}
	return a + "; " + b
}

// byHand marks the dashboards of exposures that are written by hand.
func (b *builder) byHand() {
	named := map[[2]string]*outlook.Entry{}
	for _, e := range b.entries {
		if !e.Auto && e.In != nil {
			named[[2]string{e.In.Root, e.Name}] = e
		}
	}
	for key, list := range b.plan.Look.ByHand {
		d := b.dashboard(key)
		d.ByHand = true
		d.State = worse(d.State, outlook.Manual)
		for _, h := range list {
			if e := named[[2]string{h.Project.Root, h.Name}]; e != nil && !slices.Contains(d.Entries, e) {
				d.Entries = append(d.Entries, e)
				e.Dashboards = append(e.Dashboards, key)
			}
		}
	}
}

// leftOut finds what is chosen, not refused, and not written for another reason.
func (b *builder) leftOut() {
	for key, dashboards := range b.plan.Look.Chosen {
		if b.of[dashboards[0]] != nil && len(b.of[dashboards[0]].Entries) > 0 {
			continue
		}
		why := "no project has a place for it"
		if len(b.plan.NoProject) > 0 {
			why = "no dbt_project.yml beside the manifest of " + strings.Join(b.plan.NoProject, ", ")
		}
		title := key
		for i := range b.plan.Conflicts {
			if c := &b.plan.Conflicts[i]; c.Key == key && c.Problem != "" {
				why, title = c.Problem, c.Name
			}
		}
		if d, ok := b.graph.Dashboard(dashboards[0]); ok {
			title = d.Title()
		}
		b.refuse(key, title, why, "")
	}
}

// stop says of everything that an export would write that it does not.
func (b *builder) stop(why string, book *curate.Book) {
	for _, e := range b.entries {
		if would(e.State) {
			e.State, e.Why, e.Fix = outlook.Refused, why, ""
		}
	}
	for _, d := range b.graph.Dashboards() {
		s := b.of[d.Key]
		switch {
		case s == nil && book.Effective(d.Key) == curate.Included:
			s = b.dashboard(d.Key)
		case s == nil || !would(s.State):
			continue
		}
		s.State, s.Why, s.Fix = outlook.Refused, why, ""
	}
}

// would reports a state in which something is going to be written.
func would(s outlook.State) bool {
	return s == outlook.New || s == outlook.Changed || s == outlook.Removed
}
