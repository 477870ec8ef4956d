// Package nodes reads from a manifest what dbt's selectors need and lineage does not:
// every node with its configuration, tests and exposures among them, and, where states
// are compared, hashes of what makes a node. It is read when a selector is used, in a
// pass of its own, so that loading a project stays as quick and small as it is.
//
// Not here: what a selector means (model/selector), the project itself
// (sources/dbt/manifest).
package nodes
