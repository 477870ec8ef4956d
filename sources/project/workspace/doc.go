// Package workspace opens a dbt project for darkroom: it finds the folder, reads the
// configuration, and loads manifests, sites and decisions at once into one
// [Workspace], and reads them again while darkroom runs ([Workspace.Reload]). What
// scope and rules ask for and no loaded site has becomes a note.
//
// Not here: the files themselves (sources/dbt, sources/tableau,
// sources/project/config, sources/project/decisions), fetching from servers, and what
// is written for dbt (sources/project/export).
package workspace
