package tableautest

import (
	"strconv"
	"time"

	"darkroom/sources/tableau/tableautest/site"
	"darkroom/sources/tableau/tableautest/sitedata"
)

// job is one refresh (sources/tableau/API.md#jobs).
type job struct {
	id, kind, luid, name       string // kind is "workbook", "datasource" or "flow"
	site                       *site.Site
	incremental                bool
	polls                      int
	created, started, finished string
	finish                     string // "" until it is over
	at                         time.Time
	foreign                    bool // another program started it
}

// Refreshed is a refresh, or the run of a flow, that a server was asked for and took.
type Refreshed struct {
	Kind, LUID, Job string
	Created         time.Time
	Finish          string // "" until it is over
	Foreign         bool   // by StartForeign
}

// Refreshed lists all of them, in the order in which they were asked for.
func (s *Server) Refreshed() []Refreshed {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moveJobs()
	out := make([]Refreshed, len(s.jobs))
	for i, j := range s.jobs {
		out[i] = Refreshed{j.kind, j.luid, j.id, j.at, j.finish, j.foreign}
	}
	return out
}

// StartForeign is another program's refresh of a "workbook" or "datasource", or its run of
// a "flow", unless one is queued already. It reports whether there is such a thing.
func (s *Server) StartForeign(kind, luid string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moveJobs()
	for _, st := range s.sites {
		if o := st.Find(kind, luid); o != nil {
			if !s.unfinished(luid) {
				s.newJob(st, kind, o, false).foreign = true
			}
			return true
		}
	}
	return false
}

// newJob is called with the lock held.
func (s *Server) newJob(st *site.Site, kind string, o *sitedata.Object, incremental bool) *job {
	j := &job{
		id: sitedata.StableID("job", strconv.Itoa(len(s.jobs))), kind: kind, luid: o.Text("luid"), name: o.Text("name"), site: st,
		incremental: incremental, created: s.stamp(), at: s.opt.Now(),
	}
	s.jobs = append(s.jobs, j)
	return j
}

// overQuota is called with the lock held; what others started does not count.
func (c *call) overQuota() bool {
	ours, recent := 0, 0
	for _, j := range c.jobs {
		if j.foreign {
			continue
		}
		ours++
		if c.opt.Now().Sub(j.at) < time.Hour {
			recent++
		}
	}
	most, hourly := c.sw.RefreshLimit, c.sw.RefreshesHour
	return most > 0 && ours >= most || hourly > 0 && recent >= hourly
}

// unfinished is called with the lock held.
func (s *Server) unfinished(luid string) bool {
	for _, j := range s.jobs {
		if j.luid == luid && j.finish == "" {
			return true
		}
	}
	return false
}

func (s *Server) stamp() string { return s.opt.Now().UTC().Format(time.RFC3339) }

// moveJobs ends what the clock has ended. It is called with the lock held.
func (s *Server) moveJobs() {
	takes := s.switches.JobTakes
	if takes == 0 {
		return
	}
	for _, j := range s.jobs {
		if began := j.at.Add(takes); j.finish == "" && !s.opt.Now().Before(began) {
			j.started = began.UTC().Format(time.RFC3339)
			if over := began.Add(takes); !s.opt.Now().Before(over) {
				s.endJob(j, s.switches.FinishCode, over.UTC().Format(time.RFC3339))
			}
		}
	}
}

// endJob is called with the lock held. A refresh that ends well is what the extracts are of
// from then on.
func (s *Server) endJob(j *job, code int, at string) {
	if j.foreign && s.switches.FailForeign {
		code = 1
	}
	j.finish, j.finished = strconv.Itoa(code), at
	if code == 1 || code == 2 {
		return
	}
	for _, o := range j.site.ExtractsOf(j.kind, j.luid) {
		s.extractTimes[o] = at
	}
}

// extractTime is when an extract was refreshed by a job, as the Metadata API knows it.
func (c *call) extractTime() func(*sitedata.Object) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.moveJobs()
	known := map[*sitedata.Object]string{}
	for o, at := range c.extractTimes {
		if t, err := time.Parse(time.RFC3339, at); err == nil && !c.opt.Now().Before(t.Add(c.sw.IndexLag)) {
			known[o] = at
		}
	}
	return func(o *sitedata.Object) (string, bool) {
		at, ok := known[o]
		return at, ok && o.Text("hasExtracts") == "true"
	}
}
