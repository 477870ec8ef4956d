package health

// State is how healthy the data behind something is.
type State uint8

// The states, from the one that is passed over to the one that wins. A known failure
// always wins over what is not known.
const (
	Unknown State = iota
	Healthy
	Caution
	Degraded
)

var stateNames = [...]string{"unknown", "healthy", "caution", "degraded"}

// String is dbt's word in lower case.
func (s State) String() string { return stateNames[s] }

// Rank puts what is not known between what is well and what is not; the worst is the
// highest.
func (s State) Rank() int {
	return [...]int{Healthy: 0, Unknown: 1, Caution: 2, Degraded: 3}[s]
}

// Ignorable is a group of rules that can be switched off for models and sources.
type Ignorable string

// What can be ignored.
const (
	IgnoreDescription Ignorable = "description"
	IgnoreTests       Ignorable = "tests"
	IgnoreAge         Ignorable = "age"
)

// Rule says what one kind of finding at a resource means: for the resource itself, and
// for what is downstream of it. A state that is Unknown means nothing there.
type Rule struct {
	Code string // in JSON
	Text string // about the exposure, as dbt's Catalog has it where it has this
	// Exposure is what it means for an exposure or dashboard that has the resource among its
	// ancestors; Model for a model that has the source among them; Itself for the resource.
	Exposure, Model, Itself State
	Ignore                  Ignorable
	Fresh                   bool // it is about the freshness of sources
	DocsOnly                bool // dbt's documents have it, its Catalog has not
	Happened                bool // it happened at a time, and is not something that is missing
}

// finding is the number of a rule, and its bit.
type finding uint8

const (
	modelFailed finding = iota
	testFailed
	sourceFailed
	modelPartial
	modelSkipped
	testSkipped
	testWarned
	sourceWarned
	sourceOld
	sourceUnjudged
	modelUntested
	modelOld
	undescribed
	findings
)

// rules is the one table of them, the worst first. It is never changed.
var rules = [findings]Rule{
	modelFailed:  {Code: "model_failed", Text: "At least one upstream model did not build successfully", Exposure: Degraded, Itself: Degraded, Happened: true},
	testFailed:   {Code: "test_failed", Text: "At least one of the upstream models' tests failed", Exposure: Degraded, Itself: Degraded, Happened: true},
	sourceFailed: {Code: "source_failed", Fresh: true, Text: "At least one of the upstream sources is stale", Exposure: Degraded, Model: Degraded, Itself: Degraded, Happened: true},
	modelPartial: {Code: "model_partial", Text: "At least one upstream model was built in part", Exposure: Caution, Itself: Caution, Happened: true},
	modelSkipped: {Code: "model_skipped", Text: "At least one upstream model was skipped", Exposure: Caution, Itself: Caution, DocsOnly: true, Happened: true},
	testSkipped:  {Code: "test_skipped", Text: "At least one of the upstream models' tests was skipped", Exposure: Caution, Itself: Caution, DocsOnly: true, Happened: true},
	testWarned:   {Code: "test_warned", Text: "At least one of the upstream models' tests warned", Exposure: Caution, Itself: Caution, Happened: true},
	sourceWarned: {Code: "source_warned", Fresh: true, Text: "At least one of the upstream sources may be stale", Exposure: Caution, Model: Caution, Itself: Caution, Happened: true},
	sourceOld: {
		Code: "source_check_old", Fresh: true, Text: "At least one of the upstream sources was not checked for 30 days",
		Exposure: Caution, Model: Degraded, Itself: Caution, Ignore: IgnoreAge, DocsOnly: true,
	},
	sourceUnjudged: {Code: "source_without_freshness", Text: "The source has no freshness rule", Itself: Caution},
	modelUntested:  {Code: "model_without_tests", Text: "The model has no tests", Itself: Caution, Ignore: IgnoreTests},
	modelOld:       {Code: "model_old", Text: "The model was not built for 30 days", Itself: Caution, Ignore: IgnoreAge, DocsOnly: true},
	undescribed:    {Code: "no_description", Text: "There is no description", Itself: Caution, Ignore: IgnoreDescription},
}

// Bits besides those of the findings.
const (
	isKnown     = 1 << (findings + iota) // a result is there
	isMissing                            // it could have a result of a run, and has none
	isUnchecked                          // a source with a freshness rule that was never checked
)

// masks have the findings that mean each state somewhere.
type masks struct{ degraded, caution uint32 }

// masksOf gathers the findings of the rules that count.
func masksOf(counts func(*Rule) bool, meaning func(*Rule) State) (m masks) {
	for i := range rules {
		switch r := &rules[i]; {
		case !counts(r):
		case meaning(r) == Degraded:
			m.degraded |= 1 << i
		case meaning(r) == Caution:
			m.caution |= 1 << i
		}
	}
	return m
}

// state is what findings come to.
func (m masks) state(bits uint32) State {
	switch {
	case bits&m.degraded != 0:
		return Degraded
	case bits&m.caution != 0:
		return Caution
	case bits&(isMissing|isUnchecked) != 0 || bits&isKnown == 0:
		return Unknown
	}
	return Healthy
}
