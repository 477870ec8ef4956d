package refresher

import (
	"context"
	"fmt"
	"slices"
	"time"

	"darkroom/model/refresh"
	"darkroom/sources/project/refreshes"
)

// Limits bound a run.
type Limits struct {
	Quota refresh.Quota
	Until time.Time // waiting ends then; now or earlier waits for nothing
	Flows bool      // Prep flows are run
}

// item is a refresh on its way.
type item struct {
	key     refresh.Key
	name    string
	verdict *refresh.Verdict // nil for a flow
	before  []*item
	phase   phase
	request refreshes.Record // ours, as it was sent; zero for none
	res     Result
}

type phase uint8

const (
	pending phase = iota
	running
	over // well or not: see res
)

// run is one pass over a site.
type run struct {
	*Site
	limits Limits
	items  []*item
	full   time.Time // the quota has no room before then
	silent int       // requests in a row without an answer
	polls  int
	waited bool
	skewed bool // was said
}

// Run starts what is due, in order, waits as long as it may, and says what came of every
// extract, in the order of the verdicts. An error ended the run early; the results are
// those until then.
func (s *Site) Run(ctx context.Context, verdicts []*refresh.Verdict, limits Limits) ([]Result, error) {
	r := &run{Site: s, limits: limits}
	of := r.plan(verdicts)
	err := r.loop(ctx)
	r.finish(err)
	results := make([]Result, len(verdicts))
	for i, v := range verdicts {
		results[i] = Result{Verdict: v, Status: Skipped}
		if it := of[v]; it != nil {
			results[i] = it.res
			results[i].Verdict = v
		}
	}
	return results, err
}

// plan makes items of what is due, of flows that come before, and of jobs that run and
// that others wait for.
func (r *run) plan(verdicts []*refresh.Verdict) map[*refresh.Verdict]*item {
	of := map[*refresh.Verdict]*item{}
	add := func(v *refresh.Verdict, p phase) *item {
		it := &item{key: v.Extract.Key, name: v.Extract.Name, verdict: v, phase: p}
		of[v] = it
		r.items = append(r.items, it)
		return it
	}
	for _, v := range verdicts {
		if v.Code == refresh.JobRunning {
			it := add(v, running)
			it.res.Job, it.res.Foreign = v.Job, !v.JobIsOurs
			if v.JobIsOurs {
				it.request = r.known[it.key]
			}
		}
	}
	flows := map[string]*item{}
	for _, v := range refresh.Ordered(verdicts, r.Clock.Now()) {
		var first []*item
		if r.limits.Flows {
			first = r.planFlows(v, flows)
		}
		if v.WrittenByFlow() && len(first) > 0 {
			of[v] = first[0]
			continue
		}
		add(v, pending).before = first
	}
	for v, it := range of {
		for _, b := range v.Before {
			if before := of[b]; before != nil && before != it {
				it.before = append(it.before, before)
			}
		}
	}
	return of
}

// planFlows makes an item of each flow before an extract, unless it has run since the
// build.
func (r *run) planFlows(v *refresh.Verdict, flows map[string]*item) (first []*item) {
	for _, f := range v.Flows {
		it := flows[f.LUID]
		if it == nil {
			it = &item{key: refresh.Key{Site: r.ID, Kind: refresh.Flow, LUID: f.LUID}, name: f.Name}
			flows[f.LUID] = it
			r.items = append(r.items, it)
		}
		it.verdict = v
		first = append(first, it)
	}
	for i, f := range v.Flows {
		for j, earlier := range v.Flows {
			if slices.Contains(f.ParentIDs, earlier.ID) && !slices.Contains(first[i].before, first[j]) {
				first[i].before = append(first[i].before, first[j])
			}
		}
	}
	return first
}

// loop starts and waits until everything is over, nothing can begin any more, or the time
// is up.
func (r *run) loop(ctx context.Context) error {
	for {
		if err := r.startAll(ctx); err != nil {
			return err
		}
		now := r.Clock.Now()
		wake, more := r.next(now)
		if !more || !now.Before(r.limits.Until) {
			return nil
		}
		if wake.After(r.limits.Until) {
			wake = r.limits.Until
		}
		r.waited = true
		if err := r.Clock.Sleep(ctx, wake.Sub(now)); err != nil {
			return err
		}
		if err := r.poll(ctx); err != nil {
			return err
		}
	}
}

