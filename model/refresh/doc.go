// Package refresh says which extracts are due after runs of dbt: by the results of what is
// upstream, by when each extract was last refreshed, and by what exposures ask for. The
// rules are one table (RULES.md, rules.go). It also puts what is due in order, and knows
// what the site's quota leaves room for.
//
// Not here: asking a server when extracts were refreshed, and starting them
// (sources/project/refresher).
package refresh
