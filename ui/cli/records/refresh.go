package records

import (
	"time"

	"darkroom/model/refresh"
	"darkroom/sources/project/refresher"
	"darkroom/sources/project/refreshjob"
)

// Refresh is what darkroom refresh prints in JSON.
type Refresh struct {
	At       time.Time       `json:"at"`
	DryRun   bool            `json:"dry_run"`
	Sites    []RefreshSite   `json:"sites"`
	Extracts []RefreshRecord `json:"extracts"` // in the order of the sites
	// Counts are of the extracts by their status; of a dry run by their plan.
	Counts map[string]int `json:"counts"`
}

// RefreshSite is one site.
type RefreshSite struct {
	Name  string   `json:"name"`
	ID    string   `json:"id"`
	Error string   `json:"error,omitempty"` // why it could not be asked, or the run ended early
	Notes []string `json:"notes,omitempty"`
}

// RefreshRecord is one extract.
type RefreshRecord struct {
	Site       string   `json:"site"`
	Kind       string   `json:"kind"` // datasource or workbook
	LUID       string   `json:"luid"`
	Name       string   `json:"name"`
	Project    string   `json:"project,omitempty"`
	Dashboards []string `json:"dashboards"` // their keys
	Views      int      `json:"views"`
	Plan       string   `json:"plan"`             // due, not due, blocked, skipped, off or unknown
	Status     string   `json:"status,omitempty"` // started, success, error or skipped; not of a dry run
	Reason     string   `json:"reason"`           // a code
	Text       string   `json:"text"`
	Notes      []string `json:"notes,omitempty"`

	RefreshedAt *time.Time       `json:"refreshed_at"` // null: never, or not known
	BuiltAt     *time.Time       `json:"built_at"`     // of the newest build upstream
	Built       string           `json:"built,omitempty"`
	NextAt      *time.Time       `json:"next_at,omitempty"` // when it can be due, or tried, again
	Minutes     int              `json:"build_after"`
	Job         string           `json:"job,omitempty"`
	ByAnother   bool             `json:"by_another_program,omitempty"`
	BlockedBy   []RefreshBlocker `json:"blocked_by,omitempty"`
	Unknown     []string         `json:"without_result,omitempty"` // unique_ids of ancestors
	Before      []string         `json:"after_sources,omitempty"`  // LUIDs of published extracts that come first
}

// RefreshBlocker is an ancestor, or a test, that is in the way.
type RefreshBlocker struct {
	ID     string     `json:"unique_id"`
	Test   string     `json:"test,omitempty"`
	Status string     `json:"status"`
	At     *time.Time `json:"at,omitempty"`
}

// RefreshOf makes the record.
func RefreshOf(reports []refreshjob.Report, at time.Time, dryRun bool) *Refresh {
	out := &Refresh{At: at.UTC(), DryRun: dryRun, Sites: []RefreshSite{}, Extracts: []RefreshRecord{}, Counts: map[string]int{}}
	for i := range reports {
		r := &reports[i]
		site := RefreshSite{Name: r.Name, ID: r.Site.ID(), Notes: r.Notes}
		if r.Err != nil {
			site.Error = r.Err.Error()
		}
		out.Sites = append(out.Sites, site)
		for j := range r.Results {
			x := recordOf(r.Name, &r.Results[j], dryRun)
			out.Extracts = append(out.Extracts, x)
			if dryRun {
				out.Counts[x.Plan]++
			} else {
				out.Counts[x.Status]++
			}
		}
	}
	return out
}

func recordOf(site string, r *refresher.Result, dryRun bool) RefreshRecord {
	v := r.Verdict
	x := RefreshRecord{
		Site: site, Kind: v.Extract.Kind.String(), LUID: v.Extract.LUID, Name: v.Extract.Name, Project: v.Extract.Place, Dashboards: []string{}, Views: v.Extract.Views,
		Plan: v.State.String(), Reason: string(v.Code), Text: v.Sentence(), Notes: v.Notes(), RefreshedAt: given(v.RefreshedAt), BuiltAt: given(v.Newest.At),
		Minutes: int(v.Extract.Setting.Window / time.Minute), Job: v.Job,
	}
	if !dryRun {
		x.Status = string(r.Status)
	}
	for _, d := range v.Extract.Dashboards {
		x.Dashboards = append(x.Dashboards, d.Key)
	}
	if v.Newest.Resource != nil {
		x.Built = v.Newest.Resource.ID
	}
	if v.Code == refresh.InInterval || v.Code == refresh.WasAsked {
		x.NextAt = given(v.DueAt)
	}
	for i := range v.Blockers {
		b := &v.Blockers[i]
		one := RefreshBlocker{ID: b.Resource.ID, Status: b.Status, At: given(b.At)}
		if b.Test != nil {
			one.Test = b.Test.ID
		}
		x.BlockedBy = append(x.BlockedBy, one)
	}
	for _, missing := range v.Missing {
		x.Unknown = append(x.Unknown, missing.ID)
	}
	for _, before := range v.Before {
		x.Before = append(x.Before, before.Extract.LUID)
	}
	x.addResult(r)
	return x
}

// addResult adds what came of it.
func (x *RefreshRecord) addResult(r *refresher.Result) {
	if r.Reason != "" {
		x.Reason = string(r.Reason)
	}
	if r.Text != "" {
		x.Text = r.Text
	}
	if r.Job != "" {
		x.Job = r.Job
	}
	if next := given(r.Next); next != nil {
		x.NextAt = next
	}
	x.ByAnother = r.Foreign
}

// Failed reports an extract whose refresh went wrong.
func (x *RefreshRecord) Failed() bool { return x.Status == string(refresher.Errored) }

// Left reports one that is due and was not started.
func (x *RefreshRecord) Left() bool {
	return x.Plan == refresh.Due.String() && x.Status == string(refresher.Skipped)
}

// Word is what is said first of it: what came of it, or what is planned.
func (x *RefreshRecord) Word() string {
	if x.Status != "" && (x.Plan == refresh.Due.String() || x.Status != string(refresher.Skipped)) {
		return x.Status
	}
	if x.Status == "" || x.Plan == refresh.Blocked.String() {
		return x.Plan
	}
	return x.Status
}
