package refresher

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"darkroom/model/refresh"
	"darkroom/sources/disk"
	"darkroom/sources/project/refreshes"
	"darkroom/sources/tableau/api"
)

// requestTime is how long the request for a refresh may take. It is not called off: then it
// would not be known what became of it.
const requestTime = 30 * time.Second

// begin writes the record, sends the request, and writes down the answer, as a whole.
func (r *run) begin(ctx context.Context, it *item) error {
	if !usable().MatchString(it.key.LUID) {
		r.end(it, Result{Status: Errored, Reason: RefusedBy, Text: "its id cannot be one"})
		return nil
	}
	known, ok := r.known[it.key]
	if !ok { // a flow
		var err error
		if known, err = r.settle(ctx, it.key); err != nil {
			return err
		}
		if r.flowHasRun(it, known) {
			return nil
		}
	}
	whole, done, err := disk.Begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	now := r.Clock.Now()
	record, claimed, err := r.Store.Claim(whole, it.key, it.name, known, now)
	if err != nil {
		return err
	}
	if !claimed {
		it.res.Job = record.Job
		r.end(it, Result{Status: Skipped, Reason: Claimed, Job: record.Job, Text: "another darkroom asked for it on " + refresh.Clock(record.Asked)})
		return nil
	}
	it.request, r.known[it.key] = record, record
	r.pass("claimed")
	limited, cancel := context.WithTimeout(whole, requestTime)
	defer cancel()
	id, created, err := start(limited, r.Client, it.key)
	r.compareClocks(created, now)
	r.pass("answered")
	return r.answered(ctx, whole, it, id, err)
}

// noticeable is how far clocks are apart before it is said.
const noticeable = 2 * time.Minute

// compareClocks notes, once, that the server's clock is not ours.
func (r *run) compareClocks(server, ours time.Time) {
	apart := server.Sub(ours)
	if server.IsZero() || apart.Abs() < noticeable || r.skewed {
		return
	}
	r.skewed = true
	way := "ahead of"
	if apart < 0 {
		way = "behind"
	}
	r.Notes = append(r.Notes, fmt.Sprintf("the server's clock is %s %s this computer's; its times are taken as they are", apart.Abs().Round(time.Minute), way))
}

func (r *run) pass(point string) {
	if r.at != nil {
		r.at(point)
	}
}

// flowHasRun ends a flow that ran since the build, or inside the interval.
func (r *run) flowHasRun(it *item, known refreshes.Record) bool {
	for _, a := range known.Attempts() {
		switch a.Progress {
		case refresh.Failed:
			continue
		case refresh.Running:
			it.phase, it.request, it.res = running, known, Result{Job: a.Job}
			return true
		}
		at := a.Over
		if at.IsZero() {
			at = a.Asked
		}
		fresh := a.Progress == refresh.Succeeded && a.Began.After(it.verdict.Newest.At)
		if next := at.Add(it.verdict.Extract.Setting.Window); fresh || r.Clock.Now().Before(next) {
			r.end(it, Result{Status: Skipped, Text: "the flow " + it.name + " ran on " + refresh.Clock(at), Next: next})
			return true
		}
	}
	return false
}

// answered takes in what the server says to a request.
func (r *run) answered(ctx, whole context.Context, it *item, id string, err error) error {
	var e *api.Error
	switch {
	case err == nil && usable().MatchString(id):
		r.silent = 0
		it.phase, it.res.Job = running, id
		r.say("%s: started, job %s", it.name, id)
		return r.note(whole, it, func(rec *refreshes.Record) { rec.Job = id })
	case err == nil, !errors.As(err, &e), e.Status == 0, e.Status < 300, e.Status >= 500:
		return r.unanswered(ctx, whole, it, err)
	}
	r.silent = 0
	if err := r.note(whole, it, func(rec *refreshes.Record) { rec.Outcome = refreshes.Refused }); err != nil {
		return err
	}
	switch {
	case e.Code == "409093":
		return r.queued(ctx, it)
	case e.Status == http.StatusTooManyRequests:
		wait, ok := api.RetryAfter(err)
		if !ok || wait <= 0 {
			wait = time.Hour
		}
		r.full = r.Clock.Now().Add(wait)
		r.say("the site starts no more refreshes now; there is room again on %s", refresh.Clock(r.full))
		return nil // it stays pending
	case e.Status == http.StatusUnauthorized, api.SignInRefused(err):
		r.end(it, Result{Status: Errored, Reason: RefusedBy, Text: e.Error()})
		return err
	}
	r.end(it, Result{Status: Errored, Reason: RefusedBy, Text: refusal(e)})
	return nil
}

