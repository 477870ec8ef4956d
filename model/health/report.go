package health

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/lineage"
)

// Report is the health of one thing with what is behind it.
type Report struct {
	State    State
	Findings []Finding // the worst first
	Tally
	Missing []*model.Resource // those of the Ancestors without a result
}

// Tally counts what could be known, and what is.
type Tally struct {
	// Known counts those of the Ancestors with a result; Ancestors those that could have one:
	// what dbt builds, and sources with a freshness rule.
	Known, Ancestors int
	// Sources are those of the Ancestors that are sources, SourcesKnown those with a check.
	SourcesKnown, Sources int
	// TestsKnown counts those of the Tests of all ancestors with a result.
	TestsKnown, Tests int
	// Newest and Oldest are when results came, zero where none has a time; Took is how
	// long builds and tests took.
	Newest, Oldest time.Time
	Took           time.Duration
}

// Finding is one rule that fits a resource.
type Finding struct {
	*Rule
	Means    State // for what the report is about
	Resource *model.Resource
	Test     *model.Test // nil where the resource itself is meant
	Message  string      // of dbt; a line of text from outside
	At       time.Time   // zero where it is not known
	// Because is the failed ancestor that a skipped resource waited for; nil where none is
	// known.
	Because *model.Resource
}

// Sentence says what was found, without a full stop: "skipped because stg_orders failed".
func (f *Finding) Sentence() string {
	name := f.Resource.FullName()
	switch f.Rule {
	case &rules[modelFailed]:
		return name + " failed"
	case &rules[modelPartial]:
		return name + " was built in part"
	case &rules[modelSkipped]:
		if f.Because != nil {
			return fmt.Sprintf("%s was skipped because %s failed", name, f.Because.FullName())
		}
		return name + " was skipped"
	case &rules[testFailed]:
		return fmt.Sprintf("test %s on %s failed", f.Test.Name, name)
	case &rules[testWarned]:
		return fmt.Sprintf("test %s on %s warned", f.Test.Name, name)
	case &rules[testSkipped]:
		return fmt.Sprintf("test %s on %s was skipped", f.Test.Name, name)
	case &rules[sourceFailed]:
		return name + " is stale"
	case &rules[sourceWarned]:
		return name + " may be stale"
	case &rules[sourceOld]:
		return name + " was last checked on " + f.At.Format(time.DateOnly)
	case &rules[sourceUnjudged]:
		return name + " has no freshness rule"
	case &rules[modelUntested]:
		return name + " has no tests"
	case &rules[modelOld]:
		return name + " was last built on " + f.At.Format(time.DateOnly)
	}
	return name + " has no description"
}

// Report gives the health of a node with its findings.
func (h *Health) Report(id lineage.ID) *Report {
	if h.graph.Node(id).Resource == nil {
		return h.ReportOver(h.graph.Upstream(id)...)
	}
	rep := &Report{State: h.State(id)}
	h.add(rep, id, func(r *Rule) State { return r.Itself })
	if h.graph.Node(id).Resource.Kind == model.KindModel {
		for _, up := range h.graph.Ancestors(-1, id) {
			if h.graph.Node(up).Resource.Kind == model.KindSource {
				h.add(rep, up, func(r *Rule) State { return r.Model })
			}
		}
	}
	rep.Findings = slices.DeleteFunc(rep.Findings, func(f Finding) bool { return h.ignored(f.Rule) })
	rep.sort()
	return rep
}

// ReportOver gives the health of an exposure with these parents.
func (h *Health) ReportOver(parents ...lineage.ID) *Report {
	rep := &Report{State: h.Over(parents...)}
	from := slices.DeleteFunc(slices.Clone(parents), func(id lineage.ID) bool { return h.graph.Node(id).Resource == nil })
	all := append(h.graph.Ancestors(-1, from...), from...)
	slices.Sort(all)
	for _, id := range slices.Compact(all) {
		h.add(rep, id, func(r *Rule) State { return r.Exposure })
	}
	rep.sort()
	return rep
}

// add takes one resource into a report, with what its findings mean there.
func (h *Health) add(rep *Report, id lineage.ID, meaning func(*Rule) State) {
	t := h.tally(id)
	rep.join(&t)
	h.note(rep, id, &t, meaning)
}

// tally is that of one resource.
func (h *Health) tally(id lineage.ID) (t Tally) {
	r := h.graph.Node(id).Resource
	if r.HasRuns() {
		run, _ := h.graph.Run(id)
		t.count(h.own[id]&isMissing == 0, run.EndedAt, tookOf(run))
	} else if checked, ok := h.freshness(id); r.Kind == model.KindSource && (ok || r.ChecksFreshness) {
		t.count(h.own[id]&isUnchecked == 0, checked.CheckedAt, 0)
		t.Sources, t.SourcesKnown = t.Ancestors, t.Known
	}
	for _, test := range h.tests[id] {
		t.Tests++
		if test.ran {
			t.TestsKnown++
			t.see(test.run.EndedAt, tookOf(test.run))
		}
	}
	return t
}

// isNotable reports a resource that note has something to say of, for an exposure.
func (h *Health) isNotable(id lineage.ID) bool {
	return h.own[id]&(h.exposure.degraded|h.exposure.caution|isMissing|isUnchecked) != 0
}

