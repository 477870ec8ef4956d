package tableautest

import (
	"strings"
	"testing"
	"time"
)

func (c *client) refresh(kind, luid string) answered {
	c.t.Helper()
	return c.post("/api/"+c.v+"/sites/"+c.site+"/"+kind+"/"+luid+"/refresh", map[string]any{})
}

func TestRefreshLifeCycle(t *testing.T) {
	for code, status := range map[int]string{0: "Success", 1: "Failed", 2: "Cancelled", 3: "Success"} {
		c := enter(t, Options{Switches: Switches{FinishCode: code, JobPolls: 2}})
		queued := c.refresh("workbooks", "wl-sales")
		if queued.status != 202 || queued.text("job.extractRefreshJob.workbook.name") != "Sales" {
			t.Fatalf("%d %s", queued.status, queued.body)
		}
		id := queued.text("job.id")
		var seen []string
		for range 5 {
			seen = append(seen, c.rest("jobs").text("backgroundJobs.backgroundJob.0.status"))
			job := c.rest("jobs/" + id)
			switch {
			case job.get("job.finishCode").Exists():
				c.want("code", job.get("job.finishCode").Raw, `"`+string(rune('0'+code))+`"`)
				c.want("progress", job.text("job.progress"), "100")
				if job.text("job.completedAt") == "" || job.text("job.extractRefreshJob.notes") == "" {
					t.Errorf("no end: %s", job.body)
				}
			case job.text("job.completedAt") != "":
				t.Errorf("ended without a code: %s", job.body)
			}
		}
		c.want("states", strings.Join(seen, " "), "Pending Pending Pending InProgress InProgress")
		c.want("at last", c.rest("jobs").text("backgroundJobs.backgroundJob.0.status"), status)
		if c.rest("jobs").text("backgroundJobs.backgroundJob.0.endedAt") == "" {
			t.Error("the list names no end")
		}
	}
}

func TestRefreshRefusals(t *testing.T) {
	c := enter(t, Options{Switches: Switches{RefreshLimit: 2}})
	c.want("unknown", c.refresh("workbooks", "none").code(), "404006")
	c.want("no extract", c.refresh("workbooks", "wl-old").code(), "409090")
	c.want("no extract", c.refresh("datasources", "pl-base").code(), "409090")
	first := c.refresh("datasources", "pl-gov")
	c.want("first", first.code(), "Accepted")
	again := c.refresh("datasources", "pl-gov")
	c.want("again", again.code(), "409093")
	c.want("no job id in the refusal", again.text("job.id"), "")
	c.want("found in the list", c.rest("jobs").text("backgroundJobs.backgroundJob.0.id"), first.text("job.id"))
	c.want("second", c.refresh("workbooks", "wl-sales").code(), "Accepted")

	cancel := c.do("PUT", "/api/3.22/sites/"+c.site+"/jobs/"+first.text("job.id"), "")
	c.want("cancel", cancel.code(), "OK")
	c.want("cancelled", c.rest("jobs/"+first.text("job.id")).text("job.finishCode"), "2")
	limited := c.refresh("datasources", "pl-gov")
	c.want("limit", limited.code(), "429000")
	if !strings.Contains(limited.text("error.detail"), "retry after 29 minutes") {
		t.Error(limited.body)
	}
	c.want("unknown job", c.rest("jobs/none").code(), "404002")
	c.want("unknown job", c.do("PUT", "/api/3.22/sites/"+c.site+"/jobs/none", "").code(), "404002")
}

func TestRefreshBodies(t *testing.T) {
	for _, tc := range []struct{ version, body, notes string }{
		{"3.22", ``, "Finished refresh"},
		{"3.22", `<tsRequest/>`, "Finished refresh"},
		{"3.25", `<tsRequest><extractRefresh incremental="true"/></tsRequest>`, "Finished incremental refresh"},
		{"3.25", `{"extractRefresh":{"incremental":true}}`, "Finished incremental refresh"},
		{"3.24", `{"extractRefresh":{"incremental":true}}`, "Finished refresh"},
		{"3.25", `{`, ""},
	} {
		c := enter(t, Options{RESTVersion: "3.25"})
		base := "/api/" + tc.version + "/sites/" + c.site
		job := c.do("POST", base+"/workbooks/wl-sales/refresh", tc.body)
		if tc.notes == "" {
			c.want(tc.body, job.code(), "400000")
			continue
		}
		var last answered
		for range 3 {
			last = c.get(base + "/jobs/" + job.text("job.id"))
		}
		inXML := c.get(base+"/jobs/"+job.text("job.id"), "Accept", "application/xml").body
		if !strings.Contains(inXML, "<notes>"+tc.notes) {
			t.Error(inXML)
		}
		if notes := last.text("job.extractRefreshJob.notes"); !strings.HasPrefix(notes, tc.notes) {
			t.Errorf("%s %s: %s", tc.version, tc.body, last.body)
		}
	}
	c := enter(t, Options{})
	c.want("before 2.8", c.do("POST", "/api/2.7/sites/"+c.site+"/workbooks/wl-sales/refresh", "").code(), "404003")
}

