// Package tool holds what is Tableau's own among BI tools: its name and words, its web
// addresses and how it makes them. It reads nothing; the readers in the other rooms set
// Tableau on every site.
package tool

import "darkroom/model"

// Tableau is the value of this BI tool. Its connectors are the connection classes of
// model/warehouse, so it translates none.
var Tableau = &model.Tool{
	Name: "Tableau", Key: "tableau",
	Words: map[model.Part]model.Noun{
		model.PartContainer: {One: "project"},
		model.PartWorkbook:  {One: "workbook"},
		model.PartCustomSQL: {One: "custom SQL", Many: "custom SQL"},
	},
	DashboardURL: dashboardURL,
	WorkbookURL:  workbookURL,
}
