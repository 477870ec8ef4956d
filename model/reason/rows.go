package reason

const pinOrIgnore = "If the suggested node is this table, pin it; if not, ignore the table."

// rows has one row per reason.
var rows = [count]Row{
	Pinned: {
		Code: "pinned", Given: ByVerdict, Rank: RankSettled, Behind: DataBehind, Fix: FixNone, Confidence: Certain,
		Sentence: "This table is pinned to {node}{said}.",
		Title:    "Pinned",
	},
	IgnoredByUser: {
		Code: "ignored_by_user", Given: ByVerdict, Rank: RankSettled, Behind: NothingBehind, Fix: FixNone,
		Sentence: "This table is ignored{said}.",
		TableIs:  "is ignored by a decision.",
		Title:    "Ignored",
	},
	StoredProcedure: { // its inputs are not known (P12)
		Code: "stored_procedure", Given: ByVerdict | OnTheWay, Rank: RankOutside, Behind: DataBehind, Fix: FixIgnore,
		Sentence: "This is a stored procedure, not a table, and what it reads is unknown.",
		TableIs:  "is a procedure, not a table.",
		Heading:  "Something hides tables",
		Title:    "Stored procedures",
		Advice:   "What a procedure reads is unknown. Pin it to the model that it reads, or ignore it.",
	},
	Redacted: { // names hidden by permissions (G1)
		Code: "redacted", Given: ByVerdict | OnTheWay, Rank: RankOutside, Behind: DataBehind, Fix: FixIgnore,
		Sentence: "The name of this table is hidden from your token: it lacks permission to see the database or table, so lineage behind it is unknown.",
		TableIs:  "cannot be known: its name is hidden.",
		Heading:  "Something hides tables",
		Title:    "Names hidden by permissions",
		Advice:   "Ask for permission to see the database and its tables in {tool}, then fetch again.",
	},
	PublishedSource: { // a published data source that is not in the data (P2)
		Code: "published_datasource", Given: ByVerdict | OnTheWay, Rank: RankOutside, Behind: DataBehind, Fix: FixIgnore,
		Sentence: "This is a placeholder for a published data source or a virtual connection; the tables behind it are matched instead.",
		TableIs:  "is a placeholder for tables that cannot be seen.",
		Heading:  "Something hides tables",
		Title:    "A published data source is not loaded",
		Advice:   "Load the published source: fetch the whole site, or give the token's owner permission to see it.",
	},
	FileOrExtract: { // a file, a web source, an extract without its source (P9)
		Code: "file_or_extract", Given: ByVerdict | OnTheWay, Rank: RankOutside, Behind: DataBehind, Fix: FixIgnore,
		Sentence: "A file, an extract or a web source ({connection}): no dbt project builds it.",
		TableIs:  "is not in a warehouse, so no dbt project builds it.",
		Heading:  "Something hides tables",
		Title:    "Files, sheets and extracts",
		Advice:   "dbt does not build files, so nothing can be linked. If the file is an export of a dbt model, read the model instead; otherwise ignore it.",
	},
	TempObject: {
		Code: "temp_object", Given: ByVerdict, Rank: RankOutside, Behind: NothingBehind, Fix: FixIgnore,
		Sentence: "A temporary table or variable, which exists only while the query runs.",
		TableIs:  "exists only while a query runs.",
		Title:    "Temporary tables",
		Advice:   "They exist only while a query runs. Pin them to what fills them, or ignore them.",
	},
	OtherPlatform: {
		Code: "other_platform", Given: ByVerdict, Rank: RankOutside, Behind: NothingBehind, Fix: FixIgnore, Ignore: IgnoreSchema,
		Sentence: "The connection type {connection}{connection note} belongs to a different platform than the loaded dbt projects ({platforms}).",
		TableIs:  "is on a different platform than the loaded dbt projects.",
		Title:    "A different platform than dbt's",
		Advice:   "If a dbt project builds there, load its manifest as well (--manifest FILE). If the connection does lead to dbt's warehouse, add it under connection_aliases. Otherwise ignore the tables.",
	},

	Mapped: {
		Code: "mapped", Given: ByVerdict, Rank: RankSettled, Behind: DataBehind, Fix: FixPin, Confidence: High,
		Sentence: "With your map {map} this is {node}.",
		Title:    "Matched with a map",
	},
	Exact: {
		Code: "exact", Given: ByVerdict, Rank: RankSettled, Behind: DataBehind, Fix: FixPin, Confidence: Certain,
		Sentence: "{Levels} match {node}.",
		Title:    "The name matches",
	},
	ExactCI: {
		Code: "exact_ci", Given: ByVerdict, Rank: RankSettled, Behind: DataBehind, Fix: FixPin, Confidence: High,
		Sentence: "{Levels} match {node} except for upper and lower case, which makes no difference here.",
		Title:    "The name matches but for letter case",
	},
	Shard: {
		Code: "shard", Given: ByVerdict, Rank: RankSettled, Behind: DataBehind, Fix: FixPin, Confidence: High,
		Sentence: "A part, by date, of the sharded source {node}.",
		Title:    "Part of a sharded source",
	},
	ShardPrefix: {
		Code: "shard_prefix", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixPin, Confidence: Low,
		Sentence: "The name begins like the sharded source {node}, but what follows is not a date.",
		Title:    "Begins like a sharded source",
		Advice:   pinOrIgnore,
	},
	Pointer: {
		Code: "pointer", Given: ByVerdict, Rank: RankSettled, Behind: DataBehind, Fix: FixPin, Confidence: High,
		Sentence: "The plain name of the versioned model {node}, which keeps a view of that name on its latest version.",
		Title:    "The plain name of a versioned model",
	},
	PointerMissing: {
		Code: "pointer_undeclared", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixPin, Confidence: Low,
		Sentence: "The plain name of the versioned model {node}, which declares no view of that name; the view may be made by hand or left over.",
		Title:    "A versioned model without its version",
		Advice:   "Pin it to the version that the view of that name shows.",
	},
	CaseOnly: {
		Code: "case_only", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixPin, Confidence: Low,
		Sentence: "Equal to {node} except for upper and lower case, which can distinguish two tables here.",
		Several:  "Several nodes are equal except for upper and lower case: {node}.",
		Title:    "Only upper and lower case differ",
		Advice:   pinOrIgnore,
	},
	DisabledNode: {
		Code: "disabled", Given: ByVerdict, Rank: RankMissing, Behind: DataBehind, Fix: FixIgnoreOnly,
		Sentence: "This is the relation of {suggested}, which is disabled: dbt no longer builds it.",
		Title:    "The model is disabled",
		Advice:   "Enable the model again, or move the dashboard to what replaced it; ignore the table if it is kept as an archive.",
	},
	DatabaseDiffers: {
		Code: "database_differs", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixMap, Confidence: Low,
		Sentence: "Schema and table match {node}, but the dashboard reads the database {database} and dbt has {dbt database}; if both are the same database in two environments, add the map {database} → {dbt database}.",
		Several:  "Schema and table match several nodes in databases other than {database}: {node}.",
		Title:    "A different database than dbt's",
		Advice:   "If they are the same database in two environments, apply the map, or load the production manifest; if one is a copy, ignore its tables.",
	},
	EnvSchema: {
		Code: "env_schema", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixMap, Confidence: Low,
		Sentence: "The schema {schema} is the one that {node} is configured with, but this manifest builds it in {dbt schema}; if that is only another environment, add a map.",
		Title:    "Another environment's schema",
		Advice:   "Apply the map, or load the production manifest.",
	},

	DefaultSchema: {
		Code: "default_schema", Given: ByVerdict, Rank: RankSettled, Behind: DataBehind, Fix: FixPin, Confidence: High,
		Sentence: "The table is named without a schema; in {schema}, the schema of its connection, it is {node}.",
		Title:    "In the schema of its connection",
	},
	PlatformDefaultSchema: {
		Code: "platform_default_schema", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixPin, Confidence: Low,
		Sentence: "The schema is unknown; {node} is in the default schema {schema}, but that is a guess.",
		Title:    "Part of the name is a guess",
		Advice:   "Only part of the name is known. " + pinOrIgnore,
	},
	NoDatabaseUnique: { // a question only in strict mode
		Code: "no_database_unique", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixPin, Confidence: Medium,
		Sentence: "The dashboard names no database; schema and table match only {node}{strictly}.",
		Title:    "Part of the name is a guess",
		Advice:   "Only part of the name is known. " + pinOrIgnore,
	},
	NoDatabaseGeneric: {
		Code: "no_database_generic_schema", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixPin, Confidence: Low,
		Sentence: "The dashboard names no database, and nearly every database has a schema {schema}; of the known nodes only {node} matches.",
		Title:    "Part of the name is a guess",
		Advice:   "Only part of the name is known. " + pinOrIgnore,
	},
	NoDatabase: { // only when several nodes fit
		Code: "no_database", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixPin, Confidence: Low,
		Several: "The dashboard names no database, and several nodes have this schema and table: {node}.",
		Title:   "Part of the name is a guess",
		Advice:  "Only part of the name is known. " + pinOrIgnore,
	},
	EphemeralNode: {
		Code: "ephemeral", Given: ByVerdict, Rank: RankMissing, Behind: DataBehind, Fix: FixIgnore,
		Sentence: "The model of that name, {suggested}, is ephemeral: dbt builds no table for it, so this one comes from elsewhere.",
		Title:    "Named like an ephemeral model",
		Advice:   "dbt builds no table for it, so this one is made elsewhere. Find out where; then pin it to the model it is made from, or ignore it.",
	},
	NoSuchRelation: {
		Code: "no_such_relation", Given: ByVerdict, Rank: RankMissing, Behind: DataBehind, Fix: FixPin, Ignore: IgnoreForeignSchema,
		Sentence: "No node of the dbt projects has this {levels}.{perhaps}",
		Title:    "No such table in dbt",
		Advice:   "If dbt builds it under another name, pin it. If it comes from elsewhere, declare it as a dbt source, or ignore it.",
	},
	NameOnly: {
		Code: "name_only", Given: ByVerdict, Rank: RankMissing, Behind: DataBehind, Fix: FixPin,
		Sentence: "Only the table's name is known, and a name alone is not proof.{perhaps}",
		Title:    "Only the table's name is known",
		Advice:   "Pin it to the node it is, or write the schema into the custom SQL.",
	},

	RelatedConnection: {
		Code: "related_connection", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixPin, Confidence: Low,
		Sentence: "The names match {node}, but the connection type {connection} is not proof of {platform}: a copy elsewhere may have the same names.",
		Title:    "The connection does not prove the warehouse",
		Advice:   "If this connection leads to dbt's warehouse, pin the table, or add the connection type under connection_aliases in darkroom.yml.",
	},
	LinkedServer: {
		Code: "linked_server", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixPin, Confidence: Low,
		Sentence: "The names match {node}, but they are prefixed with the name of another server.",
		Title:    "The name is only a hint",
		Advice:   pinOrIgnore,
	},
	CaptionName: {
		Code: "caption_name", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixPin, Confidence: Low,
		Sentence: "Only a caption of the table is known; it leads to {node}, but captions can be edited freely.",
		Title:    "The name is only a hint",
		Advice:   pinOrIgnore,
	},
	VirtualConnectionName: {
		Code: "virtual_connection_name", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixPin, Confidence: Low,
		Sentence: "Only the name in a virtual connection is known; it leads to {node}, but it can be changed there.",
		Title:    "The name is only a hint",
		Advice:   pinOrIgnore,
	},
	GenericConnection: {
		Code: "generic_connection", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixPin, Confidence: Low,
		Sentence: "The names lead to {node}, but the connection does not show which warehouse it is, and the name is incomplete or not exactly equal.",
		Title:    "The connection does not prove the warehouse",
		Advice:   "If this connection leads to dbt's warehouse, pin the table, or add the connection type under connection_aliases in darkroom.yml.",
	},

	SessionName: { // all parts are equal, and a statement before gives one of them
		Code: "session_name", Given: ByVerdict, Rank: RankSettled, Behind: DataBehind, Fix: FixPin, Confidence: High,
		Sentence: "The text does not write the whole name: {session} gives the rest, and {levels} are those of {node}.",
		Title:    "Completed by the session",
	},
	SessionUnclear: { // a statement before may have changed what the name means
		Code: "session_unclear", Given: ByVerdict, Rank: RankDecide, Behind: DataBehind, Fix: FixPin, Confidence: Low,
		Sentence: "The name is not written in full, and {session} may give it another meaning; it leads to {node}, but that is not certain.",
		Several:  "The name is not written in full, and {session} decides which of several nodes it means: {node}.",
		Title:    "A name that depends on the session",
		Advice:   "The initial SQL or a statement before the query changes the schema or the database. Write the whole name into the custom SQL, or pin the table to the node it is.",
	},

	NotLoaded: { // linked to, but not in the data
		Code: "not_loaded", Given: OnTheWay, Rank: RankOnTheWay, Behind: DataBehind, Fix: FixNone,
		Heading: "Something hides tables",
		Title:   "Missing in the metadata",
		Advice:  "{Tool} names it, but the metadata does not have it. Fetch again, with all objects and an account that may see them.",
	},
	SQLIncomplete: { // custom SQL with inputs that cannot be known
		Code: "sql_incomplete", Given: OnTheWay, Rank: RankOnTheWay, Behind: DataBehind, Fix: FixNone,
		Heading: "Something hides tables",
		Title:   "Custom SQL with unknown inputs",
		Advice:  "Look at the line named: replace the variable or temporary table with a table's name, or accept that this query is incomplete.",
	},
	SQLSuspicious: { // custom SQL in which no table was found
		Code: "sql_suspicious", Given: OnTheWay, Rank: RankOnTheWay, Behind: DataBehind, Fix: FixNone,
		Heading: "Something hides tables",
		Title:   "Custom SQL without a table",
		Advice:  "Look at the query; if it does read a table, please report it.",
	},
	TableFunction: { // a function of the warehouse in the place of a table
		Code: "table_function", Given: OnTheWay, Rank: RankOnTheWay, Behind: DataBehind, Fix: FixNone,
		Heading: "Something hides tables",
		Title:   "Table functions with unknown inputs",
		Advice:  "What a function of the warehouse reads is not in the query. Look at the function: read the model that it reads instead, or leave it as known to be incomplete.",
	},
	UnsupportedSQL: { // the tool has custom SQL that it does not show
		Code: "unsupported_custom_sql", Given: OnTheWay, Rank: RankOnTheWay, Behind: DataBehind, Fix: FixNone,
		Heading: "Something hides tables",
		Title:   "Custom SQL that {tool} does not show",
		Advice:  "Ask the owner of the dashboard for the query.",
	},
	FlowNoLineage: { // a flow without inputs, for example one with parameters (G9)
		Code: "flow_without_lineage", Given: OnTheWay, Rank: RankOnTheWay, Behind: DataBehind, Fix: FixNone,
		Heading: "Something hides tables",
		Title:   "Flows without inputs",
		Advice:  "{Tool} reports no inputs for flows with parameters. Publish the flow without them, or read its tables instead.",
	},
	NoLineage: { // nothing behind a source (G3, G8)
		Code: "no_lineage", Given: OnTheWay, Rank: RankOnTheWay, Behind: DataBehind, Fix: FixNone,
		Heading: "Something hides tables",
		Title:   "No lineage behind it",
		Advice:  "{Tool} reports no table behind it. Fetch again later, or exclude the dashboard.",
	},
	TooDeep: { // a chain of sources that is too long to be real
		Code: "too_deep", Given: OnTheWay, Rank: RankOnTheWay, Behind: DataBehind, Fix: FixNone,
		Heading: "Something hides tables",
		Title:   "A chain that does not end",
		Advice:  "The data sources refer to each other too many times; look at them in {tool}.",
	},
	SeveralPublished: { // a name that fits several published data sources
		Code: "several_published", Given: OnTheWay, Rank: RankOnTheWay, Behind: DataBehind, Fix: FixNone,
		Heading: "Something hides tables",
		Title:   "A name shared by several sources",
		Advice:  "Several published data sources have the same name; rename one, or fetch with a token that sees their identities.",
	},
	CutOff: { // the tool's answer was cut off (G2)
		Code: "cut_off", Given: OnTheWay, Rank: RankOnTheWay, Behind: DataBehind, Fix: FixNone, AdviceOnPage: true,
		Heading: "Tables may be missing",
		Title:   "Cut off in {tool}'s answers",
		Advice:  "{Tool} stopped in the middle of an answer or a list, so tables may be missing; what was received is kept, and nothing is guessed. Run darkroom sync again.",
	},
}
