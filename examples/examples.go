// Package examples holds the built-in demo: two real dbt projects with the
// artifacts that real dbt wrote, and the metadata of two Tableau sites. The
// folders are ordinary projects; see examples/README.md for what is in them and
// how they are rebuilt.
package examples

import "embed"

// FS holds the folders roastery and wholesale.
//
//go:embed all:roastery all:wholesale
var FS embed.FS

// Main is the project that the demo opens, Other the one it adds.
const (
	Main  = "roastery"
	Other = "wholesale"
)
