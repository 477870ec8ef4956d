// Package examples has the built-in demo: two dbt projects with artifacts written
// by real dbt, and the metadata of two Tableau sites. The folders are ordinary
// projects; examples/README.md says what is in them and how they are rebuilt.
package examples

import "embed"

// FS holds the folders roastery and wholesale.
//
//go:embed all:roastery all:wholesale
var FS embed.FS

// Seen is .darkroom/seen.yml of Main as an earlier review left it, so that the demo's Inbox
// has something of each kind.
//
//go:embed reviewed/seen.yml
var Seen string

// Main is the project that the demo opens, Other the one that it adds.
const (
	Main  = "roastery"
	Other = "wholesale"
)