// refusal is the server's word, with what to do about it.
func refusal(e *api.Error) string {
	text := strings.TrimSuffix(e.Error(), "; "+e.Fix)
	switch e.Status {
	case http.StatusForbidden:
		return text + "; the account must own it, or lead its project, or be an administrator"
	case http.StatusNotFound:
		return text + "; it was deleted, or the account may not see it: run darkroom sync"
	}
	return text
}

// mostSilent is how many requests in a row may go without an answer before the site is left
// alone.
const mostSilent = 3

// unanswered looks for the job of a request that got no answer. Where there is none the
// record stays as it is, so that nothing is asked for twice: the next run looks again.
func (r *run) unanswered(ctx, whole context.Context, it *item, why error) error {
	r.silent++
	for try := range 3 {
		if err := r.Clock.Sleep(ctx, firstPoll<<(2*try)); err != nil {
			break
		}
		if err := r.lookAgain(ctx); err != nil {
			continue
		}
		j, _, err := r.find(ctx, it.key, it.request)
		if err == nil && j.id != "" {
			r.silent = 0
			it.phase, it.res.Job = running, j.id
			return r.note(whole, it, func(rec *refreshes.Record) { rec.Job = j.id })
		}
	}
	text := "the request got no answer, and no job is there"
	if why != nil {
		text = why.Error() + "; no job is there yet"
	}
	r.end(it, Result{Status: Errored, Reason: Unanswered, Text: text + "; the next run looks again", Next: it.request.Asked.Add(grace)})
	if r.silent >= mostSilent && why != nil {
		return why
	}
	return ctx.Err()
}

// lookAgain reads the list of jobs as it is now.
func (r *run) lookAgain(ctx context.Context) error {
	list, err := askJobs(ctx, r.Client, r.Clock.Now().Add(-jobsSince))
	if err == nil {
		r.jobs, r.asked = list, map[string]job{}
	}
	return err
}

// queued finds the job of another program that is in the way.
func (r *run) queued(ctx context.Context, it *item) error {
	it.request = refreshes.Record{}
	if err := r.lookAgain(ctx); err != nil && ctx.Err() != nil {
		return err
	}
	for _, listed := range r.jobs.candidates(it.key, it.name, func(j *job) bool { return j.state == jobOpen }) {
		j, _, err := r.details(ctx, it.key, listed)
		if err != nil || j.id == "" {
			continue
		}
		it.phase, it.res.Job, it.res.Foreign = running, j.id, true
		r.say("%s: another program is refreshing it, job %s", it.name, j.id)
		return ctx.Err()
	}
	r.end(it, Result{Status: Skipped, Reason: Queued, Foreign: true, Text: "another program's refresh is queued, and this account cannot see its job"})
	return ctx.Err()
}

// pollOne asks for a job. Trouble that passes is no reason to end.
func (r *run) pollOne(ctx context.Context, it *item) error {
	j, err := askJob(ctx, r.Client, it.res.Job)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case api.Hidden(err):
		r.end(it, Result{Status: Started, Job: it.res.Job, Foreign: it.res.Foreign, Text: "the server does not show its job any more"})
		return r.note(ctx, it, func(rec *refreshes.Record) { rec.Outcome = refreshes.Forgotten })
	case api.SignInRefused(err):
		return err
	case err != nil:
		return nil
	}
	if j.state == jobOpen {
		it.res.Began = j.began
		return nil
	}
	r.polls = min(r.polls, 3) // what waited for it may be short
	if j.state != jobDone && it.res.Foreign && it.verdict != nil && it.key.Kind != refresh.Flow {
		it.phase, it.res = pending, Result{} // still due: ours then
		return nil
	}
	res := Result{Status: Success, Job: j.id, Foreign: it.res.Foreign, Began: j.began}
	if j.state != jobDone {
		res.Status, res.Reason, res.Text = Errored, JobFailed, "its job failed"
		if j.state == jobCancelled {
			res.Text = "its job was cancelled"
		}
		if j.notes != "" {
			res.Text += ": " + j.notes
		}
	}
	r.end(it, res)
	r.say("%s: %s", it.name, res.Status)
	return r.note(ctx, it, func(rec *refreshes.Record) { ended(rec, j) })
}
