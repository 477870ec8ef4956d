// Package export plans and writes what darkroom does to a dbt project's YAML: which
// dashboards become exposures, which entries stay though nothing is planned for them,
// adopting and renaming entries, and the files of all that ([PlanExport], [PlanAdopt],
// [PlanRename], [Write]). It also keeps a map, pin or ignore that fixes a gap
// ([KeepFix]).
//
// Not here: what an exposure looks like and how it is merged (model/exposure), what is
// decided (model/curate), opening the project (sources/project/workspace), and any
// printing.
package export
