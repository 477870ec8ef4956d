package model

import (
	"strings"
	"time"
)

// Kind says what a dbt resource is. The values are dbt's resource_type words.
type Kind uint8

// The kinds that darkroom keeps. Everything else in a manifest is skipped.
const (
	KindUnknown Kind = iota
	KindModel
	KindSeed
	KindSnapshot
	KindSource
	KindMetric
	KindSemanticModel
	KindSavedQuery
	KindFunction // from dbt 1.11
	KindExposure
)

var kindNames = [...]string{"unknown", "model", "seed", "snapshot", "source", "metric", "semantic_model", "saved_query", "function", "exposure"}

// String is dbt's word, for example "semantic_model".
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return kindNames[KindUnknown]
}

// KindOf reads dbt's resource_type; an unknown word gives KindUnknown.
func KindOf(resourceType string) Kind {
	for k, name := range kindNames {
		if name == resourceType {
			return Kind(k)
		}
	}
	return KindUnknown
}

// Project is one dbt project as its manifest and the artifacts beside it describe it.
type Project struct {
	Name          string // root package
	Adapter       string // metadata.adapter_type in lower case, "postgres"
	DbtVersion    string // "1.12.6"; empty in hand-made manifests
	SchemaVersion string // metadata.dbt_schema_version, a URL ending in v12.json
	File          string // the manifest that was read, for messages
	Root          string // folder with dbt_project.yml; empty when unknown
	DocsURL       string // where its dbt docs are served; empty when unknown
	GeneratedAt   time.Time

	Resources []Resource // enabled ones, in file order
	Disabled  []Resource // from the manifest's own "disabled" section
	Exposures []Exposure // already declared, by hand or by us
	Tests     []Test

	// By unique_id; nil when the artifact is absent.
	Catalog   map[string][]*Column // what the warehouse itself said (catalog.json)
	Runs      map[string]Run
	Freshness map[string]Freshness

	// RunCommand is args.which of run_results.json ("build"); RunAt when it ended.
	RunCommand string
	RunAt      time.Time
}

// IsEphemeral reports a model that builds no relation.
func (r *Resource) IsEphemeral() bool { return r.Materialized() == "ephemeral" }

// HasRuns reports what a run of dbt has a result of. An ephemeral model builds nothing.
func (r *Resource) HasRuns() bool {
	switch r.Kind {
	case KindModel, KindSeed, KindSnapshot, KindFunction:
		return !r.IsEphemeral()
	}
	return false
}

// HasRelation reports whether r is a table or view of the warehouse.
func (r *Resource) HasRelation() bool {
	switch r.Kind {
	case KindModel, KindSeed, KindSnapshot, KindSource:
		return !r.IsEphemeral()
	}
	return false
}

// VersionedName is the name people use: with the version, where there is one.
func (r *Resource) VersionedName() string {
	if r.Version() != "" {
		return r.Name + ".v" + r.Version()
	}
	return r.Name
}

// FullName is the VersionedName; that of a source begins with the source's own.
func (r *Resource) FullName() string {
	if r.Kind == KindSource {
		return r.SourceName() + "." + r.Name
	}
	return r.VersionedName()
}

// DeprecatedBy reports whether a day is past the deprecation date.
func (r *Resource) DeprecatedBy(day time.Time) bool {
	return !r.Deprecation().IsZero() && r.Deprecation().Before(day)
}

// Relation is the table or view behind r as far as its parts are known,
// "shop.marts.orders"; empty when there is none.
func (r *Resource) Relation() string {
	if !r.HasRelation() {
		return ""
	}
	var parts []string
	for _, p := range [...]string{r.Database(), r.Schema(), r.Identifier()} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ".")
}

// Test is a data test; only its links are kept, for health.
type Test struct {
	ID, Name  string
	DependsOn []string
}

// Exposure is one that the manifest already declares.
type Exposure struct {
	ID, Name, Package string
	Label, Type       string
	OwnerName         string
	OwnerEmails       []string
	URL, Maturity     string
	Description       string
	Path              string // original_file_path with forward slashes
	Tags              []string
	DependsOn         []string // unique_ids
	Enabled           bool
	// ToolKey is the key below meta that names the BI tool, "tableau"; LUID is any meta
	// value under a key "luid" (at most one level deep), in lower case; ManagedBy is
	// the tool's managed_by.
	ToolKey, LUID, ManagedBy string
	// Dashboard is the key of the dashboard that darkroom wrote the exposure for, where
	// it is not the LUID: hidden ones have none, and two sites can have the same.
	Dashboard string
	Refresh   RefreshSetting
}

// RefreshSetting is what an exposure's meta says under refresh: never, or after with a
// number of minutes (model/refresh/RULES.md#settings).
type RefreshSetting struct {
	Never    bool
	HasAfter bool
	After    int  // minutes, not negative
	Unknown  bool // it is neither: the key of another program, perhaps
}

// Column is one column of a relation. Relations whose columns are the same share it, so it is
// never changed.
type Column struct {
	Name, Type string
	Quoted     bool // a manifest says that dbt quotes it
}

// Run is the result of the last dbt run of a node (run_results.json).
type Run struct {
	Status  string // success, error, skipped, pass, fail, warn …
	Message string
	EndedAt time.Time
	Seconds float64
	// BuiltAt is when it was built successfully, in any of the runs that were read: a later
	// one that was reused or built nothing leaves the data of that build. Zero is never.
	BuiltAt time.Time
}

// Outcome is what the word of a run's result means for the data.
type Outcome uint8

// The outcomes. A word that is not known proves nothing.
const (
	OutcomeUnknown Outcome = iota
	OutcomeFine            // built, or nothing to build
	OutcomeFailed
	OutcomePartial
	OutcomeSkipped
)

// Outcome reads the status of a model, seed, snapshot or function.
func (r Run) Outcome() Outcome {
	switch r.Status {
	case "success", "no-op", "reused", "pass":
		return OutcomeFine
	case "error", "fail", "runtime error":
		return OutcomeFailed
	case "partial success":
		return OutcomePartial
	case "skipped":
		return OutcomeSkipped
	}
	return OutcomeUnknown
}

// Freshness is the result of the last source freshness check (sources.json).
type Freshness struct {
	Status      string // pass, warn, error, runtime error
	MaxLoadedAt time.Time
	CheckedAt   time.Time
}
