// Package exposure turns ticked dashboards into dbt exposures. It lives in four
// steps, each a pure function:
//
//   - NewPlan checks every candidate against the rules of facts/dbt.md §2 (the
//     pre-flight), names it and collects what its entry will say.
//   - Render writes a plan as YAML that needs no existing file.
//   - Merge brings a plan into a file that people edit too: a three-way merge of
//     the file, the last export and the plan, spliced into the file's own bytes.
//   - Diff shows the outcome to a person.
//
// Identity is the dashboard's key (its LUID), kept in meta.tableau; the name is
// given once and then only looked up (ReadKnown).
//
// What does not live here: matching tables to resources, deciding what is
// ticked, building URLs, reading or writing files.
package exposure
