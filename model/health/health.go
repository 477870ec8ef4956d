package health

import (
	"context"
	"slices"
	"time"

	"darkroom/model"
	"darkroom/model/lineage"
)

// Options are what is asked for.
type Options struct {
	Now    time.Time // for what is too long ago
	Ignore []Ignorable
	// Catalog judges as dbt's Catalog does: a skipped model is no finding, and nothing is
	// too long ago.
	Catalog bool
}

// tooOld is how long a build or a check counts.
const tooOld = 30 * 24 * time.Hour

// Health has what the newest results say of every node of a graph. It is not changed once
// it is made, and safe for concurrent reading.
type Health struct {
	graph *lineage.Graph
	opt   Options
	// own has the findings of each node alone, all those of what is upstream as well.
	own, all                []uint32
	nearest                 []lineage.ID // the nearest that failed, of each node itself or upstream
	tests                   map[lineage.ID][]test
	exposure, model, itself masks
}

// test is a test with the project whose results count.
type test struct {
	*model.Test
	run model.Run
	ran bool
}

// New judges every node, in one pass over the graph. The only error is that of ctx.
func New(ctx context.Context, g *lineage.Graph, opt Options) (*Health, error) {
	h := &Health{graph: g, opt: opt, own: make([]uint32, g.Len()), tests: map[lineage.ID][]test{}}
	h.exposure = masksOf(h.asked, func(r *Rule) State { return r.Exposure })
	h.model = masksOf(h.counts, func(r *Rule) State { return r.Model })
	h.itself = masksOf(h.counts, func(r *Rule) State { return r.Itself })
	h.gatherTests()
	for id := range lineage.ID(g.Resources()) {
		if id%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		h.own[id] = h.resource(id)
	}
	h.all, h.nearest = g.Inherit(h.own), h.failedNear()
	return h, nil
}

// asked reports a rule of the set that was asked for.
func (h *Health) asked(r *Rule) bool { return !r.DocsOnly || !h.opt.Catalog }

// counts reports one that is not ignored either, which is possible for models and sources.
func (h *Health) counts(r *Rule) bool { return h.asked(r) && !h.ignored(r) }

func (h *Health) ignored(r *Rule) bool {
	return slices.Contains(h.opt.Ignore, r.Ignore)
}

// gatherTests finds the data tests of each resource: a test belongs to each that it
// touches. Unit tests say nothing of data.
func (h *Health) gatherTests() {
	for _, p := range h.graph.Projects {
		for i := range p.Tests {
			t := test{Test: &p.Tests[i]}
			t.run, t.ran = p.Runs[t.ID]
			for _, parent := range t.DependsOn {
				if id, ok := h.graph.ResourceIn(p, parent); ok {
					h.tests[id] = append(h.tests[id], t)
				}
			}
		}
	}
}

// resource gives the findings of one resource alone.
func (h *Health) resource(id lineage.ID) uint32 {
	r := h.graph.Node(id).Resource
	bits := h.testBits(id)
	switch {
	case r.Kind == model.KindSource:
		bits |= h.freshnessBits(id)
	case r.HasRuns():
		bits |= h.runBits(id)
	}
	if bits&(isMissing|isUnchecked) != 0 {
		return bits // what was never run is unknown, however well it is described
	}
	if (r.Kind == model.KindModel || r.Kind == model.KindSource) && r.Description() == "" {
		bits |= 1 << undescribed
	}
	if r.Kind == model.KindModel && len(h.tests[id]) == 0 {
		bits |= 1 << modelUntested
	}
	return bits
}

// freshness is the newest check of a source.
func (h *Health) freshness(id lineage.ID) (model.Freshness, bool) {
	n := h.graph.Node(id)
	f, ok := n.Project.Freshness[n.Resource.ID]
	return f, ok
}

func (h *Health) runBits(id lineage.ID) uint32 {
	run, ok := h.graph.Run(id)
	if !ok {
		return isMissing
	}
	bits := uint32(isKnown)
	switch run.Outcome() {
	case model.OutcomeFailed:
		bits |= 1 << modelFailed
	case model.OutcomePartial:
		bits |= 1 << modelPartial
	case model.OutcomeSkipped:
		bits |= 1 << modelSkipped
	case model.OutcomeUnknown:
		return isMissing // a word that is not known proves nothing
	}
	if h.graph.Node(id).Resource.Kind == model.KindModel && h.old(run.EndedAt) {
		bits |= 1 << modelOld
	}
	return bits
}

func (h *Health) testBits(id lineage.ID) (bits uint32) {
	for _, t := range h.tests[id] {
		if f, ok := t.finding(); ok {
			bits |= 1<<f | isKnown
		}
	}
	return bits
}

// finding is what the test's result comes to; ok is false where that is nothing.
func (t *test) finding() (f finding, ok bool) {
	switch t.run.Status {
	case "fail", "error", "runtime error":
		return testFailed, true
	case "warn":
		return testWarned, true
	case "skipped":
		return testSkipped, true
	}
	return 0, false
}

func (h *Health) freshnessBits(id lineage.ID) uint32 {
	f, ok := h.freshness(id)
	if !ok {
		if h.graph.Node(id).Resource.ChecksFreshness {
			return isUnchecked
		}
		return 1 << sourceUnjudged
	}
	bits := uint32(isKnown)
	switch f.Status {
	case "pass":
	case "warn":
		bits |= 1 << sourceWarned
	case "error", "runtime error":
		bits |= 1 << sourceFailed
	default:
		return isUnchecked
	}
	if h.old(f.CheckedAt) {
		bits |= 1 << sourceOld
	}
	return bits
}

func (h *Health) old(at time.Time) bool {
	return !at.IsZero() && h.opt.Now.Sub(at) > tooOld
}

// State is the health of a node: of a dashboard, over everything upstream; of a resource,
// by the rules for models and sources.
func (h *Health) State(id lineage.ID) State {
	r := h.graph.Node(id).Resource
	if r == nil {
		return h.exposure.state(h.all[id])
	}
	own := h.itself.state(h.own[id])
	if r.Kind != model.KindModel {
		return own
	}
	if h.all[id]&isUnchecked != 0 && own == Healthy {
		own = Unknown
	}
	return max(own, failing(h.model.state(h.all[id])))
}

// failing leaves only what is wrong.
func failing(s State) State {
	if s == Healthy {
		return Unknown
	}
	return s
}

// Over is the health of an exposure with these parents.
func (h *Health) Over(parents ...lineage.ID) State {
	var bits uint32
	for _, id := range parents {
		bits |= h.all[id]
	}
	return h.exposure.state(bits)
}
