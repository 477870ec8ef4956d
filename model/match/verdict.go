package match

import "darkroom/model"

// Outcome is what the matcher concludes about one table.
type Outcome uint8

// The outcomes. Only Matched ticks a checkbox.
const (
	Unmatched     Outcome = iota // no relation of the projects
	Matched                      // one node
	Review                       // one node, a person has to confirm it
	Ambiguous                    // several nodes, a person has to choose
	NotApplicable                // no table of a loaded project's warehouse
)

// String is the word of the case files, "not_applicable".
func (o Outcome) String() string {
	names := [...]string{"unmatched", "matched", "review", "ambiguous", "not_applicable"}
	if int(o) < len(names) {
		return names[o]
	}
	return "unknown"
}

// Confidence is how far a verdict can be trusted; it follows from the reason.
type Confidence uint8

// The confidences, weakest first.
const (
	None Confidence = iota
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

// Reason is the code of the rule that decided.
type Reason string

// The reasons, in the order of RULES.md#verdicts-in-order.
const (
	Pinned          Reason = "pinned"
	IgnoredByUser   Reason = "ignored_by_user"
	StoredProcedure Reason = "stored_procedure"
	Redacted        Reason = "redacted"
	PublishedSource Reason = "published_datasource"
	FileOrExtract   Reason = "file_or_extract"
	TempObject      Reason = "temp_object"
	OtherPlatform   Reason = "other_platform"

	Mapped          Reason = "mapped"
	Exact           Reason = "exact"
	ExactCI         Reason = "exact_ci"
	Shard           Reason = "shard"
	ShardPrefix     Reason = "shard_prefix"
	Pointer         Reason = "pointer"
	PointerMissing  Reason = "pointer_undeclared"
	CaseOnly        Reason = "case_only"
	DisabledNode    Reason = "disabled"
	DatabaseDiffers Reason = "database_differs"
	EnvSchema       Reason = "env_schema"

	DefaultSchema         Reason = "default_schema"
	PlatformDefaultSchema Reason = "platform_default_schema"
	NoDatabaseUnique      Reason = "no_database_unique"
	NoDatabaseGeneric     Reason = "no_database_generic_schema"
	NoDatabase            Reason = "no_database"
	EphemeralNode         Reason = "ephemeral"
	NoSuchRelation        Reason = "no_such_relation"
	NameOnly              Reason = "name_only"

	RelatedConnection     Reason = "related_connection"
	LinkedServer          Reason = "linked_server"
	CaptionName           Reason = "caption_name"
	VirtualConnectionName Reason = "virtual_connection_name"
	GenericConnection     Reason = "generic_connection"
)

// Node is a resource with the project it was found in. Several manifests may
// have the same resource; this is the one that fitted.
type Node struct {
	Project  *model.Project
	Resource *model.Resource
}

// Verdict is the answer for one table.
type Verdict struct {
	Outcome    Outcome
	Reason     Reason
	Confidence Confidence
	// Nodes is the one node when matched or in review, all candidates when
	// ambiguous, else empty.
	Nodes []Node
	// Also are other nodes of the same relation, refused by RULES.md#one-relation-several-nodes.
	Also []Node
	// Suggestions are at most three, best first, and never more than a hint.
	Suggestions []Node
	Because     string // one sentence for people
	Evidence    Evidence
}

// Checked reports whether the checkbox is set before a person looks (RULES.md#confidence).
func (v *Verdict) Checked() bool { return v.Outcome == Matched }

// confidence is a function of outcome and reason (RULES.md#confidence).
func confidence(o Outcome, r Reason) Confidence {
	switch o {
	case Review:
		return Low
	case Matched:
		switch r {
		case Pinned, Exact:
			return Certain
		case NoDatabaseUnique:
			return Medium
		}
		return High
	}
	return None
}
