// Package relation is about the name of a table or view in a warehouse: its
// parts, how they are quoted, how letters fold in them, and whether two names mean
// the same relation (RULES.md).
//
// What lives here: reading a written name, and comparing one part. What does not:
// what each warehouse does to names and which connection types lead to it (package
// warehouse), which fields of Tableau fill which part, and the search for a node
// (package match).
package relation
