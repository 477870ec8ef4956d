// Package dbt reads the files that dbt writes: manifest.json, and next to it
// catalog.json, run_results.json and sources.json, plain or gzipped, of every
// schema generation from dbt 0.19 to Fusion. It finds the project they belong to.
//
// This package finds the files, and puts together what the rooms below it read: manifest
// and artifact know what dbt writes, jsonwindow walks JSON of any size, and compact keeps
// the result small.
//
// What does not live here: what the data means (package model and below it),
// Tableau, darkroom's own files, and writing of any kind.
package dbt
