package refresh

import (
	"cmp"
	"slices"
	"time"

	"darkroom/model"
	"darkroom/model/lineage"
)

// Build is a successful build of a resource.
type Build struct {
	Resource *model.Resource
	At       time.Time
}

// Blocker is an ancestor, or a test of one, whose newest result is in the way.
type Blocker struct {
	Resource *model.Resource
	Test     *model.Test // nil where the resource itself is meant
	Status   string      // dbt's word
	At       time.Time
}

// Name is what is in the way.
func (b *Blocker) Name() string {
	if b.Test != nil {
		return "test " + b.Test.Name
	}
	return b.Resource.FullName()
}

// Ancestry is what the results say of everything upstream.
type Ancestry struct {
	Newest     Build // the last one; its Resource is nil where nothing was built
	Blockers   []Blocker
	Known, All int               // of the ancestors that dbt builds, those with a result
	Missing    []*model.Resource // the others
	Partial    []*model.Resource // built in part: neither a build nor in the way
}

// results answers for sets of resources of one graph.
type results struct {
	g     *lineage.Graph
	tests map[lineage.ID][]*model.Test // nil where tests do not count
	runs  map[*model.Test]model.Run
}

func newResults(g *lineage.Graph, requireTests bool) *results {
	r := &results{g: g}
	if !requireTests {
		return r
	}
	r.tests, r.runs = map[lineage.ID][]*model.Test{}, map[*model.Test]model.Run{}
	for _, p := range g.Projects {
		for i := range p.Tests {
			t := &p.Tests[i]
			run, ok := p.Runs[t.ID]
			if !ok {
				continue
			}
			r.runs[t] = run
			for _, parent := range t.DependsOn {
				if id, ok := g.ResourceIn(p, parent); ok {
					r.tests[id] = append(r.tests[id], t)
				}
			}
		}
	}
	return r
}

// of looks at the resources that are read, and at all that is upstream of them.
func (r *results) of(reads []lineage.ID) *Ancestry {
	a, blocking := &Ancestry{}, map[*model.Test]bool{}
	all := append(r.g.Ancestors(-1, reads...), reads...)
	slices.Sort(all)
	for _, id := range slices.Compact(all) {
		resource := r.g.Node(id).Resource
		if resource == nil {
			continue
		}
		r.addTests(a, id, resource, blocking)
		if !resource.HasRuns() {
			continue
		}
		a.All++
		run, ok := r.g.Run(id)
		outcome := run.Outcome()
		if !ok || outcome == model.OutcomeUnknown {
			a.Missing = append(a.Missing, resource)
			continue
		}
		a.Known++
		switch outcome {
		case model.OutcomeFailed, model.OutcomeSkipped:
			a.Blockers = append(a.Blockers, Blocker{Resource: resource, Status: run.Status, At: run.EndedAt})
		case model.OutcomePartial:
			a.Partial = append(a.Partial, resource)
		}
		if !run.BuiltAt.IsZero() && !run.BuiltAt.Before(a.Newest.At) {
			a.Newest = Build{resource, run.BuiltAt}
		}
	}
	slices.SortStableFunc(a.Blockers, func(x, y Blocker) int { return cmp.Compare(x.rank(), y.rank()) })
	return a
}

// rank puts what failed before what waited for it.
func (b *Blocker) rank() int {
	if b.Status == "skipped" {
		return 1
	}
	return 0
}

// addTests lets failed and skipped tests block; those without a result do not.
func (r *results) addTests(a *Ancestry, id lineage.ID, resource *model.Resource, blocking map[*model.Test]bool) {
	for _, t := range r.tests[id] {
		run := r.runs[t]
		if o := run.Outcome(); o == model.OutcomeFailed || o == model.OutcomeSkipped {
			if !blocking[t] { // of two resources it touches, the first
				blocking[t] = true
				a.Blockers = append(a.Blockers, Blocker{Resource: resource, Test: t, Status: run.Status, At: run.EndedAt})
			}
		}
	}
}
