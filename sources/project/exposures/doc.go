// Package exposures says which exposures the projects have, and what an export would do
// with each of them and with each dashboard: it reads the plan of an export
// (sources/project/export) and what the manifests have. It is also what selectors
// choose from, exposures that dbt has not parsed yet included.
//
// Not here: planning and writing, which export does, and how it is shown (ui).
package exposures
