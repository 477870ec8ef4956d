package refresh

import (
	"context"
	"slices"
	"time"

	"darkroom/model"
	"darkroom/model/lineage"
)

// Options are what is asked for.
type Options struct {
	Now          time.Time
	Off          bool // DBT_ACTIVE_EXPOSURES=0
	RequireTests bool
	Flows        bool // Prep flows are run, too
}

// Verdict is what comes of one extract, and why.
type Verdict struct {
	*Rule
	*Ancestry
	Extract *Extract
	// RefreshedAt is when it was last refreshed, zero for never; DataAt when that refresh
	// began to read, as far as this is known; DueAt when its window ends.
	RefreshedAt, DataAt, DueAt time.Time
	Job                        string // that is running
	JobIsOurs                  bool
	// Before are the published extracts that it reads.
	Before []*Verdict
	Flows  []*model.Flow // that are in between
	// Virtual are names of virtual connections in between, whose own extracts are not
	// refreshed; Strangers are extracts of the server that the snapshot does not have.
	Virtual, Strangers []string
	Unlinked           int
}

// question is one extract while it is judged.
type question struct {
	x     *Extract
	seen  *Seen
	opt   Options
	v     *Verdict
	live  []*Source // those that have an extract
	asked bool      // the last refresh is a request whose end is not known
	// laterSource: a published extract that it reads was refreshed after it.
	laterSource bool
}

// Judge judges all extracts, published ones first, since what reads them depends on them.
// seen has what is known of each. The only error is that of ctx.
func Judge(ctx context.Context, g *lineage.Graph, extracts []*Extract, seen func(*Extract) *Seen, opt Options) ([]*Verdict, error) {
	results := newResults(g, opt.RequireTests)
	list := make([]*Verdict, len(extracts))
	published := map[publishedID]*Verdict{}
	for _, kind := range [...]Kind{Published, Workbook} {
		for _, i := range inOrder(extracts, kind) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			x := extracts[i]
			q := &question{x: x, seen: seen(x), opt: opt, v: &Verdict{Extract: x}}
			list[i] = q.judge(results, published)
			if kind == Published {
				published[publishedID{x.Site, x.Sources[0].ID}] = list[i]
			}
		}
	}
	return list, nil
}

type publishedID struct {
	site *model.Site
	id   string
}

// inOrder are the extracts of a kind, those that read few published ones first: what one
// reads has fewer than it.
func inOrder(extracts []*Extract, kind Kind) (order []int) {
	for i, x := range extracts {
		if x.Kind == kind {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return len(extracts[a].Sources[0].Between.Published) - len(extracts[b].Sources[0].Between.Published)
	})
	return order
}

func (q *question) judge(results *results, published map[publishedID]*Verdict) *Verdict {
	q.match()
	var reads []lineage.ID
	for _, s := range q.live {
		reads = append(reads, s.Reads...)
		q.v.Unlinked += s.Unlinked
		q.v.Flows = appendNew(q.v.Flows, s.Flows...)
		q.v.Virtual = appendNew(q.v.Virtual, s.Virtual...)
		for _, p := range s.Between.Published {
			if before := published[publishedID{q.x.Site, p.ID}]; before != nil && before.hasExtract() {
				q.v.Before = appendNew(q.v.Before, before)
			}
		}
	}
	slices.Sort(reads)
	q.v.Ancestry = results.of(slices.Compact(reads))
	q.times()
	for i := range rules {
		if rules[i].fits(q) {
			q.v.Rule = &rules[i]
			break
		}
	}
	return q.v
}

// hasExtract reports one that can be refreshed, now or later.
func (v *Verdict) hasExtract() bool { return v.Code != NotAnswered && v.Code != LiveConnection }

// match finds the data source of each live extract: by id, then by name, since the id of
// an embedded one changes when its workbook is published again.
func (q *question) match() {
	for _, l := range q.seen.Sources {
		if !l.Extract {
			continue
		}
		at := slices.IndexFunc(q.x.Sources, func(s Source) bool { return s.ID == l.ID })
		if at < 0 {
			at = slices.IndexFunc(q.x.Sources, func(s Source) bool { return s.Name == l.Name })
		}
		if at < 0 && len(q.x.Sources) == 1 && len(q.seen.Sources) == 1 {
			at = 0
		}
		if at < 0 {
			q.v.Strangers = append(q.v.Strangers, l.Name)
			continue
		}
		if s := &q.x.Sources[at]; !slices.Contains(q.live, s) {
			q.live = append(q.live, s)
		}
	}
}

// times finds out when it was last refreshed: by the server, the oldest of its extracts;
// by what was started and has ended well, or may have; whatever is later.
func (q *question) times() {
	first := true
	for _, l := range q.seen.Sources {
		if !l.Extract {
			continue
		}
		if first {
			q.v.RefreshedAt, first = l.RefreshedAt, false
		}
		q.v.RefreshedAt = earliest(q.v.RefreshedAt, l.RefreshedAt)
	}
	q.v.DataAt = q.v.RefreshedAt
	q.attempts()
	for _, p := range q.v.Before {
		if p.RefreshedAt.After(q.v.DataAt) {
			q.laterSource = true
		} else if !p.DataAt.IsZero() {
			q.v.DataAt = earliest(q.v.DataAt, p.DataAt)
		}
	}
	if !q.v.RefreshedAt.IsZero() {
		q.v.DueAt = q.v.RefreshedAt.Add(q.x.Setting.Window)
	}
}

// attempts takes in what was started and may have ended after what the server knows.
func (q *question) attempts() {
	for i := range q.seen.Attempts {
		a := &q.seen.Attempts[i]
		data, over := a.at()
		switch {
		case a.Progress == Failed:
		case a.Progress == Running:
			q.v.Job, q.v.JobIsOurs = a.Job, a.Ours
		case a.Progress == Asked: // it holds the window, and proves nothing of the data
			if over.After(q.v.RefreshedAt) && q.opt.Now.Before(over.Add(q.x.Setting.Window)) {
				q.v.RefreshedAt, q.asked = over, true
			}
		case over.After(q.v.RefreshedAt):
			q.v.RefreshedAt, q.v.DataAt, q.asked = over, data, false
		case !q.v.DataAt.Before(data) && q.v.RefreshedAt.Sub(over).Abs() <= sameRefresh:
			q.v.DataAt = data // the server reports the end of this very refresh
		}
	}
}

// sameRefresh is how far the end of a job and the time of its extract may be apart.
const sameRefresh = 2 * time.Minute

func appendNew[T comparable](list []T, more ...T) []T {
	for _, x := range more {
		if !slices.Contains(list, x) {
			list = append(list, x)
		}
	}
	return list
}

// WrittenByFlow reports that a Prep flow writes it: it is refreshed by running that.
func (v *Verdict) WrittenByFlow() bool {
	return v.Extract.Kind == Published && v.Extract.Sources[0].writtenByFlow()
}
