// Package artifact reads what dbt's artifacts have in common: opening them, plain or
// gzipped, their metadata, and values whose shape varies. It also reads the three small
// artifacts next to the manifest: the catalog, run results and source freshness.
//
// What is not here: the manifest, and where the files are.
package artifact
