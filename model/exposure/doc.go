// Package exposure says what a dashboard is as a dbt exposure: NewPlan checks
// every dashboard to be exported against dbt's rules (CONTRACT.md#what-dbt-accepts), names it
// and collects what its entry will say. What does not pass becomes a Refusal.
//
// The keys of an entry are one table, entryKeys: their order, their place for each
// dbt version, how they are written and compared.
//
// Identity is the dashboard's key (its LUID), kept in meta.tableau; the name is
// given once and then only looked up (Known).
//
// What lives elsewhere: bringing a plan into files that are edited by hand
// (exposure/merge), the text of YAML (exposure/yamledit), matching tables to
// resources (match), decisions (curate). No package of model reads or writes files.
package exposure
