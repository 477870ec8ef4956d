package tableautest

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"

	"darkroom/sources/tableau/tableautest/element"
	"darkroom/sources/tableau/tableautest/sitedata"
)

// refresh queues a job, or refuses as sources/tableau/API.md#refused-refreshes lists.
func (c *call) refresh(kind string) reply {
	incremental, ok := c.refreshRequest()
	if !ok {
		return c.failWith("400000", "Bad Request", "The request body could not be read.")
	}
	return c.queue(strings.TrimSuffix(kind, "s"), c.req.PathValue("id"), incremental)
}

func (c *call) queue(kind, id string, incremental bool) reply {
	o := c.site.Find(kind, id)
	if o == nil {
		return c.fail("404006")
	}
	name := o.Text("name")
	if kind != "flow" && !c.site.Extracted(o) {
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
	var all []element.Element
	for _, j := range c.jobs {
		if j.site == c.site {
			all = append(all, element.New("backgroundJob", "id", j.id, "status", j.status(), "jobType", j.listedType(),
				"priority", 50, "createdAt", j.created, "startedAt", j.started, "endedAt", j.finished, "title", j.name))
		}
	}
	c.mu.Unlock()
	return c.list("backgroundJobs", all)
}

func (j *job) elem(full bool) element.Element {
	e := element.New("job", "id", j.id, "mode", "Asynchronous", "type", "RefreshExtract", "createdAt", j.created)
	if j.kind == "flow" {
		e = element.New("job", "id", j.id, "mode", "Asynchronous", "type", "RunFlow", "createdAt", j.created)
	}
	if full {
		progress := "0"
		if j.finish != "" {
			progress = "100"
		}
		e.Attrs = append(e.Attrs, element.New("", "progress", progress, "startedAt", j.started, "completedAt", j.finished,
			"finishCode", j.finish).Attrs...)
	}
	if j.kind == "flow" {
		return e
	}
	about := element.Element{Name: "extractRefreshJob"}.With(element.New(j.kind, "id", j.luid, "name", j.name))
	if j.finish != "" {
		about = about.With(element.Leaf("notes", j.notes())) // an element, TSC's JobItem says
	}
	return e.With(about)
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

func (j *job) listedType() string {
	if j.kind == "flow" {
		return "run_flow"
	}
	return "refresh_extracts"
}

// taskID is the id of the nightly refresh that every extract has here.
func taskID(luid string) string { return sitedata.StableID("task", luid) }

func (c *call) eachExtract(fn func(kind string, o *sitedata.Object)) {
	for _, kind := range []struct{ name, typeName string }{{"workbook", "Workbook"}, {"datasource", "PublishedDatasource"}} {
		for _, o := range c.site.Store.All[kind.typeName] {
			if o.Text("luid") != "" && c.site.Extracted(o) {
				fn(kind.name, o)
			}
		}
	}
}

func (c *call) tasks() []element.Element {
	var all []element.Element
	c.eachExtract(func(kind string, o *sitedata.Object) {
		refresh := element.New("extractRefresh", "id", taskID(o.Text("luid")), "priority", 50, "consecutiveFailedCount", 0,
			"type", "RefreshExtractTask").With(
			element.New("schedule", "id", sitedata.StableID("schedule"), "name", "Nightly", "frequency", "Daily"), element.New(kind, "id", o.Text("luid")))
		all = append(all, element.Element{Name: "task"}.With(refresh))
	})
	return all
}

func (c *call) taskByID() reply {
	for _, t := range c.tasks() {
		if t.Get("extractRefresh.id") == c.req.PathValue("id") {
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
