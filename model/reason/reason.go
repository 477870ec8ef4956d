// Package reason says why a table is, or is not, linked to a dbt resource, and what
// hides tables on the way from a dashboard to them. Each reason is one row of one
// table: its code in files and JSON, its title, sentence and advice, and what
// follows from it. A reason is added by a constant here, its row, and the line in
// package match or walk that gives it; a test names every field a row lacks.
//
// What lives here: the texts, and what follows from a reason. What does not: when a reason applies
// (packages match and walk), counting and grouping (package ledger).
package reason

// Code identifies a reason. Its String is the word in files, JSON and lists. It is
// not a byte, so that go vet refuses string(code).
type Code uint16

// The reasons in the order in which the matcher looks for them
// (model/match/RULES.md#verdicts-in-order), then those that only something on the
// way has (model/walk/RULES.md#gaps).
const (
	None Code = iota // no reason was given

	Pinned
	IgnoredByUser
	StoredProcedure
	Redacted
	PublishedSource
	FileOrExtract
	TempObject
	OtherPlatform

	Mapped
	Exact
	ExactCI
	Shard
	ShardPrefix
	Pointer
	PointerMissing
	CaseOnly
	DisabledNode
	DatabaseDiffers
	EnvSchema

	DefaultSchema
	PlatformDefaultSchema
	NoDatabaseUnique
	NoDatabaseGeneric
	NoDatabase
	EphemeralNode
	NoSuchRelation
	NameOnly

	RelatedConnection
	LinkedServer
	CaptionName
	VirtualConnectionName
	GenericConnection
	SessionName
	SessionUnclear

	NotLoaded
	SQLIncomplete
	SQLSuspicious
	TableFunction
	UnsupportedSQL
	FlowNoLineage
	NoLineage
	TooDeep
	SeveralPublished
	CutOff

	count
)

// All lists every reason.
func All() []Code {
	all := make([]Code, 0, count-1)
	for c := None + 1; c < count; c++ {
		all = append(all, c)
	}
	return all
}

// Row is everything that is known of a reason.
type Row struct {
	Code  string // in files, JSON and lists
	Given Given  // who gives it
	Rank  Rank   // where its gaps are listed

	// Sentence is a verdict in one sentence for a reader who does not know the
	// rules, with the placeholders of package match ({node}). Several is the
	// sentence when several nodes fit; without it there is a general one.
	Sentence, Several string
	// TableIs ends a sentence that begins with the table's name. It is for tables
	// that no dbt project could build; other verdicts say it by their nodes.
	TableIs string
	// Heading is the line above a gap on the way when one dashboard is explained.
	Heading string

	Title  string // in counts and above its group of gaps, in a few words
	Advice string // what can be done about it
	// AdviceOnPage repeats the advice below each gap on the page of its dashboard:
	// the gap's own text does not say what to do.
	AdviceOnPage bool

	Behind     Behind     // whether dbt data may be behind it
	Fix        Fix        // the decision that fits best
	Ignore     Ignore     // whether its whole schema may be ignored at once
	Confidence Confidence // of a link by this reason
}

// Given says what gives a reason, one or both.
type Given uint8

const (
	ByVerdict Given = 1 << iota // package match, about a table
	OnTheWay                    // package walk, about something that hides tables
)

// Rank orders groups of gaps: first those that one decision settles.
type Rank uint8

// The ranks, first to last.
const (
	RankSettled  Rank = iota + 1 // a gap only when several nodes fit
	RankDecide                   // a node was found; a decision settles it
	RankMissing                  // dbt has no such table
	RankOutside                  // no dbt project could build it
	RankOnTheWay                 // something hides tables
)

// Behind says whether dbt data may be behind what has a reason, unseen. Where it
// may, the dashboard is not fully linked.
type Behind uint8

// What is behind it.
const (
	NothingBehind Behind = iota + 1
	DataBehind
)

// Fix is the decision that fits a reason best.
type Fix uint8

const (
	FixNone       Fix = iota + 1 // no decision fixes it
	FixMap                       // a map of databases or schemas, otherwise a pin
	FixPin                       // a pin to a candidate or a suggestion
	FixIgnore                    // to ignore the table; a pin would be a guess
	FixIgnoreOnly                // to ignore the table: dbt refuses the node
)

// Ignore says whether all tables of a schema may be ignored at once.
type Ignore uint8

// What may be ignored at once.
const (
	IgnoreTable         Ignore = iota // the table alone
	IgnoreForeignSchema               // its schema, if dbt has nothing in it
	IgnoreSchema                      // its schema
)

// Confidence is how much a link can be trusted.
type Confidence uint8

// The confidences, weakest first.
const (
	NoConfidence Confidence = iota
	Low
	Medium
	High
	Certain
)

// String is the word of the case files, "certain".
func (c Confidence) String() string {
	names := [...]string{"none", "low", "medium", "high", "certain"}
	if int(c) < len(names) {
		return names[c]
	}
	return "unknown"
}

// Row is what is known of the reason.
func (c Code) Row() Row { return *c.row() }

// String is the code in files, JSON and lists, "no_such_relation".
func (c Code) String() string { return c.row().Code }

// HidesData reports whether dbt data may be behind it, unseen.
func (c Code) HidesData() bool { return c.row().Behind == DataBehind }

func (c Code) row() *Row {
	if c < count {
		return &rows[c]
	}
	return &rows[None]
}

// SeveralTitle and SeveralAdvice are for tables that several nodes fit, whatever
// the reason.
const (
	SeveralTitle  = "Several dbt nodes match"
	SeveralAdvice = "Pin each table to its node; or, if the nodes are the same in two environments, load only the manifest whose tables the dashboards read."
)

// SeveralSentence is their sentence where a reason has none of its own.
const SeveralSentence = "Several nodes match equally well: {node}."
