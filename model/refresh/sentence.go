package refresh

import (
	"fmt"
	"strings"
	"time"

	"darkroom/model"
)

// Sentence says why, without a full stop.
func (v *Verdict) Sentence() string { return v.says(v) }

func (v *Verdict) notAnswered() string {
	return v.Extract.Site.Tool.Text("{Tool} does not show it: it was deleted, or the account may not see it")
}

func (v *Verdict) wasAsked() string {
	return fmt.Sprintf("a refresh was asked for on %s, and whether it began is not known; due again on %s", Clock(v.RefreshedAt), Clock(v.DueAt))
}

func (v *Verdict) running() string {
	if v.JobIsOurs {
		return "its refresh is running: job " + v.Job
	}
	return "another program started its refresh: job " + v.Job
}

func (v *Verdict) inInterval() string {
	return fmt.Sprintf("refreshed on %s, and its interval is %s; due again on %s", Clock(v.RefreshedAt), minutes(v.Extract.Setting.Window), Clock(v.DueAt))
}

func (v *Verdict) flowBetween() string {
	return "it is written by " + v.Extract.Site.Tool.Text("{flows}: ") + flowNames(v.Flows) + "; --flows runs them"
}

func (v *Verdict) neverRefreshed() string { return v.built() + ", and it was never refreshed" }

func (v *Verdict) builtSince() string {
	return v.built() + ", and it was last refreshed on " + Clock(v.RefreshedAt)
}

func (v *Verdict) sourceSince() string {
	return "a published data source that it reads was refreshed after it, with " + v.Newest.Resource.FullName() + " of " + Clock(v.Newest.At)
}

func (v *Verdict) built() string {
	return v.Newest.Resource.FullName() + " was built on " + Clock(v.Newest.At)
}

func (v *Verdict) upToDate() string {
	if v.Newest.Resource == nil {
		return "nothing upstream of it was built in these results"
	}
	return "refreshed on " + Clock(v.RefreshedAt) + ", and nothing upstream of it was built since; " + v.built()
}

func (v *Verdict) blockedBy() string {
	var names []string
	for i := range v.Blockers {
		b := &v.Blockers[i]
		word := "failed"
		if b.Status == "skipped" {
			word = "was skipped"
		}
		names = append(names, b.Name()+" "+word)
	}
	return list(names)
}

// Notes are what else is to be known of it, each a sentence without a full stop.
func (v *Verdict) Notes() (notes []string) {
	if v.State == Off || v.State == Unknown || v.Code == LiveConnection {
		return nil
	}
	if n := len(v.Missing); n > 0 && v.Code != NothingUpstream {
		notes = append(notes, fmt.Sprintf("%d of %d ancestors in these results; without a result: %s", v.Known, v.All, list(names(v.Missing))))
	}
	if len(v.Partial) > 0 {
		notes = append(notes, "built in part, which does not count: "+list(names(v.Partial)))
	}
	if len(v.Flows) > 0 && v.Code != FlowBetween {
		notes = append(notes, v.Extract.Site.Tool.Text("{flows} in between: ")+flowNames(v.Flows)+"; what they write is as old as their last run")
	}
	if len(v.Virtual) > 0 {
		notes = append(notes, v.Extract.Site.Tool.Text("{virtual connections} in between: ")+list(v.Virtual)+"; their own extracts are not refreshed")
	}
	if len(v.Strangers) > 0 {
		notes = append(notes, "not in the snapshot, so nothing is known of it: "+list(v.Strangers)+"; run darkroom sync")
	}
	if v.Unlinked > 0 {
		notes = append(notes, fmt.Sprintf("not linked to dbt: %d of its tables or sources; darkroom gaps says why", v.Unlinked))
	}
	return notes
}

func names(resources []*model.Resource) (out []string) {
	for _, r := range resources {
		out = append(out, r.FullName())
	}
	return out
}

func flowNames(flows []*model.Flow) string {
	var out []string
	for _, f := range flows {
		out = append(out, model.DisplayName(f.Name))
	}
	return list(out)
}

func some(noun string, names []string) string {
	if len(names) > 1 {
		noun += "s"
	}
	return noun + " " + list(names)
}

// list joins the first three names, and counts the rest.
func list(names []string) string {
	const most = 3
	if n := len(names); n > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), n-most)
	}
	return strings.Join(names, ", ")
}

// Clock is a time as it is printed, in UTC as the server and dbt have it.
func Clock(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// minutes is an interval in dbt's unit.
func minutes(d time.Duration) string {
	if d/time.Minute == 1 {
		return "1 minute"
	}
	return fmt.Sprintf("%d minutes", int(d/time.Minute))
}
