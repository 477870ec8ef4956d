// Package bigsite makes snapshots of any size, for the fake server and for measurements.
package bigsite

import (
	"bytes"
	"fmt"
	"strings"

	"darkroom/sources/tableau/tableautest/site"
)

// Snapshot is one of some size, always the same for the same numbers: each
// workbook has dashboards of sheets and one data source that reads up to three of
// the tables. All counts but the tables' are per parent; the names are made so
// that NAME is not the order of the ids.
func Snapshot(workbooks, dashboardsPer, sheetsPer, tables int) []byte {
	g := parents{dashboards: dashboardsPer, sheets: sheetsPer, tables: tables}
	var b bytes.Buffer
	b.WriteString(`{"format":"` + site.FormatPrefix + `1","fetched_at":"2026-01-01T00:00:00Z","server":"https://tableau.example.com",` +
		`"site":{"contentUrl":"big","name":"Big"},"metadata":{`)
	for i, list := range []struct {
		name  string
		count int
		entry func(int) string
	}{
		{"workbooks", workbooks, g.workbook},
		{"dashboards", workbooks * dashboardsPer, g.dashboard},
		{"sheets", workbooks * dashboardsPer * sheetsPer, g.sheet},
		{"embeddedDatasources", workbooks, g.datasource},
		{"databaseTables", tables, g.table},
	} {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString(`"` + list.name + `":[`)
		for n := range list.count {
			if n > 0 {
				b.WriteString(",")
			}
			b.WriteString(list.entry(n))
		}
		b.WriteString("]")
	}
	b.WriteString("}}")
	return b.Bytes()
}

// parents are how many a parent has of each, and of tables all.
type parents struct{ dashboards, sheets, tables int }

// idOf is an id in the form of a LUID; kind keeps the types apart.
func idOf(kind string, n int) string { return fmt.Sprintf("%s-0000-4000-8000-%012x", kind, n) }

const (
	aWorkbook   = "0b000001"
	aDashboard  = "0b000002"
	aSheet      = "0b000003"
	aDatasource = "0b000004"
	aTable      = "0b000005"
	aDatabase   = "0b000006"
)

// luidOf is what REST calls the object.
func luidOf(kind string, n int) string { return idOf("f"+kind[1:], n) }

// scatter is a number whose order has nothing to do with n's.
func scatter(n int) int { return (n*7919 + 104729) % 1_000_003 }

func links(kind string, from, count int) string {
	ids := make([]string, 0, count)
	for n := from; n < from+count; n++ {
		ids = append(ids, `{"id":"`+idOf(kind, n)+`"}`)
	}
	return "[" + strings.Join(ids, ",") + "]"
}

const times = `"createdAt":"2025-01-01T00:00:00Z","updatedAt":"2025-06-01T00:00:00Z"`

func (g parents) workbook(n int) string {
	return fmt.Sprintf(`{"id":%q,"luid":%q,"name":"Workbook %06d","projectName":"Project %d","projectLuid":%q,`+
		`"containerType":"project","containerName":"Project %d","uri":"sites/1/workbooks/%d","vizportalUrlId":"%d",%s,`+
		`"owner":{"luid":%q,"username":"user%d","name":"User %d","email":"user%d@example.com"},"tags":[],`+
		`"dashboards":%s,"sheets":%s,"embeddedDatasources":[{"id":%q}]}`,
		idOf(aWorkbook, n), luidOf(aWorkbook, n), scatter(n), n%40, idOf("f0000040", n%40),
		n%40, n+1, n+1, times,
		idOf("f0000050", n%25), n%25, n%25, n%25,
		links(aDashboard, n*g.dashboards, g.dashboards),
		links(aSheet, n*g.dashboards*g.sheets, g.dashboards*g.sheets), idOf(aDatasource, n))
}

func (g parents) dashboard(n int) string {
	workbook := n / max(1, g.dashboards)
	return fmt.Sprintf(`{"id":%q,"luid":%q,"name":"Dashboard %07d","path":"Workbook%d/Dashboard%d","index":%d,%s,`+
		`"documentViewId":%q,"tags":[],"workbook":{"id":%q},"sheets":%s,"upstreamTables":%s}`,
		idOf(aDashboard, n), luidOf(aDashboard, n), scatter(n), workbook, n, n%max(1, g.dashboards), times,
		idOf("d0000002", n), idOf(aWorkbook, workbook), links(aSheet, n*g.sheets, g.sheets), g.read(workbook))
}

// sheet is hidden, as the sheets of a dashboard usually are.
func (g parents) sheet(n int) string {
	dashboard := n / max(1, g.sheets)
	workbook := dashboard / max(1, g.dashboards)
	return fmt.Sprintf(`{"id":%q,"luid":"","name":"Sheet %08d","path":"","index":%d,%s,"documentViewId":%q,"tags":[],`+
		`"workbook":{"id":%q},"containedInDashboards":[{"id":%q}],"parentEmbeddedDatasources":[{"id":%q}],"upstreamTables":%s}`,
		idOf(aSheet, n), n, n, times, idOf("d0000003", n),
		idOf(aWorkbook, workbook), idOf(aDashboard, dashboard), idOf(aDatasource, workbook), g.read(workbook))
}

func (g parents) datasource(n int) string {
	return fmt.Sprintf(`{"id":%q,"name":"Data source %06d","hasExtracts":%t,"extractLastRefreshTime":"2026-01-01T00:00:00Z",%s,`+
		`"containsUnsupportedCustomSql":false,"workbook":{"id":%q},"parentPublishedDatasources":[],"upstreamDatasources":[],`+
		`"upstreamTables":%s,"fields":[]}`,
		idOf(aDatasource, n), n, n%2 == 0, times, idOf(aWorkbook, n), g.read(n))
}

func (g parents) table(n int) string {
	return fmt.Sprintf(`{"id":%q,"luid":%q,"name":"table_%d","schema":"marts","fullName":"[marts].[table_%d]",`+
		`"connectionType":"postgres","isEmbedded":false,"database":{"__typename":"DatabaseServer","id":%q,"name":"warehouse",`+
		`"connectionType":"postgres","hostName":"db.example.com"}}`,
		idOf(aTable, n), luidOf(aTable, n), n, n, idOf(aDatabase, 0))
}

// read are the tables of a workbook's data source.
func (g parents) read(workbook int) string {
	count := min(3, g.tables)
	if g.tables == 0 {
		return "[]"
	}
	return links(aTable, workbook%(g.tables-count+1), count)
}
