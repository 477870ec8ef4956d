package refresher

import (
	"context"
	"slices"
	"time"

	"darkroom/model/refresh"
	"darkroom/sources/project/refreshes"
	"darkroom/sources/tableau/api"
)

// Clock is the time that decides, and how it passes.
type Clock struct {
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error
}

// Site is one site at work.
type Site struct {
	ID     string // model.Site.ID
	Client *api.Client
	Store  *refreshes.Store
	Clock  Clock
	// Say hears of what happens, in a line; nil hears nothing.
	Say func(string)

	jobs  jobList
	asked map[string]job // jobs that were asked for, by id
	known map[refresh.Key]refreshes.Record
	Notes []string // things to know, each a sentence

	at func(point string) // for tests: called where a run can be killed; may be nil
}

const (
	// skew is how far the server's clock may be from ours where a request is looked for.
	skew = time.Hour
	// grace is how long a request without an answer may be on its way.
	grace = 5 * time.Minute
	// mostLooks is how many single jobs are asked for before anything is started.
	mostLooks = 200
	// jobsSince is how far back the list of jobs is read.
	jobsSince = 24 * time.Hour
)

// Look finds out what is known of extracts: when the server refreshed them, what the
// records and the list of jobs say. Records of requests whose end was not known are
// brought up to date.
func (s *Site) Look(ctx context.Context, extracts []*refresh.Extract) (map[refresh.Key]*refresh.Seen, error) {
	s.asked, s.known = map[string]job{}, map[refresh.Key]refreshes.Record{}
	seen := map[refresh.Key]*refresh.Seen{}
	live, err := askLive(ctx, s.Client, extracts)
	if err != nil {
		return nil, err
	}
	if err := s.listJobs(ctx); err != nil {
		return nil, err
	}
	for _, x := range extracts {
		k := &refresh.Seen{}
		k.Sources, k.Answered = live[x.Key]
		seen[x.Key] = k
		record, err := s.settle(ctx, x.Key)
		if err != nil {
			return nil, err
		}
		k.Attempts = record.Attempts()
		others, err := s.others(ctx, x, k, record.Job)
		if err != nil {
			return nil, err
		}
		k.Attempts = append(k.Attempts, others...)
	}
	return seen, nil
}

// listJobs reads the list of jobs, which not every account may see.
func (s *Site) listJobs(ctx context.Context) (err error) {
	s.jobs, err = askJobs(ctx, s.Client, s.Clock.Now().Add(-jobsSince))
	if err == nil && s.jobs.hidden != nil {
		s.Notes = append(s.Notes, "this account may not list jobs, so refreshes that others start are seen late")
	}
	return err
}

// job asks for one job, once.
func (s *Site) job(ctx context.Context, id string) (job, error) {
	if j, ok := s.asked[id]; ok {
		return j, nil
	}
	j, err := askJob(ctx, s.Client, id)
	if err == nil {
		s.asked[id] = j
	}
	return j, err
}

// settle reads the record of an extract, and brings it up to date where its end is open.
func (s *Site) settle(ctx context.Context, key refresh.Key) (refreshes.Record, error) {
	r, err := s.Store.Read(key)
	if err != nil {
		return r, err
	}
	if !r.Asked.IsZero() && r.Outcome == refreshes.Unsettled {
		if r, err = s.settleOpen(ctx, key, r); err != nil {
			return r, err
		}
	}
	s.known[key] = r
	return r, nil
}

func (s *Site) settleOpen(ctx context.Context, key refresh.Key, r refreshes.Record) (refreshes.Record, error) {
	if r.Job != "" {
		j, err := s.job(ctx, r.Job)
		switch {
		case api.Hidden(err): // Tableau forgets jobs: the extract's own time says the rest
			return s.Store.Note(ctx, key, r.ID, func(r *refreshes.Record) { r.Outcome = refreshes.Forgotten })
		case err != nil:
			return r, err
		}
		return s.Store.Note(ctx, key, r.ID, func(r *refreshes.Record) { ended(r, j) })
	}
	j, sure, err := s.find(ctx, key, r)
	switch {
	case err != nil:
		return r, err
	case j.id != "":
		return s.Store.Note(ctx, key, r.ID, func(r *refreshes.Record) { r.Job = j.id; ended(r, j) })
	case sure && s.Clock.Now().Sub(r.Asked) > grace:
		return s.Store.Note(ctx, key, r.ID, func(r *refreshes.Record) { r.Outcome = refreshes.Refused })
	}
	return r, nil
}

