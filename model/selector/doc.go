// Package selector is dbt's selector language: reading it, from a command line or
// from selectors.yml, and finding the nodes that a selector means. Its rules are in
// SELECTORS.md; methods.go has one row per method.
//
// Reading knows no nodes, and finding knows no text. Not here: where nodes come from
// (sources/dbt reads a manifest for them), and what is listed of them (ui).
package selector
