// Package tool holds what is Tableau's own among BI tools: its name and words, its web
// addresses and how it makes them. It reads nothing; the readers in the other rooms set
// Tableau on every site.
package tool

import (
	"darkroom/model"
	"darkroom/model/reason"
)

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
	Advice: map[string]string{
		reason.CutOff.String():         "Tableau stopped in the middle of an answer or a list, so tables may be missing; what was received is kept, and nothing is guessed. Run darkroom sync again, ideally when Tableau is not busy: it then asks for less at once. If that does not help, an administrator of Tableau Server can raise metadata.query.limits.count and metadata.query.limits.time. If you saved the answers by hand, save all pages, and smaller ones.",
		reason.NoLineage.String():      "Tableau reports no table behind it: nothing is placed on it, it is a cube, or the site has not indexed it yet. darkroom sync --download looks into the workbook's file; otherwise fetch again later, or exclude the dashboard.",
		reason.Redacted.String():       "Ask for permission: the owner of the token needs the View capability on the database and its tables in Tableau (with Data Management; without it, an administrator's token). Then fetch again. Or fetch with darkroom sync --download, which reads the names in the workbooks' files.",
		reason.UnsupportedSQL.String(): "darkroom sync --download reads the text in the workbook's file; or ask the workbook's owner.",
	},
}
