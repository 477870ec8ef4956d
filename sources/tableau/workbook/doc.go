// Package workbook reads Tableau's own files, .twb .twbx .tds .tdsx, into
// model.Site: workbooks with their dashboards, sheets and data sources, and
// published data sources. It opens files and nothing else: no network, nothing
// is ever unpacked to disk, no matching, no judgement.
//
// The road of a file: archive.go finds the XML in it, stream.go and input.go
// read that as bounded tokens, document.go, datasource.go and sheet.go keep what
// matters, trace.go follows fields to columns, build.go and its neighbours make one site of
// all files.
//
// A file says less than a server and some things more. There are no LUIDs,
// owners, tags and projects. There are initial SQL, hidden sheets and the fields
// that each sheet uses, down to columns as far as that is exact.
//
// Ids are made up and stay the same between runs: "file:" and the workbook's
// content URL (its file's name when it was never published) with the name of the
// dashboard, sheet or data source below it; "published:" and the content URL of
// a published data source; for a table its connection and its name.
package workbook
