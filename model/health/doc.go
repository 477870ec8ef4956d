// Package health says how healthy the data behind models, sources, exposures and
// dashboards is: from the newest results of dbt's runs and tests and of its freshness
// checks, over everything upstream. The rules are one table (RULES.md, rules.go); every
// state has its findings, which name what is behind it.
//
// Not here: reading run_results.json and sources.json (sources/dbt), and printing.
package health
