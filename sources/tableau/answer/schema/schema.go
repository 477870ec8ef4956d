// Package schema is what the names of the Metadata API mean: which kind of object a
// field leads to, which of several types it is, which lists are at the root.
package schema

import "strings"

// Kind is what an object is to the reader. Fields and columns are not kept; they
// only carry links between the others.
type Kind uint8

const (
	None Kind = iota
	Workbook
	Dashboard
	Sheet
	View // dashboard or sheet, unknown which
	Datasource
	Table
	Database
	VirtualConnection
	Flow
	Field
	Column
)

// KindCount is the length of an array with a place for every kind.
const KindCount = Column + 1

var kindWords = [...]string{
	"object", "workbook", "dashboard", "sheet", "view", "data source", "table",
	"database", "virtual connection", "flow", "field", "column",
}

func (k Kind) String() string { return kindWords[k] }

// KindOfField is which kind of object is under a field of the Metadata API, None for
// everything else (sources/tableau/API.md#types-and-fields, model/walk/RULES.md#objects).
// The API uses one name for one kind everywhere.
func KindOfField(name string) Kind {
	switch name {
	case "workbook", "workbooks", "downstreamWorkbooks":
		return Workbook
	case "dashboards", "downstreamDashboards", "containedInDashboards":
		return Dashboard
	case "sheets", "directSheets", "downstreamSheets":
		return Sheet
	case "views":
		return View
	case "datasource", "datasources", "upstreamDatasources", "downstreamDatasources",
		"embeddedDatasources", "parentEmbeddedDatasources", "publishedDatasources", "parentPublishedDatasources":
		return Datasource
	case "table", "tables", "databaseTables", "customSQLTables", "virtualConnectionTables", "upstreamTables",
		"downstreamTables", "upstreamVirtualConnectionTables", "referencedByQueries":
		return Table
	case "database", "databases", "databaseServers", "upstreamDatabases":
		return Database
	case "virtualConnection", "virtualConnections", "upstreamVirtualConnections":
		return VirtualConnection
	case "flows", "upstreamFlows", "downstreamFlows", "nextUpstreamFlows", "nextDownstreamFlows":
		return Flow
	case "fields", "datasourceFields", "sheetFieldInstances", "worksheetFields", "upstreamFields",
		"upstreamSheetFieldInstances", "remoteField", "referencedByFields":
		return Field
	case "columns", "upstreamColumns":
		return Column
	}
	return None
}

// RootLists are the lists a document may have at its root.
func RootLists() []string {
	return []string{
		"workbooks", "dashboards", "sheets", "views", "embeddedDatasources", "publishedDatasources", "databaseTables",
		"customSQLTables", "virtualConnections", "virtualConnectionTables", "tables", "flows", "databases",
		"databaseServers", "datasources",
	}
}

// ListOfConnection is the list's name behind a Relay connection:
// "workbooksConnection" is "workbooks". ("virtualConnection" is an object.)
func ListOfConnection(name string) string {
	if list, ok := strings.CutSuffix(name, "Connection"); ok && KindOfField(list) != None {
		return list
	}
	return name
}

// IsDownstream reports fields that lead from what is read to who reads it.
func IsDownstream(name string) bool {
	return strings.HasPrefix(name, "downstream") || name == "nextDownstreamFlows" ||
		name == "referencedByQueries" || name == "referencedByFields"
}

// Variant is a guess which of several types an interface hides; a larger value
// is better evidence.
type Variant uint8

const (
	Unsure Variant = iota
	Embedded
	Published
	DatabaseTable
	CustomSQLTable
	VirtualTable
)

// VariantOfField is the variant that the field name implies.
func VariantOfField(name string) Variant {
	switch name {
	case "embeddedDatasources", "parentEmbeddedDatasources":
		return Embedded
	case "publishedDatasources", "parentPublishedDatasources":
		return Published
	case "databaseTables":
		return DatabaseTable
	case "customSQLTables", "referencedByQueries":
		return CustomSQLTable
	case "virtualConnectionTables", "upstreamVirtualConnectionTables":
		return VirtualTable
	}
	return Unsure
}

// OfTypename reads __typename; None when it is absent or of no interest.
func OfTypename(typename string) (Kind, Variant) {
	switch typename {
	case "Workbook":
		return Workbook, Unsure
	case "Dashboard":
		return Dashboard, Unsure
	case "Sheet":
		return Sheet, Unsure
	case "EmbeddedDatasource":
		return Datasource, Embedded
	case "PublishedDatasource":
		return Datasource, Published
	case "DatabaseTable":
		return Table, DatabaseTable
	case "CustomSQLTable":
		return Table, CustomSQLTable
	case "VirtualConnectionTable":
		return Table, VirtualTable
	case "VirtualConnection":
		return VirtualConnection, Unsure
	case "Flow":
		return Flow, Unsure
	}
	return None, Unsure
}

// ListsOf are the root lists that have objects of a kind.
func ListsOf(k Kind, v Variant) []string {
	switch k {
	case Workbook:
		return []string{"workbooks"}
	case Dashboard:
		return []string{"dashboards", "views"}
	case Sheet:
		return []string{"sheets", "views"}
	case Flow:
		return []string{"flows"}
	case Datasource:
		switch v {
		case Embedded:
			return []string{"embeddedDatasources", "datasources"}
		case Published:
			return []string{"publishedDatasources", "datasources"}
		}
		return []string{"embeddedDatasources", "publishedDatasources", "datasources"}
	case Table:
		switch v {
		case DatabaseTable:
			return []string{"databaseTables", "tables"}
		case CustomSQLTable:
			return []string{"customSQLTables", "tables"}
		case VirtualTable:
			return []string{"virtualConnectionTables", "tables"}
		}
		return []string{"databaseTables", "customSQLTables", "virtualConnectionTables", "tables"}
	}
	return nil
}
