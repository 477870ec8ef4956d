package refresh

import "time"

// State is what comes of an extract.
type State uint8

const (
	Due State = iota
	NotDue
	Blocked
	Skipped // cannot be refreshed like this
	Off     // is not to be refreshed
	Unknown // the server does not answer for it
)

// String is the word in texts and in JSON.
func (s State) String() string {
	return [...]string{"due", "not due", "blocked", "skipped", "off", "unknown"}[s]
}

// Code names a rule.
type Code string

// The codes, in the order in which the rules are tried.
const (
	SwitchedOff     Code = "switched_off"
	NeverWanted     Code = "never"
	AllExcluded     Code = "excluded"
	NotAnswered     Code = "not_found"
	LiveConnection  Code = "live"
	NothingUpstream Code = "not_in_results"
	BlockedBy       Code = "blocked"
	WasAsked        Code = "asked"
	UpToDate        Code = "up_to_date"
	InInterval      Code = "interval"
	JobRunning      Code = "running"
	FlowBetween     Code = "flow"
	NeverRefreshed  Code = "never_refreshed"
	BuiltSince      Code = "built_since"
	SourceSince     Code = "source_refreshed"
)

// Rule is one row: the first that fits decides.
type Rule struct {
	Code  Code
	State State
	fits  func(*question) bool
	says  func(*Verdict) string // why, without a full stop
}

// rules is the one table of them (RULES.md#the-table). It is never changed.
var rules = [...]Rule{
	{SwitchedOff, Off, func(q *question) bool { return q.opt.Off }, func(*Verdict) string { return "DBT_ACTIVE_EXPOSURES switches refreshes off" }},
	{NeverWanted, Off, func(q *question) bool { return len(q.x.Setting.Never) > 0 }, func(v *Verdict) string {
		return "refresh: never in the meta of " + some("exposure", v.Extract.Setting.Never)
	}},
	{AllExcluded, Off, func(q *question) bool { return q.x.Excluded }, func(*Verdict) string { return "all of its dashboards are excluded" }},
	{NotAnswered, Unknown, func(q *question) bool { return !q.seen.Answered }, (*Verdict).notAnswered},
	{LiveConnection, Skipped, func(q *question) bool { return len(q.live) == 0 }, func(*Verdict) string { return "it has no extract: its connection is live" }},
	{NothingUpstream, NotDue, func(q *question) bool { return q.v.Known == 0 && len(q.v.Blockers) == 0 }, func(*Verdict) string { return "nothing upstream of it is in these results" }},
	{BlockedBy, Blocked, func(q *question) bool { return len(q.v.Blockers) > 0 }, (*Verdict).blockedBy},
	{WasAsked, NotDue, func(q *question) bool { return q.asked }, (*Verdict).wasAsked},
	{UpToDate, NotDue, func(q *question) bool { return !q.builtSince() && !q.sourceSince() }, (*Verdict).upToDate},
	{InInterval, NotDue, func(q *question) bool { return q.opt.Now.Before(q.v.DueAt) }, (*Verdict).inInterval},
	{JobRunning, NotDue, func(q *question) bool { return q.v.Job != "" }, (*Verdict).running},
	{FlowBetween, Skipped, func(q *question) bool { return q.v.WrittenByFlow() && !q.opt.Flows }, (*Verdict).flowBetween},
	{NeverRefreshed, Due, func(q *question) bool { return q.v.RefreshedAt.IsZero() }, (*Verdict).neverRefreshed},
	{BuiltSince, Due, (*question).builtSince, (*Verdict).builtSince},
	{SourceSince, Due, (*question).sourceSince, (*Verdict).sourceSince},
}

// builtSince reports a build that the extract cannot have: after its data was read.
func (q *question) builtSince() bool {
	return q.v.Newest.Resource != nil && q.v.Newest.At.After(q.v.DataAt)
}

// sourceSince reports that a published extract that it reads was refreshed after it, with
// a build that it may not have (RULES.md#extracts-of-extracts).
func (q *question) sourceSince() bool {
	return q.laterSource && q.v.Newest.Resource != nil && q.v.DataAt.Sub(q.v.Newest.At) < q.x.Setting.Window
}

// earliest is the earlier of two times; zero, never, is the earliest of all.
func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
