// Package plan is what to ask the Metadata API for: its lists, with the fields that
// the server has. Asking is package ask's.
package plan

import (
	"github.com/tidwall/gjson"
)

// List is one list of the Metadata API. Lists are asked for flat, with ids for
// links, and joined by the reader: nesting meets the node limit.
type List struct {
	Name  string // "dashboards"; its root field is Name + "Connection"
	Type  string // "Dashboard"
	Words string // "dashboards"
	want  string // see parseSelection
	// detail is what a second pass asks for, by id: too much for the first. Thin
	// picks the objects that need it, by their entry; nil picks all.
	detail string
	Thin   func(o gjson.Result) bool
	// Columns is set where the details are columns of sheets, which are kept apart.
	Columns bool
}

const (
	link       = "{id}"
	typedLink  = "{__typename id}"
	extract    = " hasExtracts extractLastRefreshTime extractLastIncrementalUpdateTime extractLastUpdateTime containsUnsupportedCustomSql"
	times      = " createdAt updatedAt"
	owner      = " owner:TableauUser{luid name username email}"
	tags       = " tags:Tag{name}"
	parents    = " upstreamDatasources:Datasource" + typedLink
	viewTables = " upstreamTables:Table" + typedLink
	columns    = "upstreamColumns:Column{table:Table" + typedLink + "}"
	warehouse  = " database:Database{__typename id name connectionType +DatabaseServer{hostName}}"
	// sourceFields is what a data source's fields know of tables, virtual
	// connections and the published source behind them.
	sourceFields = "fields:Field{__typename " + columns + " upstreamVirtualConnectionTables:VirtualConnectionTable" + link +
		" +DatasourceField{remoteField:Field{datasource:Datasource" + typedLink + "}}}"
	sheetField = "{__typename datasource:Datasource" + typedLink + " " + columns +
		" upstreamVirtualConnectionTables:VirtualConnectionTable" + link + "}"
	virtualTable = "{id luid name isExtracted virtualConnection:VirtualConnection{id name} upstreamTables:DatabaseTable" + link +
		" downstreamDatasources:Datasource" + typedLink + "}"
)

// Lists are all lists, the small ones that others need last.
func Lists() []List {
	return []List{
		{
			Name: "workbooks", Type: "Workbook", Words: "workbooks",
			want: "id luid name description projectName projectLuid containerType containerName uri vizportalUrlId" + times + owner + tags,
		},
		{
			Name: "dashboards", Type: "Dashboard", Words: "dashboards",
			want: "id luid name path documentViewId index" + times + tags + " workbook:Workbook" + link + " sheets:Sheet" + link +
				parents + viewTables,
			detail: columns, // upstreamTables can be empty while columns are known (model/walk/RULES.md#g3-one-of-two-edges-is-empty)
			Thin:   Lacks("upstreamTables"),
		},
		{
			Name: "sheets", Type: "Sheet", Words: "sheets",
			want: "id luid name path documentViewId" + times + " workbook:Workbook" + link + " containedInDashboards:Dashboard" + link +
				" parentEmbeddedDatasources:EmbeddedDatasource" + link + parents + viewTables,
			detail: "datasourceFields:Field" + sheetField + " sheetFieldInstances:Field" + sheetField + " " + columns,
			Thin:   func(gjson.Result) bool { return false }, // see package details
		},
		{
			Name: "embeddedDatasources", Type: "EmbeddedDatasource", Words: "embedded data sources",
			want: "id name" + extract + times + " workbook:Workbook" + link + " parentPublishedDatasources:PublishedDatasource" + link +
				parents + " upstreamTables:DatabaseTable" + link + " upstreamFlows:Flow" + link + " downstreamSheets:Sheet" + link,
			detail: sourceFields,
		},
		{
			Name: "publishedDatasources", Type: "PublishedDatasource", Words: "published data sources",
			want: "id luid name description projectName projectLuid containerName uri vizportalUrlId isCertified hasActiveWarning" +
				extract + times + owner + tags + parents + " upstreamTables:DatabaseTable" + link + " upstreamFlows:Flow" + link +
				" upstreamVirtualConnectionTables:VirtualConnectionTable" + link,
			detail: sourceFields,
		},
		{
			Name: "databaseTables", Type: "DatabaseTable", Words: "tables",
			want: "id luid name schema fullName connectionType tableType isEmbedded" + warehouse + " upstreamFlows:Flow" + link,
		},
		{
			Name: "customSQLTables", Type: "CustomSQLTable", Words: "custom SQL queries",
			want: "id name query isUnsupportedCustomSql isEmbedded connectionType" + warehouse + " tables:DatabaseTable" + link +
				" upstreamVirtualConnectionTables:VirtualConnectionTable" + link + " downstreamSheets:Sheet" + link +
				" downstreamDashboards:Dashboard" + link + " downstreamDatasources:Datasource" + typedLink,
			detail: "columns:Column{referencedByFields:Field{datasource:Datasource" + typedLink + "}}",
			Thin:   Lacks("downstreamDatasources"),
		},
		{
			Name: "virtualConnections", Type: "VirtualConnection", Words: "virtual connections",
			want: "id luid name connectionType projectName" + owner + " tables:VirtualConnectionTable" + link,
		},
		{
			Name: "virtualConnectionTables", Type: "VirtualConnectionTable", Words: "virtual connection tables",
			want: virtualTable[1 : len(virtualTable)-1],
		},
		{
			Name: "flows", Type: "Flow", Words: "flows",
			want: "id luid name projectName" + owner + " upstreamTables:DatabaseTable" + link + parents +
				" upstreamVirtualConnectionTables:VirtualConnectionTable" + link + " nextUpstreamFlows:Flow" + link +
				" downstreamTables:DatabaseTable" + link + " downstreamDatasources:Datasource" + typedLink,
		},
	}
}

// Lacks reports that none of the lists has an entry.
func Lacks(names ...string) func(gjson.Result) bool {
	return func(o gjson.Result) bool {
		for _, name := range names {
			if o.Get(name + ".0").Exists() {
				return false
			}
		}
		return true
	}
}
