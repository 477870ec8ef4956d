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
	id, kind, luid, name       string // kind is "workbook" or "datasource"
	site                       *site
	incremental                bool
	polls                      int
	created, started, finished string
	finish                     string // "" until it is over
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
	o := c.site.workbook[id]
	if kind == "datasource" {
		o = c.site.datasource[id]
	}
	if o == nil {
		return c.fail("404006")
	}
	name := o.Text("name")
	if !c.site.extracted(o) {
		return c.failWith("409090", "Bad Request", "Extract operation for the "+kind+" '"+name+"' is not allowed.")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, j := range c.jobs {
		if j.luid == id && j.finish == "" {
			return c.failWith("409093", "Resource Conflict", "Job for "+name+" is already queued. Not queuing a duplicate.")
		}
	}
	if most := c.sw.RefreshLimit; most > 0 && c.refreshes >= most {
		return c.fail("429000")
	}
	c.refreshes++
	j := &job{
		id: sitedata.StableID("job", strconv.Itoa(len(c.jobs))), kind: kind, luid: id, name: name, site: c.site,
		incremental: incremental, created: c.stamp(),
	}
	c.jobs = append(c.jobs, j)
	return c.rest(http.StatusAccepted, j.elem(false))
}

func (c *call) stamp() string { return c.opt.Now().UTC().Format(time.RFC3339) }

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
	if full {
		progress := "0"
		if j.finish != "" {
			progress = "100"
		}
		e.attrs = append(e.attrs, node("", "progress", progress, "startedAt", j.started, "completedAt", j.finished,
			"finishCode", j.finish).attrs...)
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

// jobStatus is also the clock: every poll moves the job on.
func (c *call) jobStatus() reply {
	c.mu.Lock()
	defer c.mu.Unlock()
	j := c.jobByID()
	if j == nil {
		return c.fail("404002")
	}
	if j.finish == "" {
		j.polls++
		if stage := max(1, c.sw.JobPolls); j.polls > stage {
			j.started = c.stamp()
			if j.polls > 2*stage {
				j.end(c.sw.FinishCode, c.stamp())
			}
		}
	}
	return c.rest(http.StatusOK, j.elem(true))
}

func (j *job) end(code int, at string) {
	j.finish, j.finished = strconv.Itoa(code), at
}

func (c *call) jobCancel() reply {
	c.mu.Lock()
	defer c.mu.Unlock()
	j := c.jobByID()
	if j == nil {
		return c.fail("404002")
	}
	if j.finish == "" {
		j.end(2, c.stamp())
	}
	return reply{status: http.StatusOK}
}

// jobList uses other names than jobStatus does (sources/tableau/API.md#jobs).
func (c *call) jobList() reply {
	c.mu.Lock()
	var all []elem
	for _, j := range c.jobs {
		if j.site == c.site {
			all = append(all, node("backgroundJob", "id", j.id, "status", j.status(), "jobType", "refresh_extracts",
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

// taskID is the id of the nightly refresh that every extract has here.
func taskID(luid string) string { return sitedata.StableID("task", luid) }

func (c *call) eachExtract(fn func(kind string, o *sitedata.Object)) {
	for _, kind := range []struct{ name, typeName string }{{"workbook", "Workbook"}, {"datasource", "PublishedDatasource"}} {
		for _, o := range c.site.store.All[kind.typeName] {
			if o.Text("luid") != "" && c.site.extracted(o) {
				fn(kind.name, o)
			}
		}
	}
}

func (c *call) tasks() []elem {
	var all []elem
	c.eachExtract(func(kind string, o *sitedata.Object) {
		refresh := node("extractRefresh", "id", taskID(o.Text("luid")), "priority", 50, "consecutiveFailedCount", 0,
			"type", "RefreshExtractTask").with(
			node("schedule", "id", sitedata.StableID("schedule"), "name", "Nightly", "frequency", "Daily"), node(kind, "id", o.Text("luid")))
		all = append(all, elem{name: "task"}.with(refresh))
	})
	return all
}

func (c *call) taskByID() reply {
	for _, t := range c.tasks() {
		if t.get("extractRefresh.id") == c.req.PathValue("id") {
			return c.rest(http.StatusOK, t)
		}
	}
	return c.fail("404002")
}

func (c *call) runTask() reply {
	var kind, luid string
	c.eachExtract(func(k string, o *sitedata.Object) {
		if taskID(o.Text("luid")) == c.req.PathValue("id") {
			kind, luid = k, o.Text("luid")
		}
	})
	if luid == "" {
		return c.fail("404002")
	}
	return c.queue(kind, luid, false)
}
