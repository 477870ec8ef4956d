package refresher

import (
	"time"

	"darkroom/model/refresh"
)

// Status is what came of an extract, in dbt's words where it has them.
type Status string

const (
	Started Status = "started" // and not waited for to its end
	Success Status = "success"
	Errored Status = "error"
	Skipped Status = "skipped"
)

// Reason says why an extract that is due was not refreshed, beside the codes of
// refresh.Rule.
type Reason string

const (
	ByQuota      Reason = "quota"            // the site's quota is used up
	WaitsSource  Reason = "waits_for_source" // a published data source comes first
	SourceFailed Reason = "source_failed"    // and failed
	Claimed      Reason = "claimed"          // another darkroom is starting it
	Queued       Reason = "queued"           // another program's job, which cannot be seen
	Unanswered   Reason = "unanswered"       // the request got no answer
	RefusedBy    Reason = "refused"          // by the server
	JobFailed    Reason = "job_failed"
	TimeIsUp     Reason = "wait_over" // --wait ended first
)

// Result is what came of one extract.
type Result struct {
	Verdict *refresh.Verdict
	Status  Status
	Reason  Reason // "" where the verdict says it
	Text    string // why, a line of text
	Job     string
	Foreign bool      // another program's job
	Next    time.Time // when it can be tried again; zero where that is not known
	Began   time.Time
}
