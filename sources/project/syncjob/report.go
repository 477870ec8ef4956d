package syncjob

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/sitediff"
	"darkroom/sources/tableau/fetch"
)

// Report is what is said of a site after its sync.
type Report struct {
	Name    string
	Err     error
	Unready bool // Err is why it could not begin
	Stopped bool // Err is that the sync was stopped
	Kept    bool // what was fetched before Err is kept for the next sync
	Written bool // the snapshot is new

	Summary string   // one line: what is in the new snapshot, and what changed
	Changes string   // what changed, in a few words
	Notes   []string // what is good to know
	// Incomplete is what the answer lacks, the last line counting those that are too many.
	Incomplete []string
	// Worse is why the old snapshot was kept, other than what Incomplete says already;
	// OldKept is set whenever it was.
	Worse   []string
	OldKept bool

	Diff sitediff.Diff
}

// mostIncomplete is how many lines say what is incomplete.
const mostIncomplete = 20

// report is that of a job that ended.
func report(j *Job, res fetch.Result, err error) Report {
	r := Report{Name: j.Name, Err: err, Unready: j.Unready != nil, Written: res.Written, Diff: res.Diff}
	if err != nil {
		r.Stopped = errors.Is(err, context.Canceled)
		_, r.Kept = fetch.Interrupted(j.File)
		return r
	}
	partial := res.Snapshot.Partial
	if res.Snapshot.Resumed {
		r.Notes = append(r.Notes, "resumed an interrupted sync")
	}
	r.Notes = append(r.Notes, res.Snapshot.Notes...)
	r.Incomplete = slices.Clone(partial)
	if more := len(partial) - mostIncomplete; more > 0 {
		r.Incomplete = append(r.Incomplete[:mostIncomplete], fmt.Sprintf("and %d more", more))
	}
	r.OldKept = len(res.Refused) > 0
	for _, why := range res.Refused {
		if !slices.ContainsFunc(partial, func(gap string) bool { return strings.HasSuffix(why, ": "+gap) }) {
			r.Worse = append(r.Worse, why)
		}
	}
	if r.Written {
		r.Changes, r.Summary = changes(res), summary(j, res)
	}
	return r
}

// mostCounts is how many kinds of objects a summary counts.
const mostCounts = 4

// summary is one line: what is in the snapshot and what changed.
func summary(j *Job, res fetch.Result) string {
	var counts []string
	for _, c := range res.Snapshot.Counts {
		if c.N > 0 && len(counts) < mostCounts {
			counts = append(counts, fmt.Sprintf("%d %s", c.N, c.Words))
		}
	}
	if n := res.Snapshot.Downloaded; n > 0 {
		counts = append(counts, model.Count(n, "file")+" downloaded")
	}
	if n := res.Snapshot.Kept; n > 0 {
		counts = append(counts, model.Count(n, "file")+" kept from last time")
	}
	line := strings.Join(counts, ", ") + "; " + j.Snapshot
	if res.First {
		return line
	}
	return line + "; " + changes(res)
}

// changes is what changed since the last snapshot.
func changes(res fetch.Result) string {
	if res.First {
		return model.Count(len(res.Site.Dashboards), "dashboard")
	}
	var parts []string
	for _, c := range []struct {
		n    int
		what string
	}{
		{len(res.Diff.New), "new"},
		{len(res.Diff.Gone), "gone"},
		{len(res.Diff.Renamed), "renamed"},
		{len(res.Diff.Moved), "moved"},
		{res.Diff.AlteredDashboards, "changed"},
	} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	if len(parts) == 0 {
		return "the same dashboards as last time"
	}
	return "dashboards: " + strings.Join(parts, ", ")
}
