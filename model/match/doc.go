// Package match decides which dbt resource a Tableau table is, and says why. It
// is given one table at a time together with the loaded projects and what people
// decided (maps, pins, ignores), and answers with a verdict and its evidence.
// No lineage may be false, none may be missed silently, and each answer can be
// explained to a newcomer.
//
// What lives here: the rules of facts/matching.md §2.2 (connection types), §3.2
// (one relation, several nodes), §3.3 (the ordered steps) and §3.6 (maps). What
// does not: reading a name (package relation), walking from a dashboard to its
// tables (package walk), reading custom SQL (package sql).
package match
