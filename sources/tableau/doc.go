// Package tableau reads Tableau metadata files into model.Site: darkroom's own
// snapshots (format.go) and answers of the Metadata API as people save them.
// It opens files and nothing else: no network, no matching, no judgement.
//
// The road of a document: read.go brings it into memory, document.go checks it
// and says what it is, absorb.go walks it, build.go turns what was found into a
// model.Site.
//
// Ids are the Metadata API's own. An object that came without one gets a stable
// stand-in, "luid:…" or "name:…" (see madeUpID); a workbook's stand-in for its
// dashboards is "workbook:…" (see model.Dashboard.WorkbookLevel).
package tableau
