package lineage

import (
	"slices"

	"darkroom/model/walk"
)

// Status says how far a dashboard is linked to dbt: the worst of its tables
// (model/match/RULES.md#state-of-a-dashboard).
type Status uint8

// The states, from worst to best.
const (
	StatusNotLinked    Status = iota // nothing is linked to dbt
	StatusUnclear                    // some table needs a decision
	StatusPartlyLinked               // some table is not known, or something hides tables
	StatusLinked
)

// String is the word in JSON, lists, filters and options: "partly_linked".
func (s Status) String() string {
	return [...]string{"not_linked", "unclear", "partly_linked", "linked"}[s]
}

// Text is the status in a sentence: "partly linked".
func (s Status) Text() string {
	return [...]string{"not linked", "unclear", "partly linked", "linked"}[s]
}

// RenamedStatus finds the status by the word it had in earlier releases, so that an
// error can name the new one.
func RenamedStatus(word string) (Status, bool) {
	i := slices.Index([]string{"none", "undecided", "incomplete", "complete"}, word)
	return Status(max(i, 0)), i >= 0
}

// StatusOf is the worst state of a dashboard's links and gaps.
func StatusOf(links []Link, gaps []walk.Gap) Status {
	if !slices.ContainsFunc(links, func(l Link) bool { return l.Resource != None }) {
		if slices.ContainsFunc(links, func(l Link) bool { return l.Open() }) {
			return StatusUnclear
		}
		return StatusNotLinked
	}
	worst := StatusLinked
	if len(gaps) > 0 {
		worst = StatusPartlyLinked
	}
	for i := range links {
		switch l := &links[i]; {
		case l.Resource != None:
		case l.Open():
			return StatusUnclear
		case l.Verdict.Reason.HidesData():
			worst = StatusPartlyLinked
		}
	}
	return worst
}
