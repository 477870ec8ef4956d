package snapshot

import (
	"bufio"
	"compress/gzip"
	"io"

	"darkroom/model/pattern"
)

// Format is the value of "format" in the snapshots this darkroom reads.
//
// # The snapshot, version 1
//
// A snapshot is one JSON document in UTF-8 per Tableau site, plain or gzipped
// (known by the first bytes, never by the name; darkroom names them
// <site>.json.gz). It keeps what the two APIs said, word for word, so that a
// later darkroom can learn more from an old file:
//
//	{
//	 "format":     "darkroom-tableau-snapshot/1",     required, first by custom
//	 "fetched_at": "2026-11-01T06:00:00Z",            RFC 3339; when the fetch ended
//	 "server":     "https://tableau.example.com",     no trailing slash
//	 "site":       {"contentUrl": "roastery",         "" is the default site
//	                "name": "Roastery"},
//	 "partial":    ["…"],                             one sentence per known gap; [] or absent: complete
//	 "incomplete": {…},                               optional; the objects that the gaps concern
//	 "rest":       {…},                               optional
//	 "files":      {…},                               optional
//	 "columns":    {…},                               optional
//	 "metadata":   {…}                                required
//	}
//
// Anything else at any level is ignored. Every member of every object may be
// null or absent, except "format" and "metadata". Numbers may be texts and the
// other way round, as REST does it.
//
// # metadata
//
// Lists of Metadata API objects (sources/tableau/API.md#types-and-fields), each list optional:
//
//	workbooks dashboards sheets embeddedDatasources publishedDatasources
//	databaseTables customSQLTables virtualConnections virtualConnectionTables
//	flows databases
//
// A link to another object is that object with its id and nothing else, under
// the API's own field name: "workbook":{"id":"…"}, "sheets":[{"id":"…"}].
// Order of lists and of entries carries no meaning. An id is unique within its
// type; entries with the same id are merged, and objects may also be nested
// instead of linked (an answer of the API fits in here as it is). What is read:
//
//	workbooks             id luid name description projectLuid projectName containerType containerName
//	                      uri vizportalUrlId createdAt updatedAt owner{luid name username email} tags{name}
//	dashboards            id luid name path documentViewId createdAt updatedAt tags{name} workbook{id}
//	                      sheets{id} upstreamDatasources{id} upstreamTables{id} upstreamColumns{table{id}}
//	                      (stories are dashboards; a hidden view has luid "" and path "")
//	sheets                id luid name workbook{id} parentEmbeddedDatasources{id} upstreamDatasources{id}
//	                      upstreamTables{id} upstreamColumns{table{id}} containedInDashboards{id}
//	                      datasourceFields, sheetFieldInstances, worksheetFields, upstreamFields: FIELD
//	embeddedDatasources   id name workbook{id} hasExtracts extractLastRefreshTime
//	                      extractLastIncrementalUpdateTime extractLastUpdateTime containsUnsupportedCustomSql
//	                      parentPublishedDatasources{id} upstreamDatasources{id} upstreamTables{id}
//	                      upstreamFlows{id} fields: FIELD
//	publishedDatasources  the same without workbook, and luid projectLuid projectName containerName
//	                      isCertified owner{luid name username email} upstreamVirtualConnectionTables{id}
//	databaseTables        id luid name schema fullName connectionType upstreamFlows{id}
//	                      database{id name connectionType hostName}
//	customSQLTables       id name query isUnsupportedCustomSql connectionType database{…} tables{id}
//	                      upstreamVirtualConnectionTables{id} downstreamSheets{id} downstreamDashboards{id}
//	                      downstreamDatasources{id} columns{referencedByFields{datasource{id}}}
//	virtualConnections    id luid name connectionType tables{id}
//	virtualConnectionTables  id name virtualConnection{id name} upstreamTables{id}
//	flows                 id luid name projectName upstreamTables{id} upstreamDatasources{id}
//	                      nextUpstreamFlows{id} downstreamTables{id} downstreamDatasources{id}
//	databases             id name connectionType hostName tables{id}; the links "database":{"id"} may
//	                      lead here, or the object is in the table
//
//	FIELD                 {"datasource":{"id"}, "upstreamColumns":[{"table":{"id"}}],
//	                       "upstreamTables":[{"id"}], "upstreamVirtualConnectionTables":[{"id"}],
//	                       "remoteField":{"datasource":{"id"}}}
//
// A field needs no id: only its links are kept, so a writer may collapse the
// fields of an object that carry the same links into one entry.
// "__typename" is welcome wherever the type is an interface (upstreamDatasources,
// upstreamTables, table). A row whose names are hidden by permissions keeps its
// names as null ("name":null): that is how darkroom knows that they were asked
// for, and says "redacted" rather than "not fetched".
//
// # incomplete
//
// What the fetch knows to be cut off, each with the reason that "partial" gives in
// a sentence:
//
//	lists                {"<list of metadata>": "why"}  objects are missing from it; "site" is not
//	                                                  indexed yet, and anything may be missing
//	<list of metadata>   {"<id>": "why"}                that object lacks links or attributes
//	workbookConnections  {"<workbook LUID>": "why"}     they could not be asked for
//	columns              {"<sheet id>": "why"}          "columns" may lack some of this sheet
//
// A reader that ignores it does not know where the gaps are, and nothing more.
//
// # rest
//
// Lists of REST objects as JSON (numbers are texts there), each optional:
//
//	projects  [{"id","name","parentProjectId","owner":{"id"}}]        id is the LUID
//	users     [{"id","name","fullName","email"}]                      name is the sign-in name
//	views     [{"id","contentUrl","usage":{"totalViewCount":"7"}}]    joined by id == Dashboard.luid
//	datasources  [{"id","contentUrl"}]                                published ones; joined by id == luid
//	workbookConnections  {"<workbook LUID>": [{"type","serverAddress","datasource":{"id","name"}}]}
//	                     joined to the workbook's embedded data sources by name
//	collections  [{"luid","name","description","ownerAlias",
//	               "items":[{"contentType":"workbook","content":{"luid"}}]}]
//	             of Tableau Cloud since REST 3.28, with what is in each under "items"; [] when
//	             there are none, absent when they could not be asked for. What the server calls its
//	             members is not documented: "id" for "luid", "title" for "name", "type" for
//	             "contentType", an item without "content" around it, {"owner":{…}} and
//	             "ownerLuid" are understood, too. Items are joined by LUID to workbooks,
//	             dashboards and published data sources; others mean nothing here.
//
// A project without parent has no "parentProjectId". Each list may also have
// REST's own wrapping, {"projects":{"project":[…]}}, where {} is the empty list.
//
// # files
//
// What darkroom sync --download read in the files of workbooks and of published
// data sources, each under its LUID; the files themselves are not kept:
//
//	workbooks    {"<workbook LUID>": FILE}
//	datasources  {"<published data source LUID>": FILE}
//
//	FILE  {"updatedAt",                          Tableau's at that time; the facts are good while it is the same
//	       "datasources": [{"name", "hasExtract", "tables":[N], "parents":[{"contentUrl","name"}]}],
//	       "tables":      [{"kind", "name", "fullName", "connectionType", "query", "isUnsupportedCustomSql",
//	                        "connection":{"server","dbname","schema","project","initialSql"},
//	                        "procedure", "virtualConnection"}],
//	       "sheets":      [{"name", "tables":[N]}],
//	       "columns":     {"all":    [{"table":N, "name"}],
//	                       "sheets": [{"name", "columns":[M], "why"}]},
//	       "layout":      {"dashboards": [{"name", "to":[sheet name]}],
//	                       "sheets":     [{"name", "to":[data source name]}]}}
//
// N is a table's place in "tables", counted from 0. "kind" is the type's name in
// the Metadata API, "fullName" and "query" are as the file has them, "procedure" is
// true for a stored procedure. "parents" are the published data sources that one
// connects to. "sheets" are there where they do not all use the same tables.
// "columns" of a workbook are there after sync --columns: the columns that the fields of each
// sheet come from, M being a column's place in "all", and why these may not be all. Without
// it they were not asked for. They count for sheets of which "columns" below is not whole.
// "layout" is there where the Metadata API is off: sync then makes the lists of
// metadata from it and from REST. Stories are among its dashboards.
//
// A file fills those data sources for which the metadata has nothing, hides every
// name, or lacks the custom SQL (package joinfiles); an embedded one is known by its name,
// and of two with one name neither is filled. What the metadata has is kept.
//
// # columns
//
// What darkroom sync --columns learned: the columns that the fields of each sheet come
// from, fields in calculations too. Names are as the database has them, each once for its
// table:
//
//	tables  [["<id of a table of any kind>", "ORDER_ID", "TOTAL"]]
//	sheets  {"<sheet id>": [[N, M, M…]]}   N is a table's place in "tables", M a column's
//	                                       place behind its id, both counted from 0
//
// A sheet that is here and not under "incomplete" uses these columns and no others. One
// that is not here was not asked about.
const Format = formatPrefix + "1"

const formatPrefix = "darkroom-tableau-snapshot/"

// head finds the format where darkroom writes it.
var head = pattern.Of(`^\s*\{\s*"format"\s*:\s*"` + formatPrefix)

// IsSnapshot reports a file that darkroom wrote, by its first bytes; also one that was
// cut off later on.
func IsSnapshot(f io.Reader) bool {
	in := bufio.NewReader(f)
	if magic, err := in.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return false
		}
		in = bufio.NewReader(unpacked)
	}
	text, _ := in.Peek(200) // less, of a small or broken file
	return head().Match(text)
}
