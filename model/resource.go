package model

import "time"

// Resource is one dbt node that lineage can pass through: a model, seed,
// snapshot, source, metric, semantic model, saved query or function.
//
// A project has a hundred thousand of them, so what few have and what many have the same
// lies behind a pointer each: a field here is memory for all of them, and a text is work for
// the garbage collector, too (sources/dbt/SPEED.md#memory).
type Resource struct {
	ID   string // unique_id, "model.shop.fct_orders"
	Name string // without version suffix
	Path string // original_file_path with forward slashes
	// Common is shared with other resources, and nil where nothing of it is known.
	Common *Common
	// Extra is nil for most resources.
	Extra     *ResourceExtra
	Tags      []string // sorted, unique; of the node and its config
	DependsOn []string // unique_ids of direct parents, in file order
	// Checksum is the beginning of the sha256 that dbt has of the node's file, in one of
	// several forms (sources/dbt/ARTIFACTS.md#an-outdated-manifest); 0 when it has none.
	Checksum uint64
	Kind     Kind
	// NamesRelation: Identifier is Name.
	NamesRelation bool
	// VersionText is true when the manifest has the version as a text, so that a
	// ref has to quote it (v='2024q1').
	VersionText bool
	// LatestPointer is config.latest_version_pointer.enabled (dbt 1.12+), with
	// its alias when the project sets one.
	LatestPointer bool
	// ChecksFreshness marks a source with a freshness rule: dbt source freshness judges it.
	ChecksFreshness bool
	External        bool // stub of another project's node: no path of its own
	// ExternalLocation marks a dbt-duckdb source that reads files.
	ExternalLocation bool
}

// Common is what the resources of a folder have in common. It is never changed: a resource
// that differs has another one.
type Common struct {
	Package          string
	Database, Schema string // of the relation in the warehouse
	SourceName       string // of a source: the first argument of source()
	Materialized     string // config.materialized: view, table, incremental, ephemeral …
	ConfigSchema     string // config.schema, before generate_schema_name
	Access           string // private, protected, public; empty before dbt 1.5
	Group            string
	// Rendered is what RelationName has before and after the identifier.
	Rendered [2]string
}

// ResourceExtra is what only some resources have.
type ResourceExtra struct {
	// Identifier is empty where it is the resource's Name.
	Identifier string
	// RelationName is that of a resource whose Common has it not.
	RelationName string
	Description  string
	// Columns are those that YAML files describe, in their order: perhaps not all, perhaps
	// more than there are.
	Columns []*Column
	// Versions is nil for most of them, too. It is shared, and never changed.
	Versions *Versions
}

// Versions is what models with versions, or with a date of deprecation, have.
type Versions struct {
	// This and Latest are the printed forms of any scalar dbt allows.
	This, Latest string
	PointerAlias string // of the pointer to the latest version
	// Deprecation is the model's deprecation_date (dbt 1.6+); zero when it has none.
	Deprecation time.Time
}

// Empty reports that there is nothing in x.
func (x *ResourceExtra) Empty() bool {
	return x.Identifier == "" && x.RelationName == "" && x.Description == "" && x.Columns == nil && x.Versions == nil
}

// common is never nil, and not to be changed.
func (r *Resource) common() *Common { return orEmpty(r.Common) }

// extra is never nil, and not to be changed.
func (r *Resource) extra() *ResourceExtra { return orEmpty(r.Extra) }

// versions is never nil, and not to be changed.
func (r *Resource) versions() *Versions { return orEmpty(r.extra().Versions) }

// orEmpty is an empty T for what has none.
func orEmpty[T any](t *T) *T {
	if t == nil {
		return new(T)
	}
	return t
}

func (r *Resource) Package() string { return r.common().Package }

// Database is that of the relation in the warehouse.
func (r *Resource) Database() string { return r.common().Database }

// Schema is that of the relation in the warehouse.
func (r *Resource) Schema() string { return r.common().Schema }

// SourceName is the first argument of source().
func (r *Resource) SourceName() string { return r.common().SourceName }

// Materialized is view, table, incremental, ephemeral …
func (r *Resource) Materialized() string { return r.common().Materialized }

// ConfigSchema is config.schema, before generate_schema_name.
func (r *Resource) ConfigSchema() string { return r.common().ConfigSchema }

// Access is private, protected or public; empty before dbt 1.5.
func (r *Resource) Access() string { return r.common().Access }

// Group is the name of one of the project's groups.
func (r *Resource) Group() string { return r.common().Group }

// Identifier is the relation's name in the warehouse: the alias of a model, seed or
// snapshot and the identifier of a source, never the name.
func (r *Resource) Identifier() string {
	if r.NamesRelation {
		return r.Name
	}
	return r.extra().Identifier
}

// RelationName is dbt's rendering of the relation, which serves only to learn which parts are
// quoted (model/relation/RULES.md#quotes-of-dbt); it is empty where there is no relation.
func (r *Resource) RelationName() string {
	if around := r.common().Rendered; around != [2]string{} {
		return around[0] + r.Identifier() + around[1]
	}
	return r.extra().RelationName
}

// Description is that of the YAML file.
func (r *Resource) Description() string { return r.extra().Description }

// Columns are those that YAML files describe; see [ResourceExtra].
func (r *Resource) Columns() []*Column { return r.extra().Columns }

// Version is the printed form of any scalar dbt allows.
func (r *Resource) Version() string { return r.versions().This }

// LatestVersion is as Version.
func (r *Resource) LatestVersion() string { return r.versions().Latest }

// LatestPointerAlias is the alias of the pointer to the latest version.
func (r *Resource) LatestPointerAlias() string { return r.versions().PointerAlias }

// Deprecation is the model's deprecation_date; zero when it has none.
func (r *Resource) Deprecation() time.Time { return r.versions().Deprecation }
