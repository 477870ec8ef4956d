package refresher

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"darkroom/model/pattern"
	"darkroom/model/refresh"
	"darkroom/sources/tableau/api"
)

// job is one entry of the site's list of jobs, or one job that was asked for.
type job struct {
	id, title             string
	flow                  bool // it runs a flow, as far as that is known
	kind                  refresh.Kind
	luid                  string // of what it refreshes; "" in the list
	created, began, ended time.Time
	state                 jobState
	notes                 string
}

type jobState uint8

const (
	jobOpen jobState = iota // queued or running
	jobDone
	jobFailed
	jobCancelled
)

// usable is a LUID that may be put into a path.
var usable = pattern.Of(`^[A-Za-z0-9_-]{1,100}$`)

// askJob asks for one job (sources/tableau/API.md#jobs).
func askJob(ctx context.Context, c *api.Client, id string) (job, error) {
	if !usable().MatchString(id) {
		return job{}, &api.Error{Op: "ask for a job", Status: http.StatusNotFound, Summary: "its id cannot be one"}
	}
	v, err := c.Get(ctx, "jobs/"+id, nil)
	if err != nil {
		return job{}, err
	}
	j := readJob(v.Get("job"))
	j.notes = c.Clean(j.notes) // a server may write back what it was sent
	return j, nil
}

func readJob(v gjson.Result) job {
	j := job{id: v.Get("id").String(), created: timeOf(v.Get("createdAt")), began: timeOf(v.Get("startedAt")), ended: timeOf(v.Get("completedAt"))}
	about := v.Get("extractRefreshJob")
	for _, k := range [...]refresh.Kind{refresh.Workbook, refresh.Published} {
		if luid := about.Get(k.String() + ".id").String(); luid != "" {
			j.kind, j.luid, j.title = k, luid, about.Get(k.String()+".name").String()
		}
	}
	j.notes = cmp.Or(about.Get("notes").String(), v.Get("statusNotes").String())
	switch v.Get("finishCode").String() {
	case "":
	case "1":
		j.state = jobFailed
	case "2":
		j.state = jobCancelled
	default: // 0, and 3 as finished refreshes have it
		j.state = jobDone
	}
	return j
}

// jobList is the newest part of the site's list of jobs.
type jobList struct {
	jobs []job
	from time.Time // jobs created since then are in it
	// hidden is why there is no list.
	hidden error
}

// maxJobPages bounds how much of the list is read.
const maxJobPages = 10

// askJobs lists the jobs that were created since a time.
func askJobs(ctx context.Context, c *api.Client, since time.Time) (jobList, error) {
	list := jobList{from: since}
	query := url.Values{"filter": {"createdAt:gte:" + since.UTC().Format(time.RFC3339)}, "sort": {"createdAt:desc"}}
	for page := 1; ; page++ {
		p, err := c.ListPage(ctx, "jobs", query, "backgroundJobs", "backgroundJob", page)
		if api.Hidden(err) {
			return jobList{hidden: err}, nil
		}
		if err != nil {
			return jobList{}, err
		}
		for _, v := range p.Items {
			list.jobs = append(list.jobs, readListed(v))
		}
		n := len(list.jobs)
		if len(p.Items) == 0 || p.Total >= 0 && n >= p.Total || p.Total < 0 && !p.Full {
			return list, nil
		}
		if page == maxJobPages {
			list.from = list.jobs[n-1].created
			return list, nil
		}
	}
}

// readListed reads an entry, which has other names than a single job.
func readListed(v gjson.Result) job {
	j := job{
		id: v.Get("id").String(), title: v.Get("title").String(),
		created: timeOf(v.Get("createdAt")), began: timeOf(v.Get("startedAt")), ended: timeOf(v.Get("endedAt")),
	}
	j.flow = strings.Contains(strings.ToLower(v.Get("jobType").String()), "flow")
	switch v.Get("status").String() {
	case "Success":
		j.state = jobDone
	case "Failed":
		j.state = jobFailed
	case "Cancelled":
		j.state = jobCancelled
	}
	return j
}

// start asks for a refresh, or for the run of a flow, and gives the id of its job.
func start(ctx context.Context, c *api.Client, key refresh.Key) (id string, created time.Time, err error) {
	path := map[refresh.Kind]string{refresh.Published: "datasources/%/refresh", refresh.Workbook: "workbooks/%/refresh", refresh.Flow: "flows/%/run"}[key.Kind]
	v, err := c.Post(ctx, strings.Replace(path, "%", key.LUID, 1))
	return v.Get("job.id").String(), timeOf(v.Get("job.createdAt")), err
}

// timeOf reads a time of the server; zero where it is not one.
func timeOf(v gjson.Result) time.Time {
	t, err := time.Parse(time.RFC3339, v.String())
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}