// How long jobs are left alone: from the first to the last, and how many are asked for at a
// time, since the site allows few such calls (sources/tableau/API.md#rate-limits).
const (
	firstPoll  = time.Second
	lastPoll   = 30 * time.Second
	mostPolled = 10
)

// next is when to look again; more is false where nothing can happen before the end.
func (r *run) next(now time.Time) (wake time.Time, more bool) {
	count := map[phase]int{}
	for _, it := range r.items {
		count[it.phase]++
	}
	delay := min(lastPoll, firstPoll<<min(r.polls, 10))
	switch {
	case count[running] > 0:
		return now.Add(delay), true
	case count[pending] > 0 && r.full.After(now) && !r.full.After(r.limits.Until):
		return r.full, true
	}
	return now, false
}

func (r *run) startAll(ctx context.Context) error {
	for _, it := range r.items {
		if it.phase != pending || !r.mayBegin(it) {
			continue
		}
		now := r.Clock.Now()
		if r.full.After(now) {
			continue // those that failed because of what came before are still noted
		}
		started, err := r.Store.Started(r.ID)
		if err != nil {
			return err
		}
		if room, next := r.limits.Quota.Room(started, now); room == 0 {
			r.full = next
			continue
		}
		if err := r.begin(ctx, it); err != nil {
			return err
		}
	}
	return nil
}

// mayBegin reports that everything before it is over, and ends it where that went wrong.
func (r *run) mayBegin(it *item) bool {
	for _, b := range it.before {
		switch {
		case b.phase != over:
			return false
		case b.res.Status == Errored:
			r.end(it, Result{Status: Skipped, Reason: SourceFailed, Text: "the refresh of " + b.name + ", which it reads, did not end well"})
			return false
		case b.res.Status == Started:
			r.end(it, Result{Status: Skipped, Reason: WaitsSource, Text: "whether the refresh of " + b.name + ", which it reads, is over cannot be seen"})
			return false
		case b.res.Reason == Claimed || b.res.Reason == Queued:
			r.end(it, Result{Status: Skipped, Reason: WaitsSource, Text: "another program refreshes " + b.name + ", which it reads"})
			return false
		}
	}
	return true
}

func (r *run) end(it *item, res Result) {
	it.phase = over
	it.res = res
}

// poll asks for jobs that run, some at a time, in turn.
func (r *run) poll(ctx context.Context) error {
	r.polls++
	asked := 0
	for i := range r.items {
		it := r.items[(i+r.polls*mostPolled)%len(r.items)]
		if it.phase != running || asked == mostPolled {
			continue
		}
		asked++
		if err := r.pollOne(ctx, it); err != nil {
			return err
		}
	}
	return nil
}

// finish gives everything that is not over its result.
func (r *run) finish(err error) {
	for _, it := range r.items {
		switch {
		case it.phase == over:
		case it.phase == running:
			res := Result{Status: Started, Job: it.res.Job, Foreign: it.res.Foreign, Began: it.res.Began}
			if it.res.Foreign {
				res.Status = Skipped
			}
			r.end(it, res)
		case err != nil:
			r.end(it, Result{Status: Skipped, Reason: Unanswered, Text: "the run ended before its turn"})
		case r.full.After(r.Clock.Now()):
			r.end(it, Result{Status: Skipped, Reason: ByQuota, Next: r.full, Text: "the site starts " + quotaText(r.limits.Quota) + "; there is room again on " + refresh.Clock(r.full)})
		case r.waited:
			r.end(it, Result{Status: Skipped, Reason: TimeIsUp, Text: "what it reads was still being refreshed when --wait was over; the next run starts it"})
		default:
			r.end(it, Result{Status: Skipped, Reason: WaitsSource, Text: "what it reads is refreshed first; the next run starts it, or this one with --wait"})
		}
	}
}

func quotaText(q refresh.Quota) string {
	switch {
	case q <= 0:
		return "no more refreshes now"
	case q == 1:
		return "1 refresh in an hour at most"
	}
	return fmt.Sprintf("%d refreshes in an hour at most", q)
}

// note brings the record of our own request up to date.
func (r *run) note(ctx context.Context, it *item, add func(*refreshes.Record)) error {
	_, err := r.Store.Note(ctx, it.key, it.request.ID, add)
	return err
}

func (r *run) say(format string, args ...any) {
	if r.Say != nil {
		r.Say(fmt.Sprintf(format, args...))
	}
}
