package syncjob

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"darkroom/model/beside"
	"darkroom/sources/project/viewcounts"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch"
)

// Event is one message about one site, about one thing.
type Event struct {
	Site      string
	SigningIn string   // the server that is asked next
	SignedIn  []string // a line, and one for each warning about the connection
	Progress  *Progress
	Waiting   *Waiting
	Ended     *Report
}

// Progress says how far a list is.
type Progress = fetch.Progress

// Waiting is a pause that a server asked for, or that follows an error.
type Waiting struct {
	For time.Duration
	Why string
}

// noticeable is a wait that is worth a word.
const noticeable = 2 * time.Second

// WaitEvents gives the waits of a client to watch, other than short ones.
func WaitEvents(site string, watch func(Event)) func(time.Duration, string) {
	return func(wait time.Duration, why string) {
		if wait >= noticeable {
			watch(Event{Site: site, Waiting: &Waiting{wait, why}})
		}
	}
}

// String is the wait as a line.
func (w Waiting) String() string {
	return fmt.Sprintf("waiting %s (%s)", w.For.Round(time.Second), w.Why)
}

// SignedInEvent says which server answers, and what is wrong with the connection.
func SignedInEvent(site string, info api.Info, warnings []string) Event {
	lines := []string{fmt.Sprintf("signed in to %s, Tableau %s", info.Server, info.Product)}
	for _, w := range warnings {
		lines = append(lines, "warning: "+w)
	}
	return Event{Site: site, SignedIn: lines}
}

// Run syncs what can be synced at the same time, and sites with the same token one after
// another. One that fails does not stop the others. watch hears of everything, one event
// at a time, from several goroutines. The reports are in the order of the jobs.
func Run(ctx context.Context, jobs []*Job, watch func(Event)) []Report {
	var hearing sync.Mutex
	send := func(e Event) {
		hearing.Lock()
		defer hearing.Unlock()
		watch(e)
	}
	out := make([]Report, len(jobs))
	end := func(i int, res fetch.Result, err error) {
		out[i] = report(jobs[i], res, err)
		send(Event{Site: jobs[i].Name, Ended: &out[i]})
	}
	turns := map[string][]int{}
	for i, j := range jobs {
		if j.Unready != nil {
			end(i, fetch.Result{}, j.Unready)
			continue
		}
		turns[j.turn] = append(turns[j.turn], i)
		send(Event{Site: j.Name, SigningIn: j.API.Server.Address()})
	}
	var running errgroup.Group
	for _, turn := range turns {
		running.Go(beside.Go(func() error {
			for _, i := range turn {
				res, err := jobs[i].run(ctx, send)
				end(i, res, err)
			}
			return nil
		}))
	}
	_ = beside.Throw(running.Wait()) // there is no other error
	return out
}

func (j *Job) run(ctx context.Context, watch func(Event)) (fetch.Result, error) {
	job := j.Job
	job.Options.Progress = func(p fetch.Progress) { watch(Event{Site: j.Name, Progress: &p}) }
	job.Connected = func(info api.Info, warnings []string) { watch(SignedInEvent(j.Name, info, warnings)) }
	job.API.OnWait = WaitEvents(j.Name, watch)
	res, err := fetch.Sync(ctx, job)
	if err == nil && res.Written {
		if err := viewcounts.Add(job.File, res.Site, res.Site.FetchedAt); err != nil {
			res.Snapshot.Notes = append(res.Snapshot.Notes, "views of this day were not counted: "+err.Error())
		}
	}
	return res, err
}

// Ending is what came of all sites.
type Ending int

// The endings of a sync.
const (
	AllWell    Ending = iota
	WorthALook        // an old snapshot was kept, or a new one is incomplete
	NoneReady         // no site had the secrets to begin
	SomeFailed        // at least one site
	Stopped
)

// EndingOf sums up a sync that ran under ctx.
func EndingOf(ctx context.Context, reports []Report) Ending {
	failed, ready, look := false, false, false
	for i := range reports {
		r := &reports[i]
		failed = failed || r.Err != nil
		ready = ready || !r.Unready
		look = look || r.OldKept || len(r.Incomplete) > 0
	}
	switch {
	case failed && ctx.Err() != nil:
		return Stopped
	case !ready:
		return NoneReady
	case failed:
		return SomeFailed
	case look:
		return WorthALook
	}
	return AllWell
}