func TestTasks(t *testing.T) {
	c := enter(t, Options{})
	tasks := c.rest("tasks/extractRefreshes")
	c.want("workbook", tasks.texts("tasks.task.#.extractRefresh.workbook.id"), "wl-sales")
	c.want("datasource", tasks.texts("tasks.task.#.extractRefresh.datasource.id"), "pl-gov")
	id := tasks.text("tasks.task.0.extractRefresh.id")
	c.want("one", c.rest("tasks/extractRefreshes/"+id).text("task.extractRefresh.workbook.id"), "wl-sales")
	c.want("unknown", c.rest("tasks/extractRefreshes/none").code(), "404002")
	run := func(id string) answered {
		return c.do("POST", "/api/3.22/sites/"+c.site+"/tasks/extractRefreshes/"+id+"/runNow", "")
	}
	c.want("run", run(tasks.text("tasks.task.1.extractRefresh.id")).text("job.extractRefreshJob.datasource.id"), "pl-gov")
	c.want("unknown", run("none").code(), "404002")
}

// Jobs that take their time end by the clock, and the Metadata API learns of it later.
func TestJobsByTheClock(t *testing.T) {
	now := time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)
	c := enter(t, Options{Now: func() time.Time { return now }, Switches: Switches{JobTakes: time.Minute, IndexLag: time.Minute, RefreshesHour: 2}})
	state := func() string { return c.rest("jobs").text("backgroundJobs.backgroundJob.0.status") }
	extract := func() string {
		return c.query(`{publishedDatasources(filter:{luid:"pl-gov"}){extractLastRefreshTime}}`).text("data.publishedDatasources.0.extractLastRefreshTime")
	}
	before := extract()
	c.want("first", c.refresh("datasources", "pl-gov").code(), "Accepted")
	c.want("state", state(), "Pending")
	now = now.Add(time.Minute)
	c.want("state", state(), "InProgress")
	now = now.Add(time.Minute)
	c.want("state", state(), "Success")
	c.want("not yet in the index", extract(), before)
	now = now.Add(time.Minute)
	c.want("extract", extract(), "2026-11-02T06:02:00Z")

	if !c.s.StartForeign("workbook", "wl-sales") || c.s.StartForeign("workbook", "none") {
		t.Error("another program's refresh")
	}
	c.want("another program's", c.refresh("workbooks", "wl-sales").code(), "409093")
	c.want("second within the hour", c.refresh("datasources", "pl-gov").code(), "Accepted")
	now = now.Add(10 * time.Minute)
	c.want("third", c.refresh("workbooks", "wl-sales").code(), "429000")
	now = now.Add(time.Hour)
	c.want("an hour later", c.refresh("workbooks", "wl-sales").code(), "Accepted")
	if all := c.s.Refreshed(); len(all) != 4 || !all[1].Foreign || all[0].Finish != "0" || all[3].Finish != "" {
		t.Errorf("%+v", all)
	}
}

func TestFlowRun(t *testing.T) {
	now := time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)
	c := enter(t, Options{Now: func() time.Time { return now }, Switches: Switches{JobTakes: time.Minute}})
	flow := c.query(`{flows{luid}}`).text("data.flows.0.luid")
	run := func(id string) answered {
		return c.post("/api/3.22/sites/"+c.site+"/flows/"+id+"/run", map[string]any{})
	}
	c.want("unknown", run("none").code(), "404006")
	c.want("run", run(flow).text("job.type"), "RunFlow")
	c.want("again", run(flow).code(), "409093")
	now = now.Add(2 * time.Minute)
	c.want("list", c.rest("jobs").text("backgroundJobs.backgroundJob.0.jobType"), "run_flow")
	c.want("over", c.rest("jobs").text("backgroundJobs.backgroundJob.0.status"), "Success")
}