// note takes what is wrong with one resource into a report; t is that of the resource.
func (h *Health) note(rep *Report, id lineage.ID, t *Tally, meaning func(*Rule) State) {
	r := h.graph.Node(id).Resource
	var at time.Time
	var message string
	if r.HasRuns() {
		run, _ := h.graph.Run(id)
		at, message = run.EndedAt, run.Message
	} else if r.Kind == model.KindSource {
		checked, _ := h.freshness(id)
		at = checked.CheckedAt
	}
	if t.Known < t.Ancestors {
		rep.Missing = append(rep.Missing, r)
	}
	own := h.own[id] & (isKnown - 1)
	for f := finding(0); own>>f != 0; f++ { // most have none
		rule := &rules[f]
		means := meaning(rule)
		if own&(1<<f) == 0 || means == Unknown || !h.asked(rule) {
			continue
		}
		if f == testFailed || f == testWarned || f == testSkipped {
			continue // one for each test, below
		}
		one := Finding{Rule: rule, Means: means, Resource: r, At: at, Message: message}
		if f == modelSkipped {
			one.Because = h.cause(id)
		}
		rep.Findings = append(rep.Findings, one)
	}
	h.addTests(rep, id, meaning)
}

func (h *Health) addTests(rep *Report, id lineage.ID, meaning func(*Rule) State) {
	for _, t := range h.tests[id] {
		f, ok := t.finding()
		if !ok || meaning(&rules[f]) == Unknown || !h.asked(&rules[f]) {
			continue
		}
		one := Finding{Rule: &rules[f], Means: meaning(&rules[f]), Resource: h.graph.Node(id).Resource, Test: t.Test, Message: t.run.Message, At: t.run.EndedAt}
		if f == testSkipped {
			one.Because = h.cause(id)
		}
		rep.Findings = append(rep.Findings, one)
	}
}

// count takes in whether a resource that could have a result has one.
func (t *Tally) count(known bool, at time.Time, took time.Duration) {
	t.Ancestors++
	if known {
		t.Known++
		t.see(at, took)
	}
}

// see takes the time of a result in.
func (t *Tally) see(at time.Time, took time.Duration) {
	t.Took += took
	if at.IsZero() {
		return
	}
	if at.After(t.Newest) {
		t.Newest = at
	}
	if t.Oldest.IsZero() || at.Before(t.Oldest) {
		t.Oldest = at
	}
}

// tookOf is how long something ran. Whole numbers add up to the same in every order.
func tookOf(run model.Run) time.Duration {
	return time.Duration(math.Round(run.Seconds * float64(time.Second)))
}

// join takes another tally in.
func (t *Tally) join(other *Tally) {
	t.Known, t.Ancestors = t.Known+other.Known, t.Ancestors+other.Ancestors
	t.SourcesKnown, t.Sources = t.SourcesKnown+other.SourcesKnown, t.Sources+other.Sources
	t.TestsKnown, t.Tests = t.TestsKnown+other.TestsKnown, t.Tests+other.Tests
	t.see(other.Newest, other.Took)
	t.see(other.Oldest, 0)
}

// hasFailed reports a resource that failed, or has a failed test.
func (h *Health) hasFailed(id lineage.ID) bool {
	return int(id) < h.graph.Resources() && h.own[id]&(1<<modelFailed|1<<testFailed) != 0
}

// failedNear finds for every node the nearest that failed, itself or upstream; None where
// there is none. It goes downstream from all of them at once.
func (h *Health) failedNear() []lineage.ID {
	nearest := make([]lineage.ID, h.graph.Len())
	var queue []lineage.ID
	for id := range nearest {
		if nearest[id] = lineage.None; h.hasFailed(lineage.ID(id)) {
			nearest[id] = lineage.ID(id)
			queue = append(queue, lineage.ID(id))
		}
	}
	for at := 0; at < len(queue); at++ {
		for _, down := range h.graph.Downstream(queue[at]) {
			if nearest[down] == lineage.None {
				nearest[down] = nearest[queue[at]]
				queue = append(queue, down)
			}
		}
	}
	return nearest
}

// cause is the nearest ancestor that failed, or has a failed test; nil where none did.
func (h *Health) cause(id lineage.ID) *model.Resource {
	from := []lineage.ID{id}
	if h.hasFailed(id) { // its own failed test is not the cause
		from = h.graph.Upstream(id)
	}
	for _, at := range from {
		if found := h.nearest[at]; found != lineage.None && found != id {
			return h.graph.Node(found).Resource
		}
	}
	return nil
}

func (rep *Report) sort() {
	slices.SortStableFunc(rep.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Means, a.Means), strings.Compare(a.Code, b.Code), strings.Compare(a.Sentence(), b.Sentence()))
	})
	rep.Findings = slices.CompactFunc(rep.Findings, func(a, b Finding) bool {
		return a.Rule == b.Rule && a.Resource == b.Resource && a.Test == b.Test
	})
}

// Freshness is what the checks of sources come to: Unknown unless each of them is known, or
// where there is none.
func (rep *Report) Freshness() State {
	return rep.part(true, rep.Sources, rep.SourcesKnown)
}

// Quality is likewise what runs and tests come to.
func (rep *Report) Quality() State {
	return rep.part(false, rep.Ancestors-rep.Sources, rep.Known-rep.SourcesKnown)
}

func (rep *Report) part(fresh bool, all, known int) State {
	worst := Unknown
	for i := range rep.Findings {
		if f := &rep.Findings[i]; f.Fresh == fresh {
			worst = max(worst, f.Means)
		}
	}
	if worst == Unknown && all > 0 && known == all {
		return Healthy
	}
	return worst
}

// Coverage says how much is known: "12 of 30 ancestors in these results".
func (rep *Report) Coverage() string {
	return fmt.Sprintf("%d of %d ancestors in these results", rep.Known, rep.Ancestors)
}
