package tableautest

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"
	"time"

	"darkroom/sources/tableau/tableautest/sitedata"
)

// job is one refresh (sources/tableau/API.md#jobs).
type job struct {
	id, kind, luid, name       string // kind is "workbook", "datasource" or "flow"
	site                       *site
	incremental                bool
	polls                      int
	created, started, finished string
	finish                     string // "" until it is over
	at                         time.Time
	foreign                    bool // another program started it
}

// refresh queues a job, or refuses as sources/tableau/API.md#refused-refreshes lists.
func (c *call) refresh(kind string) reply {
	incremental, ok := c.refreshRequest()
	if !ok {
		return c.failWith("400000", "Bad Request", "The request body could not be read.")
	}
	return c.queue(strings.TrimSuffix(kind, "s"), c.req.PathValue("id"), incremental)
}

func (c *call) queue(kind, id string, incremental bool) reply {
	o := c.site.refreshable(kind, id)
	if o == nil {
		return c.fail("404006")
	}
	name := o.Text("name")
	if kind != "flow" && !c.site.extracted(o) {
		return c.failWith("409090", "Bad Request", "Extract operation for the "+kind+" '"+name+"' is not allowed.")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.moveJobs()
	if c.unfinished(id) {
		return c.failWith("409093", "Resource Conflict", "Job for "+name+" is already queued. Not queuing a duplicate.")
	}
	if c.overQuota() {
		return c.fail("429000")
	}
	return c.rest(http.StatusAccepted, c.newJob(c.site, kind, o, incremental).elem(false))
}

// newJob is called with the lock held.
func (s *Server) newJob(st *site, kind string, o *sitedata.Object, incremental bool) *job {
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

// refreshable is what has a LUID and can be refreshed or run.
func (st *site) refreshable(kind, luid string) *sitedata.Object {
	return map[string]map[string]*sitedata.Object{"workbook": st.workbook, "datasource": st.datasource, "flow": st.flow}[kind][luid]
}

func (s *Server) stamp() string { return s.opt.Now().UTC().Format(time.RFC3339) }

// refreshRequest reads the body in both forms; an empty one is fine. Only servers
// from 3.25 on know incremental refreshes (sources/tableau/API.md#refreshes).
func (c *call) refreshRequest() (incremental, ok bool) {
	var in struct {
		XMLName xml.Name `json:"-" xml:"tsRequest"`
		Refresh struct {
			Incremental bool `json:"incremental" xml:"incremental,attr"`
		} `json:"extractRefresh" xml:"extractRefresh"`
	}
	body := strings.TrimSpace(string(c.body))
	if body == "" {
		return false, true
	}
	read := json.Unmarshal
	if strings.HasPrefix(body, "<") {
		read = xml.Unmarshal
	}
	if read([]byte(body), &in) != nil {
		return false, false
	}
	return in.Refresh.Incremental && !sitedata.Before(c.req.PathValue("v"), "3.25"), true
}

// extracted reports whether there is an extract to refresh.
func (st *site) extracted(o *sitedata.Object) bool {
	if o.Def.Name == "PublishedDatasource" {
		return o.Text("hasExtracts") == "true"
	}
	for _, d := range st.store.Links(o, "embeddedDatasources") {
		if d.Text("hasExtracts") == "true" {
			return true
		}
	}
	return false
}

func (j *job) elem(full bool) elem {
	e := node("job", "id", j.id, "mode", "Asynchronous", "type", "RefreshExtract", "createdAt", j.created)
	if j.kind == "flow" {
		e = node("job", "id", j.id, "mode", "Asynchronous", "type", "RunFlow", "createdAt", j.created)
	}
	if full {
		progress := "0"
		if j.finish != "" {
			progress = "100"
		}
		e.attrs = append(e.attrs, node("", "progress", progress, "startedAt", j.started, "completedAt", j.finished,
			"finishCode", j.finish).attrs...)
	}
	if j.kind == "flow" {
		return e
	}
	about := elem{name: "extractRefreshJob"}.with(node(j.kind, "id", j.luid, "name", j.name))
	if j.finish != "" {
		about = about.with(leaf("notes", j.notes())) // an element, TSC's JobItem says
	}
	return e.with(about)
}

func (j *job) notes() string {
	switch j.finish {
	case "1":
		return "The refresh of extracts for '" + j.name + "' failed: the data source could not be reached."
	case "2":
		return "The refresh of extracts for '" + j.name + "' was cancelled."
	}
	if j.incremental {
		return "Finished incremental refresh of extracts for '" + j.name + "'."
	}
	return "Finished refresh of extracts for '" + j.name + "'."
}

// jobByID is called with the lock held.
func (c *call) jobByID() *job {
	for _, j := range c.jobs {
		if j.id == c.req.PathValue("id") && j.site == c.site {
			return j
		}
	}
	return nil
}

// jobStatus is also the clock, unless jobs take their time: every poll moves the job on.
func (c *call) jobStatus() reply {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.moveJobs()
	j := c.jobByID()
	if j == nil {
		return c.fail("404002")
	}
	if j.finish == "" && c.sw.JobTakes == 0 {
		j.polls++
		if stage := max(1, c.sw.JobPolls); j.polls > stage {
			j.started = c.stamp()
			if j.polls > 2*stage {
				c.endJob(j, c.sw.FinishCode, c.stamp())
			}
		}
	}
	return c.rest(http.StatusOK, j.elem(true))
}

func (c *call) jobCancel() reply {
	c.mu.Lock()
	defer c.mu.Unlock()
	j := c.jobByID()
	if j == nil {
		return c.fail("404002")
	}
	if j.finish == "" {
		c.endJob(j, 2, c.stamp())
	}
	return reply{status: http.StatusOK}
}

// jobList uses other names than jobStatus does (sources/tableau/API.md#jobs).
func (c *call) jobList() reply {
	c.mu.Lock()
	c.moveJobs()
	var all []elem
	for _, j := range c.jobs {
		if j.site == c.site {
			all = append(all, node("backgroundJob", "id", j.id, "status", j.status(), "jobType", j.listedType(),
				"priority", 50, "createdAt", j.created, "startedAt", j.started, "endedAt", j.finished, "title", j.name))
		}
	}
	c.mu.Unlock()
	return c.list("backgroundJobs", all)
}

func (j *job) status() string {
	switch {
	case j.finish == "1":
		return "Failed"
	case j.finish == "2":
		return "Cancelled"
	case j.finish != "":
		return "Success"
	case j.started != "":
		return "InProgress"
	}
	return "Pending"
}
