// Package match decides which dbt resource a Tableau table is, and says why. It
// is given one table at a time together with the loaded projects and what people
// decided (maps, pins, ignores), and answers with a verdict and its evidence.
// No lineage may be false, none may be missed silently, and each answer can be
// explained to a newcomer.
//
// What lives here: the rules of RULES.md. What
// does not: reading a name (package relation), walking from a dashboard to its
// tables (package walk), reading custom SQL (package sql).
package match
