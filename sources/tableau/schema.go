package tableau

import "strings"

// kind is what an object is to the reader. Fields and columns are not kept; they
// only carry links between the others.
type kind uint8

const (
	none kind = iota
	workbook
	dashboard
	sheet
	view // dashboard or sheet, not told which
	datasource
	table
	database
	virtualConnection
	flow
	field
	column
)

var kindWords = [...]string{
	"object", "workbook", "dashboard", "sheet", "view", "data source", "table",
	"database", "virtual connection", "flow", "field", "column",
}

func (k kind) String() string { return kindWords[k] }

// kindAt tells which kind of object stands under a field of the Metadata API,
// none for everything else (facts/tableau.md §2.2, facts/matching.md §1.1). The
// API uses one name for one kind everywhere.
func kindAt(name string) kind {
	switch name {
	case "workbook", "workbooks", "downstreamWorkbooks":
		return workbook
	case "dashboards", "downstreamDashboards", "containedInDashboards":
		return dashboard
	case "sheets", "directSheets", "downstreamSheets":
		return sheet
	case "views":
		return view
	case "datasource", "datasources", "upstreamDatasources", "downstreamDatasources",
		"embeddedDatasources", "parentEmbeddedDatasources", "publishedDatasources", "parentPublishedDatasources":
		return datasource
	case "table", "tables", "databaseTables", "customSQLTables", "virtualConnectionTables", "upstreamTables",
		"downstreamTables", "upstreamVirtualConnectionTables", "referencedByQueries":
		return table
	case "database", "databases", "databaseServers", "upstreamDatabases":
		return database
	case "virtualConnection", "virtualConnections", "upstreamVirtualConnections":
		return virtualConnection
	case "flows", "upstreamFlows", "downstreamFlows", "nextUpstreamFlows", "nextDownstreamFlows":
		return flow
	case "fields", "datasourceFields", "sheetFieldInstances", "worksheetFields", "upstreamFields",
		"upstreamSheetFieldInstances", "remoteField", "referencedByFields":
		return field
	case "columns", "upstreamColumns":
		return column
	}
	return none
}

// rootNames are the lists a document may have at its root.
func rootNames() []string {
	return []string{
		"workbooks", "dashboards", "sheets", "views", "embeddedDatasources", "publishedDatasources", "databaseTables",
		"customSQLTables", "virtualConnections", "virtualConnectionTables", "tables", "flows", "databases",
		"databaseServers", "datasources",
	}
}

// connectionName is the list's name behind a Relay connection:
// "workbooksConnection" is "workbooks". ("virtualConnection" is an object.)
func connectionName(name string) string {
	if list, ok := strings.CutSuffix(name, "Connection"); ok && kindAt(list) != none {
		return list
	}
	return name
}

// downward reports fields that lead from what is read to who reads it.
func downward(name string) bool {
	return strings.HasPrefix(name, "downstream") || name == "nextDownstreamFlows" ||
		name == "referencedByQueries" || name == "referencedByFields"
}

// variant is a guess which of several types an interface hides; a larger value
// is better evidence.
type variant uint8

const (
	unsure variant = iota
	isEmbedded
	isPublished
	isDatabaseTable
	isCustomSQL
	isVirtual
)

// variantAt is the variant that the field name implies.
func variantAt(name string) variant {
	switch name {
	case "embeddedDatasources", "parentEmbeddedDatasources":
		return isEmbedded
	case "publishedDatasources", "parentPublishedDatasources":
		return isPublished
	case "databaseTables":
		return isDatabaseTable
	case "customSQLTables", "referencedByQueries":
		return isCustomSQL
	case "virtualConnectionTables", "upstreamVirtualConnectionTables":
		return isVirtual
	}
	return unsure
}

// typed reads __typename; none when it is absent or of no interest.
func typed(typename string) (kind, variant) {
	switch typename {
	case "Workbook":
		return workbook, unsure
	case "Dashboard":
		return dashboard, unsure
	case "Sheet":
		return sheet, unsure
	case "EmbeddedDatasource":
		return datasource, isEmbedded
	case "PublishedDatasource":
		return datasource, isPublished
	case "DatabaseTable":
		return table, isDatabaseTable
	case "CustomSQLTable":
		return table, isCustomSQL
	case "VirtualConnectionTable":
		return table, isVirtual
	case "VirtualConnection":
		return virtualConnection, unsure
	case "Flow":
		return flow, unsure
	}
	return none, unsure
}