// ended writes what is known of a job into a record.
func ended(r *refreshes.Record, j job) {
	if r.Began, r.Ended = j.began, j.ended; r.Began.IsZero() {
		r.Began = j.created
	}
	switch j.state {
	case jobDone:
		r.Outcome = refreshes.Success
	case jobFailed:
		r.Outcome = refreshes.Failed
	case jobCancelled:
		r.Outcome = refreshes.Cancelled
	}
}

// find looks for the job of a request whose answer is missing. sure means that there is
// none: the whole time since then is in the list, and every job was looked at.
func (s *Site) find(ctx context.Context, key refresh.Key, r refreshes.Record) (found job, sure bool, err error) {
	if s.jobs.hidden != nil || s.jobs.from.After(r.Asked.Add(-skew)) {
		return job{}, false, nil
	}
	sure = true
	for _, listed := range s.jobs.candidates(key, r.Name, func(j *job) bool { return j.near(r.Asked) }) {
		j, looked, err := s.details(ctx, key, listed)
		switch {
		case err != nil:
			return job{}, false, err
		case j.id != "":
			return j, true, nil
		}
		sure = sure && looked
	}
	return job{}, sure, nil
}

// candidates are listed jobs that may be that of a key, those with its name first; the job
// of a flow has its name and no more.
func (l *jobList) candidates(key refresh.Key, name string, fits func(*job) bool) (all []job) {
	flow := key.Kind == refresh.Flow
	for _, named := range [...]bool{true, false} {
		for i := range l.jobs {
			j := &l.jobs[i]
			if j.flow == flow && (named || !flow) && (j.title == name) == named && fits(j) {
				all = append(all, *j)
			}
		}
	}
	return all
}

// near reports a job that may be that of a request, whatever the clocks say.
func (j *job) near(asked time.Time) bool {
	return !j.created.Before(asked.Add(-skew)) && !j.created.After(asked.Add(grace+skew))
}

// details asks for a job of the list, and gives it back if it is that of the key. looked is
// false where that cannot be found out.
func (s *Site) details(ctx context.Context, key refresh.Key, listed job) (found job, looked bool, err error) {
	if key.Kind == refresh.Flow { // the job of a flow has its name and no more
		return listed, true, nil
	}
	if len(s.asked) >= mostLooks {
		return job{}, false, nil
	}
	j, err := s.job(ctx, listed.id)
	switch {
	case api.Hidden(err):
		return job{}, false, nil
	case err != nil:
		return job{}, false, err
	case j.kind != key.Kind || j.luid != key.LUID:
		return job{}, true, nil
	}
	return j, true, nil
}

// others are refreshes that are not ours: one that runs, and the last that ended well after
// what the Metadata API knows.
func (s *Site) others(ctx context.Context, x *refresh.Extract, seen *refresh.Seen, ours string) (all []refresh.Attempt, err error) {
	newest := seen.Newest()
	for _, listed := range s.jobs.jobs { // the newest first
		if listed.flow || listed.title != x.Name || listed.id == ours || !listed.news(newest) {
			continue
		}
		j, _, err := s.details(ctx, x.Key, listed)
		if err != nil {
			return nil, err
		}
		if a, ok := attemptOf(j); ok && j.id != "" {
			all = append(all, a)
		}
	}
	slices.Reverse(all)
	return all, nil
}

// news reports a job that runs, or that has refreshed something after a time.
func (j *job) news(after time.Time) bool {
	return j.state == jobOpen || j.state == jobDone && j.ended.After(after)
}

func attemptOf(j job) (refresh.Attempt, bool) {
	a := refresh.Attempt{Job: j.id, Asked: j.created, Began: j.began, Over: j.ended}
	switch j.state {
	case jobOpen:
		a.Progress = refresh.Running
	case jobDone:
		a.Progress = refresh.Succeeded
	default:
		return a, false
	}
	return a, true
}
