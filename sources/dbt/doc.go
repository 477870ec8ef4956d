// Package dbt reads the files that dbt writes: manifest.json, and next to it
// catalog.json, run_results.json and sources.json, plain or gzipped, of every
// schema generation from dbt 0.19 to Fusion. It finds the project they belong to.
//
// A manifest can be hundreds of megabytes, and a few percent of it matter here. So
// it is read in a single pass over a sliding window: what is not needed
// (macros, docs, columns, SQL) is skipped and never built, and what is needed
// becomes the plain structs of package model. gjson reads only small values of
// varying shape (metadata, owner, meta).
//
// Fields are decided by their presence, never by the schema version: dbt adds
// fields without raising it (ARTIFACTS.md#manifest-versions). A missing field and a null one
// mean the same.
//
// What does not live here: what the data means (package model and below it),
// Tableau, darkroom's own files, and writing of any kind.
package dbt
